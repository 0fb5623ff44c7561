internal import Sodium
package import Vocabulary

/// The hashes of the tree, as RFC 6962 §2.1 defines them over SHA-256.
package enum MerkleHash {
    /// The root of the tree without leaves: the hash of nothing.
    package static let emptyRoot = SHA256.hash([])

    /// SHA-256(0x00 ‖ entry).
    package static func leaf(_ entry: [UInt8]) -> Hash {
        var hash = SHA256()
        hash.update(leafPrefix)
        hash.update(entry)
        return hash.finalize()
    }

    /// The leaf hash of one of our entries, which are 32 bytes themselves (see `LeafOpening.entry`).
    package static func leaf(_ entry: Hash) -> Hash {
        var hash = SHA256()
        hash.update(leafPrefix)
        hash.update(entry.value)
        return hash.finalize()
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    package static func node(_ left: Hash, _ right: Hash) -> Hash {
        var hash = SHA256()
        hash.update(nodePrefix)
        hash.update(left.value)
        hash.update(right.value)
        return hash.finalize()
    }

    /// The root over hashes whose count is a power of two, all of one height.
    static func perfectRoot(_ hashes: some Collection<Hash>) -> Hash {
        precondition(hashes.count.nonzeroBitCount == 1, "A perfect tree has a power of two of leaves.")
        var row = Array(hashes)
        var width = row.count
        while width > 1 {
            width /= 2
            for index in 0..<width { row[index] = node(row[2 * index], row[2 * index + 1]) }
        }
        return row[0]
    }

    private static let leafPrefix: [UInt8] = [0]
    private static let nodePrefix: [UInt8] = [1]
}
