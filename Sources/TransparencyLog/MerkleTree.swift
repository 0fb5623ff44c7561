package import Vocabulary

/// The growing tree, as its right edge: the partial tile of every level. Full tiles are handed out to be stored.
///
/// At most 255 hashes a level are held (three levels reach 16 million leaves). A leaf costs one SHA-256 of a node,
/// amortised; a root costs at most 255 for each level.
package struct MerkleTree: Hashable, Sendable {
    /// How many leaves there are.
    package private(set) var size: UInt64 = 0
    /// By tile level, the hashes of the last tile while it is not full (0 to 255).
    private var edge: [[Hash]] = []

    package init() {}

    /// Adds leaves in order. - Returns: the tiles that became full, each once, to be stored with the leaves.
    package mutating func append(_ leafHashes: some Sequence<Hash>) -> [Tile] {
        var completed: [Tile] = []
        for hash in leafHashes {
            size += 1
            push(hash, level: 0, completed: &completed)
        }
        return completed
    }

    /// The RFC 6962 root over all leaves; the hash of nothing where there are none.
    package var root: Hash {
        var peaks = edge.reversed().flatMap(Self.peaks)
        guard var root = peaks.popLast() else { return MerkleHash.emptyRoot }
        while let left = peaks.popLast() { root = MerkleHash.node(left, root) }
        return root
    }

    /// The tiles of the right edge, which a log serves beside the full ones.
    package var partialTiles: [Tile] {
        edge.indices.compactMap { level in edge[level].isEmpty ? nil : edgeTile(level) }
    }

    /// A tile of the right edge, cut to the width asked for; `nil` where the tile is a full one or not reached.
    package func partialTile(_ address: TileAddress) -> Tile? {
        guard address.level < edge.count, address.index == size >> UInt64(8 * (address.level + 1)),
            address.width <= edge[address.level].count
        else { return nil }
        return edgeTile(address.level).prefix(address.width)
    }

    private func edgeTile(_ level: Int) -> Tile {
        let index = size >> UInt64(8 * (level + 1))
        return Tile(
            address: TileAddress(knownLevel: level, index: index, width: edge[level].count), hashes: edge[level])
    }

    private mutating func push(_ hash: Hash, level: Int, completed: inout [Tile]) {
        if level == edge.count { edge.append([]) }
        edge[level].append(hash)
        guard edge[level].count == TileAddress.fullWidth else { return }
        let index = size >> UInt64(8 * (level + 1)) - 1
        let address = TileAddress(knownLevel: level, index: index, width: TileAddress.fullWidth)
        completed.append(Tile(address: address, hashes: edge[level]))
        let root = MerkleHash.perfectRoot(edge[level])
        edge[level] = []
        edge[level].reserveCapacity(TileAddress.fullWidth)
        push(root, level: level + 1, completed: &completed)
    }

    /// The roots of the perfect subtrees that a partial tile consists of, the largest first.
    private static func peaks(_ hashes: [Hash]) -> [Hash] {
        var peaks: [Hash] = []
        var start = 0
        for bit in (0..<8).reversed() where hashes.count & 1 << bit != 0 {
            peaks.append(MerkleHash.perfectRoot(hashes[start..<start + 1 << bit]))
            start += 1 << bit
        }
        return peaks
    }
}

extension MerkleTree {
    /// The tree as it was, from what is stored: at most 255 full tiles a level are read, never the whole tree.
    ///
    /// - Parameters:
    ///   - trailing: the hashes of the leaves after the last full tile of level 0, `size` modulo 256 of them.
    ///   - read: a stored full tile by its address; what it throws is passed on.
    /// - Throws: `TreeFailure` where the trailing leaves are not as many as the size says or a tile is not the one
    ///   asked for. The root is to be compared with the last signed checkpoint by the caller.
    package init(size: UInt64, trailing: [Hash], reading read: TileReader) throws {
        guard UInt64(trailing.count) == size % UInt64(TileAddress.fullWidth) else {
            throw TreeFailure.wrongTrailingCount
        }
        self.size = size
        guard size > 0 else { return }
        edge = [trailing]
        var level = 1
        while level < 8, size >> UInt64(8 * level) > 0 {
            let count = size >> UInt64(8 * level)
            let hashes = try (count & ~255..<count).map { index in
                let address = TileAddress(knownLevel: level - 1, index: index, width: TileAddress.fullWidth)
                return MerkleHash.perfectRoot(try Self.tile(address, reading: read).hashes)
            }
            edge.append(hashes)
            level += 1
        }
    }

    /// Reads one tile and takes the width asked for, where the reader had a wider one.
    static func tile(_ address: TileAddress, reading read: TileReader) throws -> Tile {
        let tile = try read(address)
        guard tile.address.level == address.level, tile.address.index == address.index,
            tile.hashes.count >= address.width
        else { throw TreeFailure.wrongTile(address) }
        return tile.hashes.count == address.width ? tile : tile.prefix(address.width)
    }
}
