package import Exchange
package import NodeService
package import Records
package import Registry
package import Sodium
package import Store
package import TransparencyLog
package import Vocabulary

/// A consortium around the node in process: the real sequencer, a real store, no HTTP. The test beats.
package struct NodeConsortium {
    package var lenders: Lenders
    package let clock: TestClock
    package let registry: RegistryFollower
    package let keys: any DataKeys
    package let references: KeyedHash
    private let rings: KeyedHash
    /// `nil` while it is stopped.
    package private(set) var node: NodeExchange?
    /// What a test sets otherwise at each start.
    package var configure: (@Sendable (inout NodeExchange.Configuration) -> Void)?

    package init(members: Int = 5, seed: UInt64 = 1, mode: ConsortiumMode = .demo) throws {
        clock = TestClock()
        let sample = try PublishedPolicy.sample(members: members, mode: mode)
        lenders = Lenders(sample, seed: seed)
        registry = RegistryFollower(sample.chain)
        keys = EphemeralKeys()
        references = try KeyedHash(key: .random(count: KeyedHash.keyByteCount))
        rings = try KeyedHash(key: .random(count: KeyedHash.keyByteCount))
    }

    package var consortium: String { registry.current.consortium }
    package var now: Instant { clock.now }

    /// Starts the node on a store, as a process would: it replays what is there.
    package mutating func start(
        on store: sending any EntryStore, logKey: SigningKey? = nil, answerKey: SigningKey? = nil
    ) throws(Problem) {
        let clock = clock
        var configuration = NodeExchange.Configuration(
            registry: registry, logKey: logKey ?? lenders.sample.logKey,
            answerKey: answerKey ?? lenders.sample.answerKey, pepper: keys.pepper, references: references,
            rings: rings, now: { clock.now })
        configure?(&configuration)
        node = try NodeExchange(configuration, store: store)
    }

    /// Drops the node, and with it the store: what a restart begins with.
    package mutating func stop() { node = nil }

    /// The running node.
    package var running: NodeExchange {
        guard let node else { preconditionFailure("The test has not started the node.") }
        return node
    }

    // MARK: Requests

    package mutating func session(of member: Int, nonce: String? = nil) -> some Node {
        running.serving(lenders.requester(member, at: now, nonce: nonce))
    }

    @discardableResult
    package mutating func furnish(
        _ statements: Statement..., by member: Int, name: String? = nil
    ) async throws -> SubmissionOutcome {
        try await submit(lenders.submission(of: statements, by: member, at: now, name: name), by: member)
    }

    @discardableResult
    package mutating func submit(
        _ request: SealedRequest, by member: Int, nonce: String? = nil
    ) async throws -> SubmissionOutcome {
        let session = session(of: member, nonce: nonce)
        return try await beating { try await session.submit(request) }
    }

    @discardableResult
    package mutating func ask(
        about person: Person, by member: Int, mode: CheckMode = .hard, name: String? = nil
    ) async throws -> AnswerSheet {
        let request = lenders.check(of: person, by: member, at: now, name: name, mode: mode)
        return try sheet(of: try await session(of: member).check(request))
    }

    /// The answer in an envelope, once the node's signature holds.
    package func sheet(of envelope: Envelope) throws -> AnswerSheet {
        let payload = try envelope.verify(by: registry.current.node.answerKey, expecting: .answer)
        return AnswerSheet(try JSON(parsing: payload.bytes))
    }

    /// Runs some work while checkpoints are signed as fast as they can be.
    package func beating<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        let node = running
        let beat = Task {
            while !Task.isCancelled {
                _ = try? await node.publishCheckpoint()
                await Task.yield()
            }
        }
        let result: Result
        do { result = try await work() } catch {
            beat.cancel()
            await beat.value
            throw error
        }
        beat.cancel()
        await beat.value
        return result
    }

    // MARK: Proof

    package var logKeys: [NoteVerifierKey] {
        get throws {
            let log = registry.current.log
            return [NoteVerifierKey(name: try NoteKeyName(log.origin), publicKey: log.publicKey)]
        }
    }

    /// Verifies every receipt as a member would. - Returns: the log indexes, by receipt.
    @discardableResult
    package func verify(_ outcome: SubmissionOutcome) throws -> [UInt64] {
        try outcome.receipts.map { text in
            let receipt = try Receipt(parsing: text)
            try receipt.verify(by: logKeys)
            return receipt.index
        }
    }

    /// The latest checkpoint, its signature checked.
    package mutating func checkpoint() async throws -> Checkpoint {
        let note = try await session(of: 0).checkpoint()
        return try Checkpoint(verifying: Array(note.utf8), by: logKeys)
    }
}
