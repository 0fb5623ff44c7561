import RequestSigning
import Sodium
import Testing
import Vocabulary

@Suite("Published request signatures")
struct RequestSignatureVectorTests {
    private static let file = VectorFile(name: "request-signatures.json", make: RequestSignatureVectors.file)

    @Test("the file is what its seed makes")
    func reproducible() throws {
        let texts = try Self.file.texts()
        #expect(texts.published == texts.made, "seed \(RequestSignatureVectors.seed)")
    }

    @Test("every request published verifies; with another body, path, method, authority or time it does not")
    func verifies() throws {
        let file = try Self.file.published()
        let key = try PublicKey(base64: file.text("publicKey"))
        let now = RequestSignatureVectors.created
        for vector in try file.list("cases") {
            let body = Array(try vector.text("body").utf8)
            try verify(vector, key, body: body, now: now)
            let broken: [(SignatureFailure, [UInt8], KeyValuePairs<String, String>, Instant)] = [
                (.digestMismatch, body + [32], [:], now), (.badSignature, body, ["path": "/v1/other"], now),
                (.badSignature, body, ["query": "a=b"], now), (.badSignature, body, ["method": "PUT"], now),
                (.badSignature, body, ["authority": "other.example"], now),
                (.stale, body, [:], now.adding(seconds: 60 + 121)),
                (.notYetValid, body, [:], now.adding(seconds: -121)),
            ]
            for (failure, body, changes, now) in broken {
                let changes = Dictionary(uniqueKeysWithValues: changes.map { ($0.key, $0.value) })
                #expect(throws: failure) { try verify(vector, key, body: body, changes: changes, now: now) }
            }
        }
    }

    private func verify(
        _ vector: JSON, _ key: PublicKey, body: [UInt8], changes: [String: String] = [:], now: Instant
    ) throws {
        let headers = try #require(vector["headers"]?.members)
        func part(_ name: String) throws -> String { try changes[name] ?? vector.text(name) }
        let request = SignableRequest(
            method: try part("method"), authority: try part("authority"), path: try part("path"),
            query: try part("query"),
            fields: headers.map { SignableRequest.Field($0.name, $0.value.string ?? "") })
        let claim = try RequestVerifier().claim(of: request, now: now)
        #expect(claim.nonce.text == (try vector.text("nonce")))
        try claim.verify(by: key, body: body)
    }
}
