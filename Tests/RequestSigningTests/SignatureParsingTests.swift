import RequestSigning
import TestSupport
import Testing
import Vocabulary

@Suite("Signature headers")
struct SignatureParsingTests {
    @Test(
        "a Signature-Input in another form is refused",
        arguments: [
            "", "sig1", "sig1=", "=()", "Sig1=()", "1sig=()", "sig1=(", "sig1=)", "sig1= ()", " sig1=()", "sig1=() ",
            "sig1=(a)", "sig1=(\"a)", "sig1=(\"a\"", "sig1=(\"a\"  \"b\")", "sig1=( \"a\")", "sig1=(\"a\" )",
            "sig1=(\"a\"\"b\")", "sig1=(\"a\" \"a\")", "sig1=(\"a\";sf)", "sig1=(\"a\";key=\"b\")", "sig1=(\"a\\\"b\")",
            "sig1=(\"caf\u{E9}\")", "sig1=(\"a\nb\")", "sig1=(\"a\"),", "sig1=(\"a\"), sig2=(\"b\")", "sig1=();",
            "sig1=();created", "sig1=();created=", "sig1=();created=x", "sig1=();created=-1", "sig1=();created=+1",
            "sig1=();created=01", "sig1=();created=1.0", "sig1=();created=1000000000000000", "sig1=();created=\"1\"",
            "sig1=();created=1;created=1", "sig1=();created=?1", "sig1=(); created=1", "sig1=() ;created=1",
            "sig1=();created =1", "sig1=();created= 1", "sig1=();nonce=1", "sig1=();nonce=a", "sig1=();nonce=\"a",
            "sig1=();nonce=\"a\"\"", "sig1=();nonce=:AAAA:", "sig1=();unknown=1", "sig1=();NONCE=\"a\"", "sig1=()x",
            "sig1=(" + (0..<17).map { "\"a\($0)\"" }.joined(separator: " ") + ")", "sig1=()\u{0}",
            "sig1=();nonce=\"" + String(repeating: "a", count: 1024) + "\"",
        ])
    func malformedInput(value: String) {
        #expect(throws: SignatureFailure.malformed(.signatureInput)) { try SignatureParameters(parsing: value) }
    }

    @Test("a Signature in another form is refused")
    func malformedSignature() throws {
        let good = try SampleRequest().signature
        let values = [
            "", "sig1", "sig1=", "sig1=::", "sig1=:AAAA:", "sig1=AAAA", String(good.dropLast()), good + " ", " " + good,
            good + "," + good, good + ";a=1", good + ", sig2=:AAAA:", good.replacing("==:", with: ":"),
            good.uppercased(),
            good + String(repeating: " ", count: 200), good.replacing("sig1=:", with: "sig1=:AAAA"),
        ]
        for value in values {
            var request = try SampleRequest()
            request.signature = value
            #expect(throws: SignatureFailure.malformed(.signature), "\(value.prefix(20))") { try request.verify() }
        }
    }

    @Test("header values are joined and trimmed as RFC 9421 §2.1 has it")
    func fields() throws {
        let request = SignableRequest(
            method: "GET", authority: "a", path: "",
            fields: [
                SignableRequest.Field("x", "  one two\t"), SignableRequest.Field("y", "other"),
                SignableRequest.Field("x", "three"), SignableRequest.Field("empty", "  "),
            ])
        let parameters = SignatureParameters(label: "s", components: ["x", "empty", "@path", "@query"])
        let base = try SignatureBase.bytes(of: request, covering: parameters)
        let expected = """
            "x": one two, three
            "empty": \n"@path": /
            "@query": ?
            "@signature-params": ("x" "empty" "@path" "@query")
            """
        #expect(String(decoding: base, as: UTF8.self) == expected)
    }

    @Test(
        "components that are absent or not supported are refused",
        arguments: ["x", "@status", "@target-uri", "X", ""])
    func unavailable(component: String) {
        let request = SignableRequest(method: "GET", authority: "a", path: "/", fields: [])
        let parameters = SignatureParameters(label: "s", components: [component])
        #expect(throws: SignatureFailure.unavailableComponent) {
            try SignatureBase.bytes(of: request, covering: parameters)
        }
    }

    @Test("a request with any bit of a header flipped never verifies", arguments: [61, 62])
    func flipped(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let request = try SampleRequest()
        for _ in 0..<3000 {
            var changed = request
            switch Int.random(in: 0..<4, using: &random) {
            case 0: changed.input = flip(request.input, &random)
            case 1: changed.signature = flip(request.signature, &random)
            case 2: changed.digest = flip(request.digest, &random)
            default: changed.path = flip(request.path, &random)
            }
            #expect(throws: SignatureFailure.self) { try changed.verify() }
        }
    }

    @Test("headers spliced from pieces and made of noise never trap and never verify", arguments: [71, 72])
    func spliced(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let request = try SampleRequest()
        let alphabet = Array("sig1=()\";,: @ created=18 \\?*az09-._\u{0}\u{E9}".utf8)
        for _ in 0..<3000 {
            var changed = request
            changed.input = splice(request.input, &random)
            #expect(throws: SignatureFailure.self) { try changed.verify() }
            let noise = random.bytes(Int.random(in: 0...40, using: &random)).map { alphabet[Int($0) % alphabet.count] }
            changed.input = String(decoding: noise, as: UTF8.self)
            (changed.digest, changed.signature) = (changed.input, changed.input)
            #expect(throws: SignatureFailure.self) { try changed.verify() }
            _ = try? SignatureParameters(parsing: "s=()" + changed.input)
            _ = try? ContentDigest(parsing: changed.input)
        }
    }

    private func flip(_ text: String, _ random: inout SeededGenerator) -> String {
        var bytes = Array(text.utf8)
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Two pieces of a text put together, never the text itself.
    private func splice(_ text: String, _ random: inout SeededGenerator) -> String {
        let bytes = Array(text.utf8)
        let cut = Int.random(in: 0..<bytes.count, using: &random)
        let from = Int.random(in: 0..<bytes.count, using: &random)
        return String(decoding: bytes[..<cut] + bytes[(from == cut ? from + 1 : from)...], as: UTF8.self)
    }
}
