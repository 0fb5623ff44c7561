package import Exchange
package import HTTPEdge
package import Vocabulary

/// A custodian over HTTPS. Whatever keeps it from answering names it.
package struct CustodianClient: Custodian {
    private let id: CustodianID
    private let client: SignedClient
    private let timeout: Duration

    /// - Parameter timeout: of one request; a custodian that takes longer counts as away, and another is asked.
    package init(_ id: CustodianID, _ client: SignedClient, timeout: Duration = .seconds(5)) {
        (self.id, self.client, self.timeout) = (id, client, timeout)
    }

    private var party: String { "custodian \(id)" }

    package func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        let body = try await answered { () async throws(ClientFailure) in
            try await client.post("/v1/evaluations", json: request.json, isIdempotent: true, timeout: timeout)
        }
        do throws(Problem) { return try Evaluation(parsing: body) } catch { throw .unreadable(party, error.detail) }
    }

    package func registry() async throws(Problem) -> [UInt8] {
        try await answered { () async throws(ClientFailure) in try await client.get("/v1/registry", timeout: timeout) }
    }

    private func answered(
        _ send: () async throws(ClientFailure) -> ClientResponse
    ) async throws(Problem) -> [UInt8] {
        let response: ClientResponse
        do throws(ClientFailure) { response = try await send() } catch {
            throw error.problem(.custodianUnavailable, party: party)
        }
        return try response.accepted(otherwise: .custodianUnavailable).body
    }
}
