import RequestSigning
import Sodium
import TestSupport
import Testing
import Vocabulary

/// Signed requests step by step: digest, signature base, headers.
struct RequestSignatureVectors {
    static let seed: UInt64 = 0x51_6E
    static let created = Instant(seconds: 1_772_000_000)

    private static let requests: [(method: String, authority: String, target: String, body: String)] = [
        ("POST", "node.example:7443", "/v1/checks", #"{"envelope":{},"epoch":1,"openings":""}"#),
        ("POST", "node.example", "/v1/submissions", "{\n}"),
        ("POST", "127.0.0.1:7401", "/v1/evaluations", #"{"epoch":1,"keyClass":"phone"}"#),
        ("GET", "node.example", "/v1/receipts/00000000-0000-4000-8000-000000000901", ""),
        ("GET", "node.example", "/v1/receipts/00000000-0000-4000-8000-000000000901?as=text&x=%20", ""),
    ]

    static func file() throws -> JSON {
        var generator = SeededGenerator(seed: seed)
        let seedBytes = generator.bytes(32)
        let key = try SigningKey(vectorSeed: seedBytes)
        let cases = try requests.map { request in
            let nonce = RequestNonce(random: generator.bytes(16))
            return try vector(
                SignableRequest(
                    method: request.method, authority: request.authority, target: request.target, fields: []),
                body: Array(request.body.utf8), key: key, nonce: nonce)
        }
        return .object([
            "about": """
            RFC 9421 signatures as node and custodians require them: base is what the key of the seed (hexadecimal, \
            RFC 8032) signed; the headers are sent with the request; created and expires in seconds since 1970
            """,
            "seed": .string(Hex.encode(seedBytes)), "publicKey": .string(key.publicKey.base64),
            "keyID": .string(key.keyID.text), "cases": .array(cases),
        ])
    }

    private static func vector(
        _ request: SignableRequest, body: [UInt8], key: SigningKey, nonce: RequestNonce
    ) throws -> JSON {
        let expires = created.adding(seconds: 60)
        let fields = try RequestSigner(key).headers(
            for: request, body: body, created: created, expires: expires, nonce: nonce)
        let signed = SignableRequest(
            method: request.method, authority: request.authority, path: request.path, query: request.query,
            fields: fields)
        let parameters = try SignatureParameters(parsing: #require(field("signature-input", of: fields)))
        return .object([
            "method": .string(request.method), "authority": .string(request.authority), "path": .string(request.path),
            "query": .string(request.query), "body": .string(String(decoding: body, as: UTF8.self)),
            "created": .number(created.seconds), "expires": .number(expires.seconds), "nonce": .string(nonce.text),
            "base": .string(String(decoding: try SignatureBase.bytes(of: signed, covering: parameters), as: UTF8.self)),
            "headers": .object(fields.map { JSON.Member($0.name, .string($0.value)) }),
        ])
    }

    private static func field(_ name: String, of fields: [SignableRequest.Field]) -> String? {
        fields.first { $0.name == name }?.value
    }
}
