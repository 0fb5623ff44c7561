package import Vocabulary

/// The bytes that are hashed to the group for an identifier (DESIGN §2).
package enum TokenInput {
    /// The generation of every canonical form in this room; another one makes other tokens.
    package static let normaliserVersion: UInt8 = 1

    /// `"CFX1" ‖ u8 kind ‖ u8 normaliserVersion ‖ u16 length ‖ consortiumID ‖ u16 length ‖ value`, lengths big-endian.
    ///
    /// Both texts are UTF-8. The lengths make the parts unambiguous; the consortium's id keeps consortia apart even
    /// where they share a token key.
    package static func bytes(
        kind: IdentifierKind, value: String, consortiumID: String, normaliserVersion: UInt8 = Self.normaliserVersion
    ) -> [UInt8] {
        var bytes = Array("CFX1".utf8) + [kind.rawValue, normaliserVersion]
        append(consortiumID, to: &bytes)
        append(value, to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let content = Array(text.utf8)
        precondition(content.count <= UInt16.max, "A part of a token input is at most 65,535 bytes.")
        bytes.append(contentsOf: [UInt8(content.count >> 8), UInt8(content.count & 255)])
        bytes.append(contentsOf: content)
    }
}

extension IdentifierInput {
    /// What the gateway blinds for this identifier.
    package func tokenInput(consortiumID: String) -> [UInt8] {
        TokenInput.bytes(kind: kind, value: value, consortiumID: consortiumID)
    }
}
