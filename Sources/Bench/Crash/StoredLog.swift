internal import SQLite
internal import TransparencyLog
internal import Vocabulary

/// The log as it lies in the node's database, read with a connection of our own that cannot write.
struct StoredLog {
    /// In the order of their indexes, which are shown to have no gap.
    private(set) var leaves: [Hash] = []
    private(set) var tiles: [TileAddress: [UInt8]] = [:]
    private(set) var checkpoints: [(size: UInt64, note: String)] = []
    /// Leaves that no signed document is stored for.
    private(set) var leavesWithoutEvidence: Int64 = 0

    /// - Throws: `storageFailed` where the file cannot be read or its leaves have gaps.
    init(_ path: String) throws(Problem) {
        do {
            let connection = try Connection(path: path, mode: .reader)
            // One transaction: the node may be writing meanwhile.
            try connection.execute("BEGIN")
            try connection.run("SELECT log_index, hash FROM leaf ORDER BY log_index") { row in
                guard row.integer(0) == leaves.count else { throw DecodingFailure.outOfRange }
                leaves.append(try Hash(bytes: row.blob(1)))
            }
            try connection.run("SELECT level, tile_index, hashes FROM tile") { row in
                let address = try TileAddress(level: Int(row.integer(0)), index: UInt64(row.integer(1)))
                tiles[address] = row.blob(2)
            }
            try connection.run("SELECT size, note FROM checkpoint ORDER BY size") { row in
                checkpoints.append((UInt64(row.integer(0)), row.text(1)))
            }
            leavesWithoutEvidence = try connection.integer(
                "SELECT count(*) FROM leaf LEFT JOIN evidence USING (log_index) WHERE evidence.log_index IS NULL") ?? 0
        } catch {
            throw Problem(.storageFailed, "The node's stored log cannot be read: \(error).")
        }
    }

    /// The root at each of these sizes, from the leaves alone, and the full tiles on the way.
    func recompute(sizes: Set<UInt64>) -> (roots: [UInt64: Hash], tiles: [TileAddress: [UInt8]]) {
        var tree = MerkleTree()
        var roots: [UInt64: Hash] = [:]
        var made: [TileAddress: [UInt8]] = [:]
        if sizes.contains(0) { roots[0] = tree.root }
        for leaf in leaves {
            for tile in tree.append(CollectionOfOne(leaf)) { made[tile.address] = tile.bytes }
            if sizes.contains(tree.size) { roots[tree.size] = tree.root }
        }
        return (roots, made)
    }
}
