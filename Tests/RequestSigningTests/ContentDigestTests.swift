import RequestSigning
import Testing

@Suite("Content digests")
struct ContentDigestTests {
    static let empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

    @Test("an empty body has a digest too")
    func emptyBody() throws {
        #expect(ContentDigest(of: []).headerValue == Self.empty)
        try ContentDigest(parsing: Self.empty).verify([])
    }

    @Test("digests of other algorithms are passed over where a known one is there")
    func otherAlgorithms() throws {
        try ContentDigest(parsing: "md5=:AAAA:,\t\(Self.empty) , unixsum=::").verify([])
        #expect(throws: SignatureFailure.unsupportedDigest) { try ContentDigest(parsing: "md5=:AAAA:") }
    }

    @Test("where two digests are known, both must be right")
    func both() throws {
        let wrong = "sha-512=:" + String(repeating: "A", count: 86) + "==:"
        let digest = try ContentDigest(parsing: "\(Self.empty), \(wrong)")
        #expect(throws: SignatureFailure.digestMismatch) { try digest.verify([]) }
    }

    @Test(
        "any other form is refused",
        arguments: [
            "", " ", "sha-256", "sha-256=", "sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha-256=::",
            "sha-256=:AAAA:", "sha-512=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", empty + ",", "," + empty,
            " " + empty, empty + " ", empty + ";q=1", empty + ", " + empty, "SHA-256" + empty.dropFirst(7),
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=:",
            "sha-256=:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=:", "sha-256=\"47DE\"", empty + "\u{0}",
            (0..<8).map { "a\($0)=::" }.joined(separator: ",") + "," + empty, String(repeating: "a", count: 513),
        ])
    func malformed(value: String) {
        #expect(throws: SignatureFailure.malformed(.contentDigest)) { try ContentDigest(parsing: value) }
    }
}
