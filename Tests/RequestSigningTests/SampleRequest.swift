import RequestSigning
import Sodium
import Vocabulary

/// A signed request whose parts a test can change one by one.
struct SampleRequest {
    static let now = Instant(seconds: 1_800_000_000)
    static let key = signingKey(1)

    var method = "POST"
    var authority = "node.example:8443"
    var path = "/v1/checks"
    var query = ""
    var body = Array(#"{"hello":"world"}"#.utf8)
    var digest = ""
    var input = ""
    var signature = ""
    var extra: [SignableRequest.Field] = []

    /// A request signed as a member signs it, a second ago.
    init() throws {
        let headers = try RequestSigner(Self.key).headers(
            for: unsigned, body: body, created: Self.now.adding(seconds: -1), expires: Self.now.adding(seconds: 59),
            nonce: RequestNonce("0123456789abcdef"))
        (digest, input, signature) = (headers[0].value, headers[1].value, headers[2].value)
    }

    var unsigned: SignableRequest {
        SignableRequest(method: method, authority: authority, path: path, query: query, fields: [])
    }

    var fields: [SignableRequest.Field] {
        [
            SignableRequest.Field("content-digest", digest), SignableRequest.Field("signature-input", input),
            SignableRequest.Field("signature", signature),
        ] + extra
    }

    var signable: SignableRequest {
        SignableRequest(method: method, authority: authority, path: path, query: query, fields: fields)
    }

    /// The whole check, as a service does it.
    @discardableResult
    func verify(now: Instant = now, by key: PublicKey = key.publicKey) throws(SignatureFailure) -> ClaimedSignature {
        let claimed = try RequestVerifier().claim(of: signable, now: now)
        try claimed.verify(by: key, body: body)
        return claimed
    }

    /// Signs again with whatever parameters, so that a test reaches the rule it is about.
    mutating func resign(_ input: String) throws {
        self.input = input
        let parameters = try SignatureParameters(parsing: input)
        let base = try SignatureBase.bytes(of: signable, covering: parameters)
        signature = "\(parameters.label)=:\(Base64.encode(Self.key.sign(base).bytes)):"
    }
}

/// A key whose seed is one byte repeated.
func signingKey(_ seed: UInt8) -> SigningKey {
    signingKey([UInt8](repeating: seed, count: SigningKey.seedByteCount))
}

func signingKey(_ seed: [UInt8]) -> SigningKey {
    var bytes = seed
    // The tests give seeds of the right length, the only thing that is refused.
    return try! SigningKey(seed: SecretBytes(wiping: &bytes))
}
