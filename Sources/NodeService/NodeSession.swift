internal import Exchange
internal import Records
internal import Registry
internal import Vocabulary

/// The node for one requester.
struct NodeSession: Node {
    let node: NodeExchange
    let requester: Requester

    func submit(_ request: SealedRequest) async throws(Problem) -> SubmissionOutcome {
        try await node.submit(request, from: requester)
    }

    func check(_ request: SealedRequest) async throws(Problem) -> Envelope {
        try await node.check(request, from: requester)
    }

    func check(batch request: SealedRequest) async throws(Problem) -> Envelope {
        try await node.check(batch: request, from: requester)
    }

    func reserve(_ request: SealedRequest) async throws(Problem) -> Envelope {
        try await node.reserve(request, from: requester)
    }

    func notices(after cursor: UInt64, wait: Duration, limit: Int) async throws(Problem) -> Envelope {
        try await node.notices(after: cursor, wait: wait, limit: limit, from: requester)
    }

    func acknowledge(_ request: SealedRequest) async throws(Problem) -> AcknowledgementOutcome {
        try await node.acknowledge(request, from: requester)
    }

    func watch(_ request: SealedRequest) async throws(Problem) -> WatchOutcome {
        try await node.watch(request, from: requester)
    }

    func furnishing() async throws(Problem) -> JSON { try await node.furnishing(from: requester) }

    func outcomes() async throws(Problem) -> JSON { try await node.outcomes(from: requester) }

    /// No member may ask: what others have not read is the admins' business alone.
    func unacknowledged() async throws(Problem) -> JSON {
        throw Problem(
            .notEntitled, "This is for the consortium's admins.", hint: "Sign the request with an admin's key.")
    }

    func receipt(of submission: RecordID) async throws(Problem) -> SubmissionOutcome {
        let requester = requester
        try await node.sequencer.perform { writer throws(Problem) in try writer.redeem(requester) }
        return try await node.receipt(of: submission, from: requester.member)
    }

    func registry() async throws(Problem) -> [UInt8] { node.registry.chain.document }

    func checkpoint() async throws(Problem) -> String { try node.latestCheckpoint() }
}
