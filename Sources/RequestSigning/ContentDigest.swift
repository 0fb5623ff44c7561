internal import Sodium
internal import Vocabulary

/// The Content-Digest header (RFC 9530 §2): SHA-256 is written, SHA-256 and SHA-512 are understood.
package struct ContentDigest: Hashable, Sendable {
    static let maximumLength = 512
    static let maximumMembers = 8

    private let sha256: [UInt8]?
    private let sha512: [UInt8]?

    /// The digest of a body, which may be empty.
    package init(of body: [UInt8]) {
        sha256 = SHA256.hash(body).bytes
        sha512 = nil
    }

    /// Reads a header's value. Digests of other algorithms are passed over.
    ///
    /// - Throws: `malformed`, `unsupportedDigest` where neither SHA-256 nor SHA-512 is among them.
    package init(parsing value: String) throws(SignatureFailure) {
        guard value.utf8.count <= Self.maximumLength else { throw .malformed(.contentDigest) }
        var reader = StructuredFieldReader(value)
        var names: [String] = []
        var (sha256, sha512): ([UInt8]?, [UInt8]?)
        repeat {
            guard names.count < Self.maximumMembers, let name = reader.key(), !names.contains(name),
                reader.take(UInt8(ascii: "=")), let digest = reader.byteSequence()
            else { throw .malformed(.contentDigest) }
            names.append(name)
            if name == "sha-256" {
                guard digest.count == Bytes32.byteCount else { throw .malformed(.contentDigest) }
                sha256 = digest
            } else if name == "sha-512" {
                guard digest.count == SHA512.byteCount else { throw .malformed(.contentDigest) }
                sha512 = digest
            }
        } while reader.comma()
        guard reader.isAtEnd else { throw .malformed(.contentDigest) }
        guard sha256 != nil || sha512 != nil else { throw .unsupportedDigest }
        (self.sha256, self.sha512) = (sha256, sha512)
    }

    package var headerValue: String {
        let members = [
            sha256.map { "sha-256=:\(Base64.encode($0)):" },
            sha512.map { "sha-512=:\(Base64.encode($0)):" },
        ]
        return members.compactMap { $0 }.joined(separator: ", ")
    }

    /// Every digest that is understood must be the body's.
    package func verify(_ body: [UInt8]) throws(SignatureFailure) {
        if let sha256, sha256 != SHA256.hash(body).bytes { throw .digestMismatch }
        if let sha512, sha512 != SHA512.hash(body) { throw .digestMismatch }
    }
}
