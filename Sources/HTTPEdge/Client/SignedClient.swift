internal import NIOCore
package import RequestSigning
internal import Sodium
package import Vocabulary

/// A client of one service that signs every request with a member's key (RFC 9421).
package struct SignedClient: Sendable {
    /// How long a signature is valid: time enough to arrive, little to be replayed.
    private static let lifetimeSeconds: Int64 = 60

    package let origin: Origin
    private let http: HTTPClient
    private let signer: RequestSigner
    private let now: @Sendable () -> Instant

    package init(
        _ origin: Origin, http: HTTPClient, signer: RequestSigner, now: @escaping @Sendable () -> Instant
    ) {
        (self.origin, self.http, self.signer, self.now) = (origin, http, signer, now)
    }

    /// - Parameter request: its origin must be this client's; an idempotent one is signed anew if it is sent again.
    package func send(_ request: ClientRequest) async throws(ClientFailure) -> ClientResponse {
        precondition(request.origin == origin, "A signed client signs for one origin.")
        let due = NIODeadline.now() + TimeAmount(request.timeout)
        do {
            return try await http.attempt(signed(request), isFresh: false, before: due)
        } catch .closedBeforeResponse(reused: true) where request.isIdempotent {
            return try await http.attempt(signed(request), isFresh: true, before: due)
        }
    }

    package func post(
        _ path: String, json: JSON, isIdempotent: Bool, timeout: Duration = .seconds(30)
    ) async throws(ClientFailure) -> ClientResponse {
        var request = ClientRequest(
            "POST", origin, path, headers: ["content-type": "application/json"], body: json.bytes,
            isIdempotent: isIdempotent)
        request.timeout = timeout
        return try await send(request)
    }

    package func get(_ target: String, timeout: Duration = .seconds(30)) async throws(ClientFailure) -> ClientResponse {
        var request = ClientRequest("GET", origin, target)
        request.timeout = timeout
        return try await send(request)
    }

    /// Reads a stream of server-sent events: see `HTTPClient.events`.
    package func events(
        _ target: String, quietFor quiet: Duration, _ each: (ServerSentEvent) async throws -> Void
    ) async throws -> ClientResponse? {
        try await http.events(signed(ClientRequest("GET", origin, target)), quietFor: quiet, each)
    }

    private func signed(_ request: ClientRequest) -> ClientRequest {
        let created = now()
        let signable = SignableRequest(
            method: request.method, authority: origin.authority, target: request.target, fields: [])
        let fields: [SignableRequest.Field]
        do throws(SignatureFailure) {
            fields = try signer.headers(
                for: signable, body: request.body, created: created,
                expires: created.adding(seconds: Self.lifetimeSeconds),
                nonce: RequestNonce(random: SystemRandom.bytes(16)))
        } catch {
            // Method, authority and target are ours, of printable ASCII, and the lifetime is a constant.
            preconditionFailure("A request of our own can be signed: \(error).")
        }
        var signed = request
        for field in fields { signed.headers.append(field.name, field.value) }
        return signed
    }
}
