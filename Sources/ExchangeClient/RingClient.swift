package import Exchange
package import HTTPEdge
internal import RequestSigning
package import Sodium
package import Vocabulary

/// The node's rings over HTTPS, for the holder of an admin's key.
package struct RingClient: RingOffice {
    private static let party = "node"
    private let client: SignedClient
    private let timeout: Duration

    /// - Parameters:
    ///   - key: an admin's, which signs the requests; decisions are signed before they come here.
    ///   - timeout: of one request, from the call to the response's last byte.
    package init(
        _ origin: Origin, http: HTTPClient, key: SigningKey, now: @escaping @Sendable () -> Instant,
        timeout: Duration = .seconds(30)
    ) {
        client = SignedClient(origin, http: http, signer: RequestSigner(key), now: now)
        self.timeout = timeout
    }

    package func rings(after name: RingName?, limit: Int) async throws(Problem) -> RingList {
        let after = name.map { "after=\($0)&" } ?? ""
        return try await get("/v1/rings?\(after)limit=\(limit)", RingList.init(parsing:))
    }

    package func picture(of name: RingName) async throws(Problem) -> RingPicture {
        try await get("/v1/rings/\(name)", RingPicture.init(parsing:))
    }

    package func candidates() async throws(Problem) -> RingCandidateList {
        try await get("/v1/rings/candidates", RingCandidateList.init(parsing:))
    }

    package func decide(_ request: SealedRequest) async throws(Problem) -> RingDecisionOutcome {
        // A decision carries its own id: the node acts on a second arrival as on the first.
        try Self.read(
            try await answered { () async throws(ClientFailure) in
                try await client.post("/v1/rings/decisions", json: request.json, isIdempotent: true, timeout: timeout)
            }, RingDecisionOutcome.init(parsing:))
    }

    package func discover() async throws(Problem) -> DiscoveryStatus {
        try Self.read(
            try await answered { () async throws(ClientFailure) in
                var request = ClientRequest("POST", client.origin, "/v1/rings/discovery", isIdempotent: true)
                request.timeout = timeout
                return try await client.send(request)
            }, DiscoveryStatus.init(parsing:))
    }

    package func discovery() async throws(Problem) -> DiscoveryStatus {
        try await get("/v1/rings/discovery", DiscoveryStatus.init(parsing:))
    }

    package func events(after cursor: UInt64, limit: Int) async throws(Problem) -> RingEvents {
        try await get("/v1/rings/events?after=\(cursor)&limit=\(limit)", RingEvents.init(parsing:))
    }

    private func get<Answer>(
        _ target: String, _ read: ([UInt8]) throws(Problem) -> Answer
    ) async throws(Problem) -> Answer {
        try Self.read(
            try await answered { () async throws(ClientFailure) in try await client.get(target, timeout: timeout) },
            read)
    }

    private static func read<Answer>(
        _ body: [UInt8], _ read: ([UInt8]) throws(Problem) -> Answer
    ) throws(Problem) -> Answer {
        do throws(Problem) { return try read(body) } catch { throw .unreadable(party, error.detail) }
    }

    private func answered(
        _ send: () async throws(ClientFailure) -> ClientResponse
    ) async throws(Problem) -> [UInt8] {
        let response: ClientResponse
        do throws(ClientFailure) { response = try await send() } catch {
            throw error.problem(.nodeUnavailable, party: Self.party)
        }
        return try response.accepted(otherwise: .nodeUnavailable).body
    }
}
