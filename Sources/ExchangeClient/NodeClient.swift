package import Exchange
package import HTTPEdge
package import Records
package import Vocabulary

/// The node over HTTPS. What it returns was read, not verified: see `AnswerVerifier` and `ReceiptVerifier`.
package struct NodeClient: Node {
    private static let party = "node"
    private let client: @Sendable () throws(Problem) -> SignedClient
    private let timeout: Duration

    /// - Parameter timeout: of one request, from the call to the response's last byte.
    package init(_ client: SignedClient, timeout: Duration = .seconds(30)) {
        self.init(following: { client }, timeout: timeout)
    }

    /// A client that goes where the registry says at the time of each request.
    package init(
        following client: @escaping @Sendable () throws(Problem) -> SignedClient, timeout: Duration = .seconds(30)
    ) {
        (self.client, self.timeout) = (client, timeout)
    }

    package func submit(_ request: SealedRequest) async throws(Problem) -> SubmissionOutcome {
        try Self.outcome(try await post("/v1/submissions", request.json))
    }

    package func check(_ request: SealedRequest) async throws(Problem) -> Envelope {
        try Self.envelope(try await post("/v1/checks", request.json))
    }

    package func check(batch request: SealedRequest) async throws(Problem) -> Envelope {
        try Self.envelope(try await post("/v1/batches", request.json))
    }

    package func reserve(_ request: SealedRequest) async throws(Problem) -> Envelope {
        try Self.envelope(try await post("/v1/reservations", request.json))
    }

    /// Waits the time given beyond the time that a request may take.
    package func notices(after cursor: UInt64, wait: Duration, limit: Int) async throws(Problem) -> Envelope {
        let wait = min(max(wait, .zero), NoticeLimits.maximumWait)
        let target = "/v1/notices?after=\(cursor)&wait=\(wait.components.seconds)&limit=\(limit)"
        return try Self.envelope(try await get(target, timeout: timeout + wait))
    }

    package func acknowledge(_ request: SealedRequest) async throws(Problem) -> AcknowledgementOutcome {
        let body = try await post("/v1/notices/acknowledgements", request.json)
        do throws(Problem) { return try AcknowledgementOutcome(parsing: body) } catch {
            throw .unreadable(Self.party, error.detail)
        }
    }

    package func watch(_ request: SealedRequest) async throws(Problem) -> WatchOutcome {
        let body = try await post("/v1/watches", request.json)
        do throws(Problem) { return try WatchOutcome(parsing: body) } catch {
            throw .unreadable(Self.party, error.detail)
        }
    }

    package func furnishing() async throws(Problem) -> JSON { try Self.object(try await get("/v1/furnishing")) }

    package func outcomes() async throws(Problem) -> JSON { try Self.object(try await get("/v1/outcomes")) }

    package func unacknowledged() async throws(Problem) -> JSON {
        try Self.object(try await get("/v1/notices/unacknowledged"))
    }

    package func receipt(of submission: RecordID) async throws(Problem) -> SubmissionOutcome {
        try Self.outcome(try await get("/v1/receipts/\(submission)"))
    }

    package func registry() async throws(Problem) -> [UInt8] { try await get("/v1/registry") }

    package func checkpoint() async throws(Problem) -> String {
        guard let text = String(validating: try await get("/v1/log/checkpoint"), as: UTF8.self) else {
            throw .unreadable(Self.party, "its checkpoint is not text")
        }
        return text
    }

    private static func outcome(_ body: [UInt8]) throws(Problem) -> SubmissionOutcome {
        do throws(Problem) { return try SubmissionOutcome(parsing: body) } catch {
            throw .unreadable(party, error.detail)
        }
    }

    private static func envelope(_ body: [UInt8]) throws(Problem) -> Envelope {
        do throws(PayloadFailure) { return try Envelope(parsing: body) } catch { throw .unreadable(party, error) }
    }

    private static func object(_ body: [UInt8]) throws(Problem) -> JSON {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: body) } catch { throw .unreadable(party, error) }
        guard json.members != nil else { throw .unreadable(party, "it is not an object") }
        return json
    }

    private func post(_ path: String, _ json: JSON) async throws(Problem) -> [UInt8] {
        // Signed documents carry their own id: the node acts on a second arrival as on the first.
        let client = try client()
        return try await answered { () async throws(ClientFailure) in
            try await client.post(path, json: json, isIdempotent: true, timeout: timeout)
        }
    }

    private func get(_ target: String, timeout: Duration? = nil) async throws(Problem) -> [UInt8] {
        let client = try client()
        let timeout = timeout ?? self.timeout
        return try await answered { () async throws(ClientFailure) in try await client.get(target, timeout: timeout) }
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

extension Problem {
    /// A success that is not what was agreed on: nothing of it is used, and it may be better next time.
    static func unreadable(_ party: String, _ why: any CustomStringConvertible) -> Problem {
        Problem(.verificationFailed, "The answer of the \(party) cannot be read: \(why)")
    }
}
