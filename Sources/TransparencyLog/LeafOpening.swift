package import Sodium
package import Vocabulary

/// What a leaf of the log was made from; known to the submitter and to auditors, to nobody else (DESIGN §4).
///
/// The 32 random bytes blind the entry: whoever has only the envelope cannot find its leaf.
package struct LeafOpening: Hashable, Sendable {
    /// random 32 ‖ envelope hash 32 ‖ key id 16 ‖ signature 64.
    package static let byteCount = 144

    package let random: Bytes32
    package let envelopeHash: Hash
    package let keyID: KeyID
    package let signature: Signature

    package init(random: Bytes32, envelopeHash: Hash, keyID: KeyID, signature: Signature) {
        (self.random, self.envelopeHash, self.keyID, self.signature) = (random, envelopeHash, keyID, signature)
    }

    /// - Throws: `wrongLength` unless there are exactly 144 bytes.
    package init(_ bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count == Self.byteCount else {
            throw .wrongLength(expected: Self.byteCount, actual: bytes.count)
        }
        random = try Bytes32(bytes[0..<32])
        envelopeHash = try Hash(bytes: bytes[32..<64])
        keyID = try KeyID(Hex.encode(bytes[64..<80]))
        signature = try Signature(Array(bytes[80..<144]))
    }

    package var bytes: [UInt8] {
        // A KeyID is hexadecimal by construction.
        random.bytes + envelopeHash.bytes + (try! Hex.decode(keyID.text)) + signature.bytes
    }

    /// The 32-byte entry of the log: SHA-256(label ‖ 0x00 ‖ opening).
    package var entry: Hash {
        var hash = SHA256()
        hash.update(Self.label)
        hash.update(bytes)
        return hash.finalize()
    }

    /// The entry's hash in the tree.
    package var leafHash: Hash { MerkleHash.leaf(entry) }

    private static let label: [UInt8] = Array("counterfoil/leaf/v1".utf8) + [0]
}
