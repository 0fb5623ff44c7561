package import Vocabulary

/// Makes proofs about the tree of one size from its tiles.
///
/// Each tile is read and hashed once for all proofs of this prover: a beat's receipts share one.
package struct TreeProver {
    /// The size of the tree that is proved about, usually a checkpoint's.
    package let size: UInt64
    private let read: TileReader
    /// By tile, its hashes (first) and the rows of nodes above them, up to height 7 or what its width allows.
    private var rows: [TileAddress: [[Hash]]] = [:]

    package init(size: UInt64, reading read: @escaping TileReader) {
        (self.size, self.read) = (size, read)
    }

    /// The root of the tree.
    package mutating func root() throws -> Hash {
        size == 0 ? MerkleHash.emptyRoot : try hash(of: 0..<size)
    }

    /// The path from a leaf's sibling up to the root's child (RFC 6962 §2.1.1).
    /// - Throws: `beyondTree` for an index that is not below the size; what the reader throws.
    package mutating func inclusionProof(of index: UInt64) throws -> [Hash] {
        guard index < size else { throw TreeFailure.beyondTree }
        var range = 0..<size
        var siblings: [Range<UInt64>] = []
        while range.upperBound - range.lowerBound > 1 {
            let middle = Self.split(range)
            let isLeft = index < middle
            siblings.append(isLeft ? middle..<range.upperBound : range.lowerBound..<middle)
            range = isLeft ? range.lowerBound..<middle : middle..<range.upperBound
        }
        return try siblings.reversed().map { try hash(of: $0) }
    }

    /// The nodes that show an earlier tree to be a prefix of this one (RFC 6962 §2.1.2).
    /// - Throws: `emptyTree` from size 0, `beyondTree` from a size above this one's; what the reader throws.
    package mutating func consistencyProof(from earlier: UInt64) throws -> [Hash] {
        guard earlier > 0 else { throw TreeFailure.emptyTree }
        guard earlier <= size else { throw TreeFailure.beyondTree }
        var range = 0..<size
        var siblings: [Range<UInt64>] = []
        while range.upperBound != earlier {
            let middle = Self.split(range)
            let isLeft = earlier <= middle
            siblings.append(isLeft ? middle..<range.upperBound : range.lowerBound..<middle)
            range = isLeft ? range.lowerBound..<middle : middle..<range.upperBound
        }
        // What is left is a subtree of both trees; it is known to the verifier only where it is the whole earlier one.
        if range.lowerBound > 0 { siblings.append(range) }
        return try siblings.reversed().map { try hash(of: $0) }
    }

    /// Where RFC 6962 §2.1 parts a range: after the largest power of two that is smaller than its length.
    private static func split(_ range: Range<UInt64>) -> UInt64 {
        let length = range.upperBound - range.lowerBound
        return range.lowerBound + 1 << UInt64(63 - (length - 1).leadingZeroBitCount)
    }

    private mutating func hash(of range: Range<UInt64>) throws -> Hash {
        let length = range.upperBound - range.lowerBound
        guard length.nonzeroBitCount > 1 else { return try node(height: length.trailingZeroBitCount, of: range) }
        let middle = Self.split(range)
        let left = try hash(of: range.lowerBound..<middle)
        return MerkleHash.node(left, try hash(of: middle..<range.upperBound))
    }

    /// The root of a perfect subtree, which lies inside one tile.
    private mutating func node(height: Int, of range: Range<UInt64>) throws -> Hash {
        let (level, row) = (height / 8, height % 8)
        let position = range.lowerBound >> UInt64(height)
        let tile = position >> UInt64(8 - row)
        guard let address = TileAddress(level: level, index: tile, inTreeOf: size) else { throw TreeFailure.beyondTree }
        return try rows(of: address)[row][Int(position - tile << UInt64(8 - row))]
    }

    private mutating func rows(of address: TileAddress) throws -> [[Hash]] {
        if let known = rows[address] { return known }
        var made = [try MerkleTree.tile(address, reading: read).hashes]
        while made.count < 8, made[made.count - 1].count > 1 {
            let below = made[made.count - 1]
            made.append((0..<below.count / 2).map { MerkleHash.node(below[2 * $0], below[2 * $0 + 1]) })
        }
        rows[address] = made
        return made
    }
}
