import RequestSigning
import Sodium
import Testing
import Vocabulary

@Suite("Signed requests")
struct RequestVerifierTests {
    static let key = SampleRequest.key
    static let components = #"("@method" "@authority" "@path" "@query" "content-digest")"#
    static let times = ";created=1799999999;expires=1800000059"
    static let rest = #";nonce="0123456789abcdef";keyid="\#(key.keyID)";alg="ed25519";tag="counterfoil""#

    @Test("a signed request verifies, and says who, which nonce and until when")
    func verified() throws {
        let request = try SampleRequest()
        let claimed = try request.verify()
        #expect(claimed.keyID == Self.key.keyID)
        #expect(claimed.nonce.text == "0123456789abcdef")
        #expect(claimed.expires == SampleRequest.now.adding(seconds: 59))
        #expect(claimed.replayableUntil == SampleRequest.now.adding(seconds: 179))
        #expect(request.input == "sig1=\(Self.components)\(Self.times)\(Self.rest)")
    }

    @Test("the order of the parameters is the signer's own")
    func parameterOrder() throws {
        var request = try SampleRequest()
        try request.resign("sig1=\(Self.components)\(Self.rest)\(Self.times)")
        try request.verify()
    }

    @Test("a request without a body, its authority in capitals, is signed as any other")
    func get() throws {
        let target = SignableRequest(
            method: "GET", authority: "Node.Example", target: "/v1/receipts/0?a=b?c", fields: [])
        let headers = try RequestSigner(Self.key).headers(
            for: target, body: [], created: SampleRequest.now, expires: SampleRequest.now.adding(seconds: 300),
            nonce: RequestNonce(random: [UInt8](repeating: 7, count: 16)))
        #expect(target.path == "/v1/receipts/0")
        #expect(target.query == "a=b?c")
        let sent = SignableRequest(
            method: "GET", authority: "node.example", target: "/v1/receipts/0?a=b?c", fields: headers)
        try RequestVerifier().claim(of: sent, now: SampleRequest.now).verify(by: Self.key.publicKey, body: [])
    }

    @Test("no covered part of a request can be changed")
    func covered() throws {
        try refuses(.badSignature) { $0.method = "PUT" }
        try refuses(.badSignature) { $0.authority = "node.example" }
        try refuses(.badSignature) { $0.path = "/v1/submissions" }
        try refuses(.badSignature) { $0.query = "a=b" }
        try refuses(.badSignature) { $0.input = $0.input.replacing("0123456789abcdef", with: "0123456789abcdeg") }
        try refuses(.badSignature) { $0.input = $0.input.replacing("1800000059", with: "1800000060") }
        try refuses(.digestMismatch) { $0.body.append(32) }
        try refuses(.badSignature) {
            $0.body.append(32)
            $0.path = "/v1/submissions"
        }
        try refuses(.badSignature) {
            $0.body.append(32)
            $0.digest = ContentDigest(of: $0.body).headerValue
        }
    }

    @Test("a key that the request does not name is refused, and a named one that did not sign")
    func keys() throws {
        let other = signingKey(2)
        let request = try SampleRequest()
        #expect(throws: SignatureFailure.otherKey) { try request.verify(by: other.publicKey) }
        var named = request
        named.input = request.input.replacing(Self.key.keyID.text, with: other.keyID.text)
        #expect(throws: SignatureFailure.badSignature) { try named.verify(by: other.publicKey) }
    }

    @Test("each header must be there, once")
    func headers() throws {
        let request = try SampleRequest()
        for (position, header) in [SignatureFailure.Header.contentDigest, .signatureInput, .signature].enumerated() {
            var fields = request.fields
            let field = fields.remove(at: position)
            #expect(throws: SignatureFailure.missing(header)) { try claim(fields) }
            #expect(throws: SignatureFailure.malformed(header)) { try claim(request.fields + [field]) }
        }
    }

    @Test("the signature covers exactly the components of the profile, in their order")
    func components() throws {
        try resigned(.wrongComponents, #"sig1=()"#)
        try resigned(.wrongComponents, #"sig1=("@method" "@authority" "@path" "@query")"#)
        try resigned(.wrongComponents, #"sig1=("@authority" "@method" "@path" "@query" "content-digest")"#)
        try resigned(.wrongComponents, #"sig1=("@method" "@authority" "@path" "@query" "content-digest" "date")"#)
        try resigned(.wrongComponents, #"sig1=("@method" "@authority" "@path" "@query" "signature-input")"#)
    }

    @Test("every parameter must be there")
    func missingParameters() throws {
        for name in SignatureFailure.Parameter.allCases {
            let parameters = (Self.times + Self.rest).split(separator: ";").filter { !$0.hasPrefix(name.rawValue) }
            try resigned(.missingParameter(name), "sig1=\(Self.components);\(parameters.joined(separator: ";"))")
        }
    }

    @Test("label, algorithm, tag, key id and nonce are the profile's")
    func values() throws {
        let input = "sig1=\(Self.components)\(Self.times)\(Self.rest)"
        try resigned(.wrongLabel, input.replacing("sig1=", with: "sig2="))
        try refuses(.wrongLabel) { $0.signature = $0.signature.replacing("sig1=", with: "sig2=") }
        try resigned(.wrongAlgorithm, input.replacing("ed25519", with: "hmac-sha256"))
        try resigned(.wrongAlgorithm, input.replacing("ed25519", with: "ED25519"))
        try resigned(.wrongTag, input.replacing("\"counterfoil\"", with: "\"another\""))
        try resigned(.malformedKeyID, input.replacing(Self.key.keyID.text, with: "member"))
        try resigned(.malformedKeyID, input.replacing(Self.key.keyID.text, with: "A" + Self.key.keyID.text.dropFirst()))
        let long = String(repeating: "a", count: 65)
        for nonce in ["", "012345678901234", long, "0123456789 abcdef", "0123456789,abcdef"] {
            try resigned(.malformedNonce, input.replacing("0123456789abcdef", with: nonce))
        }
    }

    @Test("a request lives at most 300 seconds, and longer than none")
    func lifetime() throws {
        for (created, expires) in [(0, 0), (0, -1), (0, 301), (-1_000_000, 1_000_000)] {
            let times = ";created=\(1_800_000_000 + created);expires=\(1_800_000_000 + expires)"
            try resigned(.wrongLifetime, "sig1=\(Self.components)\(times)\(Self.rest)")
        }
        try resigned(.wrongLifetime, "sig1=\(Self.components);created=0;expires=999999999999999\(Self.rest)")
        let now = SampleRequest.now
        for lifetime in [Int64(0), -1, 301] {
            #expect(throws: SignatureFailure.wrongLifetime) {
                try RequestSigner(Self.key).headers(
                    for: SampleRequest().unsigned, body: [], created: now, expires: now.adding(seconds: lifetime),
                    nonce: RequestNonce("0123456789abcdef"))
            }
        }
    }

    @Test("the clocks may be 120 seconds apart in either direction, not a millisecond more")
    func window() throws {
        let request = try SampleRequest()
        let created = SampleRequest.now.adding(seconds: -1)
        let expires = SampleRequest.now.adding(seconds: 59)
        try request.verify(now: created.adding(seconds: -120))
        try request.verify(now: expires.adding(seconds: 120))
        #expect(throws: SignatureFailure.notYetValid) {
            try request.verify(now: Instant(milliseconds: created.milliseconds - 120_001))
        }
        #expect(throws: SignatureFailure.stale) {
            try request.verify(now: Instant(milliseconds: expires.milliseconds + 120_001))
        }
    }

    @Test("what could be two requests in one text is not signed and not verified")
    func injection() throws {
        for path in ["/a\n\"@query\": ?b", "/a\r", "/\u{7F}", "/caf\u{E9}", "/a\tb"] {
            try refuses(.unavailableComponent) { $0.path = path }
            #expect(throws: SignatureFailure.unavailableComponent) {
                try RequestSigner(Self.key).headers(
                    for: SignableRequest(method: "GET", authority: "a", path: path, fields: []), body: [],
                    created: SampleRequest.now, expires: SampleRequest.now.adding(seconds: 60),
                    nonce: RequestNonce("0123456789abcdef"))
            }
        }
    }

    private func claim(_ fields: [SignableRequest.Field]) throws -> ClaimedSignature {
        let request = try SampleRequest()
        let signable = SignableRequest(
            method: request.method, authority: request.authority, path: request.path, fields: fields)
        return try RequestVerifier().claim(of: signable, now: SampleRequest.now)
    }

    /// Changes a request after it was signed.
    private func refuses(
        _ failure: SignatureFailure, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout SampleRequest) -> Void
    ) throws {
        var request = try SampleRequest()
        change(&request)
        #expect(throws: failure, sourceLocation: sourceLocation) { try request.verify() }
    }

    /// Signs a request properly over an input that breaks a rule.
    private func resigned(
        _ failure: SignatureFailure, _ input: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var request = try SampleRequest()
        request.extra = [SignableRequest.Field("date", "today")]
        try request.resign(input)
        #expect(throws: failure, sourceLocation: sourceLocation) { try request.verify() }
    }
}
