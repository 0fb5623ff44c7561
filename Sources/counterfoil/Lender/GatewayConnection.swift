import HTTPEdge
import Registry
import Vocabulary

/// A lender's gateway, as its commands use it: clear JSON in, an answer out.
struct GatewayConnection: Sendable {
    private static let maximumKeyBytes = 512
    private let origin: Origin
    private let http: HTTPClient
    private let apiKey: String?

    /// - Parameters:
    ///   - url: `https://…`, `http://` on loopback, or `unix:/path`.
    ///   - apiKey: `nil` for a Unix socket, whose permissions decide.
    init(url: String, apiKey: String?, authorities: String?) throws(Problem) {
        var configuration = HTTPClient.Configuration()
        configuration.authoritiesFile = authorities
        origin = try Origin(url)
        http = try HTTPClient(configuration)
        self.apiKey = apiKey
    }

    /// Reads a caller's key from its owner-only file.
    static func apiKey(in path: String) throws(Problem) -> String {
        let bytes = try FileSystem.read(path, as: .secret, limit: maximumKeyBytes)
        let key = String(decoding: bytes.prefix { $0 > 32 && $0 < 127 }, as: UTF8.self)
        guard !key.isEmpty else {
            throw Problem(
                .configurationInvalid, "\(path) holds no API key.", hint: "It is one line with the key alone.")
        }
        return key
    }

    func get(_ target: String) async throws(Problem) -> JSON {
        try Self.json(try await send(ClientRequest("GET", origin, target, headers: headers())).body)
    }

    func text(_ target: String) async throws(Problem) -> String {
        let response = try await send(ClientRequest("GET", origin, target, headers: headers()))
        return String(decoding: response.body, as: UTF8.self)
    }

    /// - Parameter isIdempotent: whether the document carries its own id, so that it may be sent twice.
    func post(_ path: String, _ json: JSON, isIdempotent: Bool = false) async throws(Problem) -> JSON {
        let request = ClientRequest(
            "POST", origin, path, headers: headers("application/json"), body: json.bytes, isIdempotent: isIdempotent)
        return try Self.json(try await send(request).body)
    }

    /// Says something that needs no words.
    func post(_ path: String) async throws(Problem) -> JSON {
        try Self.json(try await send(ClientRequest("POST", origin, path, headers: headers(), isIdempotent: true)).body)
    }

    /// Takes something away. - Returns: what the gateway says of it, or an empty object.
    func delete(_ path: String) async throws(Problem) -> JSON {
        let body = try await send(ClientRequest("DELETE", origin, path, headers: headers(), isIdempotent: true)).body
        return body.isEmpty ? .object([]) : try Self.json(body)
    }

    /// Sends bytes under a name of their own; the same ones twice count once.
    func put(_ path: String, _ bytes: [UInt8]) async throws(Problem) {
        var request = ClientRequest(
            "PUT", origin, path, headers: headers("application/octet-stream"), body: bytes, isIdempotent: true)
        request.timeout = .seconds(120)
        _ = try await send(request)
    }

    /// Sends rows and returns what the gateway says of each.
    func post(_ path: String, csv: [UInt8], accept: String) async throws(Problem) -> [UInt8] {
        var headers = headers("text/csv")
        headers.append("accept", accept)
        var request = ClientRequest("POST", origin, path, headers: headers, body: csv)
        request.timeout = .seconds(300)
        request.responseLimit = 64 << 20
        return try await send(request).body
    }

    /// Part of a long result, and a header field of the answer that says where it goes on.
    func page(
        _ target: String, accept: String, next field: String
    ) async throws(Problem) -> (body: [UInt8], next: String?) {
        var headers = headers()
        headers.append("accept", accept)
        var request = ClientRequest("GET", origin, target, headers: headers)
        request.timeout = .seconds(120)
        request.responseLimit = 64 << 20
        let response = try await send(request)
        return (response.body, response.headers[field])
    }

    private func headers(_ contentType: String? = nil) -> HeaderFields {
        var headers = HeaderFields()
        if let contentType { headers.append("content-type", contentType) }
        if let apiKey { headers.append("authorization", "Bearer \(apiKey)") }
        return headers
    }

    private func send(_ request: ClientRequest) async throws(Problem) -> ClientResponse {
        let response: ClientResponse
        do throws(ClientFailure) { response = try await http.send(request) } catch {
            let problem = error.problem(.nodeUnavailable, party: "gateway")
            throw Problem(
                problem.code, problem.detail,
                hint: "Check that the gateway runs, and the address in --gateway or COUNTERFOIL_GATEWAY.")
        }
        return try response.accepted(otherwise: .nodeUnavailable)
    }

    private static func json(_ body: [UInt8]) throws(Problem) -> JSON {
        do throws(JSONFailure) { return try JSON(parsing: body) } catch {
            throw Problem(.verificationFailed, "The gateway's answer is not JSON: \(error).")
        }
    }
}
