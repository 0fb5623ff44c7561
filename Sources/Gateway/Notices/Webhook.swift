package import HTTPEdge
internal import Sodium
package import Vocabulary

/// Where the lender's system takes notices: one POST each, signed with the member's key.
package struct Webhook: Sendable {
    package typealias Send = @Sendable (ClientRequest) async throws(ClientFailure) -> ClientResponse

    static let timeHeader = "counterfoil-time"
    static let signatureHeader = "counterfoil-signature"
    static let keyHeader = "counterfoil-key"

    let origin: Origin
    let target: String
    let send: Send

    /// - Parameter address: `https://host/path`, or `http://` on this machine.
    /// - Throws: `configurationInvalid`.
    package init(_ address: String, send: @escaping Send) throws(Problem) {
        let scheme = ["https://", "http://"].first { address.hasPrefix($0) }
        guard let scheme else { throw Self.malformed }
        let rest = address.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(host.count)
        let isPlain = path.utf8.allSatisfy { (33...126).contains($0) } && !path.contains("#")
        guard isPlain, path.isEmpty || path.hasPrefix("/"), path.utf8.count <= 1024 else { throw Self.malformed }
        origin = try Origin(scheme + host)
        target = path.isEmpty ? "/" : String(path)
        self.send = send
    }

    private static let malformed = Problem(
        .configurationInvalid, "The webhook is not of the form https://host/path.",
        hint: "Plain http:// is spoken to this machine alone.")

    /// What is signed: the label keeps it apart from everything else that the member's key signs.
    static func signedBytes(time: Instant, body: [UInt8]) -> [UInt8] {
        Array("counterfoil/webhook/v1\n\(time.seconds)\n".utf8) + body
    }

    func request(_ notice: JSON, key: SigningKey, now: Instant) -> ClientRequest {
        let body = notice.bytes
        let signature = key.sign(Self.signedBytes(time: now, body: body))
        var request = ClientRequest(
            "POST", origin, target,
            headers: HeaderFields([
                ("content-type", "application/json"), (Self.timeHeader, String(now.seconds)),
                (Self.keyHeader, key.keyID.text), (Self.signatureHeader, Base64.encode(signature.bytes)),
            ]),
            // The receiver knows a repetition by its sequence number.
            body: body, isIdempotent: true)
        request.timeout = .seconds(15)
        request.responseLimit = 1 << 16
        return request
    }
}
