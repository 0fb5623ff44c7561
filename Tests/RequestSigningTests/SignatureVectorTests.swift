import RequestSigning
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("RFC 9421 B.2.6", .enabled(if: Vectors.isPresent, "needs ../shared"))
struct SignatureVectorTests {
    let vector: Vector
    let request: SignableRequest

    init() throws {
        vector = try Vectors.json("vectors/rfc9421-b26-ed25519.json")
        let request = vector["request"]
        let fields = request["headers"].names.compactMap { name in
            request["headers"][name].string.map { SignableRequest.Field(name.lowercased(), $0) }
        }
        self.request = SignableRequest(
            method: try #require(request["method"].string), authority: try #require(request["authority"].string),
            path: try #require(request["path"].string), fields: fields)
    }

    @Test("the signature base is reproduced byte for byte")
    func base() throws {
        let parameters = try SignatureParameters(parsing: try #require(vector["signatureInput"].string))
        let base = try SignatureBase.bytes(of: request, covering: parameters)
        #expect(String(decoding: base, as: UTF8.self) == vector["signatureBase"].string)
        #expect(parameters.headerValue == vector["signatureInput"].string)
        #expect(parameters.created == 1_618_884_473)
        #expect(parameters.keyID == "test-key-ed25519")
        #expect(parameters.expires == nil)
    }

    @Test("parameters made here are serialised as the vector has them")
    func parameters() throws {
        let parameters = SignatureParameters(
            label: "sig-b26", components: ["date", "@method", "@path", "@authority", "content-type", "content-length"],
            created: 1_618_884_473, keyID: "test-key-ed25519")
        #expect(parameters.headerValue == vector["signatureInput"].string)
    }

    @Test("the signature is reproduced byte for byte and verifies")
    func signature() throws {
        let key = signingKey(try #require(vector["privateSeedHexTestOnly"].hex))
        #expect(key.publicKey.value.bytes == vector["publicKeyHex"].hex)
        let parameters = try SignatureParameters(parsing: try #require(vector["signatureInput"].string))
        let base = try SignatureBase.bytes(of: request, covering: parameters)
        let signature = key.sign(base)
        #expect("sig-b26=:\(Base64.encode(signature.bytes)):" == vector["signature"].string)
        #expect(key.publicKey.isValid(signature, over: base))
    }

    @Test("both digests of the body are the vector's")
    func digests() throws {
        let body = Array(try #require(vector["request"]["body"].string).utf8)
        let sha256 = try #require(vector["contentDigestOfBody"]["sha-256"].string)
        let sha512 = try #require(vector["contentDigestOfBody"]["sha-512"].string)
        #expect(ContentDigest(of: body).headerValue == "sha-256=:\(sha256):")
        for value in ["sha-256=:\(sha256):", "sha-512=:\(sha512):", "sha-256=:\(sha256):, sha-512=:\(sha512):"] {
            let digest = try ContentDigest(parsing: value)
            try digest.verify(body)
            #expect(throws: SignatureFailure.digestMismatch) { try digest.verify(body + [0]) }
            #expect(digest.headerValue == value)
        }
    }
}
