internal import Sodium
package import Vocabulary

/// A token hidden under a salt: SHA-256(salt ‖ kind ‖ token), the form in which a signed payload names an identifier.
///
/// The signature and the log stay verifiable for years while the token behind a commitment is rotated or erased.
package struct Commitment: Hashable, Sendable {
    package static let byteCount = 32
    package let value: Bytes32

    package init(_ value: Bytes32) { self.value = value }

    /// - Throws: what is not the base64 of 32 bytes.
    package init(base64 text: String) throws(DecodingFailure) { value = try Base64.decode32(text) }

    package static func of(_ kind: IdentifierKind, _ opening: Opening) -> Commitment {
        var hash = SHA256()
        hash.update(opening.salt)
        hash.update([kind.rawValue])
        hash.update(opening.token)
        return Commitment(hash.finalize().value)
    }

    package var base64: String { value.base64 }
}

/// What opens a commitment. It travels beside the envelope, never inside it, and is stored only sealed.
package struct Opening: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 64
    package let salt: Bytes32
    package let token: Bytes32

    package init(salt: Bytes32, token: Bytes32) {
        (self.salt, self.token) = (salt, token)
    }

    /// The kind, never the content.
    package var description: String { "opening" }
}

/// The openings of one payload, concatenated as salt ‖ token in the document order of its identifiers.
package enum Openings {
    /// - Throws: `malformed` unless the bytes are a whole number of openings.
    package static func decode(_ bytes: [UInt8]) throws(DecodingFailure) -> [Opening] {
        guard bytes.count.isMultiple(of: Opening.byteCount) else {
            throw .malformed("openings are \(Opening.byteCount) bytes each")
        }
        return bytes.withUnsafeBytes { source in
            stride(from: 0, to: source.count, by: Opening.byteCount).map { start in
                Opening(salt: bytes32(source, at: start), token: bytes32(source, at: start + Bytes32.byteCount))
            }
        }
    }

    package static func encode(_ openings: [Opening]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(openings.count * Opening.byteCount)
        for opening in openings {
            opening.salt.withUnsafeBytes { bytes.append(contentsOf: $0) }
            opening.token.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    private static func bytes32(_ source: UnsafeRawBufferPointer, at start: Int) -> Bytes32 {
        Bytes32 { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<start + Bytes32.byteCount])) }
    }
}

extension Base64 {
    /// Exactly 32 bytes.
    static func decode32(_ text: String) throws(DecodingFailure) -> Bytes32 {
        let bytes = try decode(text)
        guard bytes.count == Bytes32.byteCount else {
            throw .wrongLength(expected: Bytes32.byteCount, actual: bytes.count)
        }
        return Bytes32 { $0.copyBytes(from: bytes) }
    }
}
