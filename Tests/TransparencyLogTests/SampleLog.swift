import Sodium
import TransparencyLog
import Vocabulary

/// A log in memory: the tree, and the full tiles that it handed out.
struct SampleLog {
    var tree = MerkleTree()
    var leaves: [Hash] = []
    var tiles: [TileAddress: Tile] = [:]

    static let origin = try! NoteKeyName("node.example/log")

    init() {}

    init(leafCount: Int) { grow(to: leafCount) }

    /// Leaf number n is the leaf hash of the decimal text of n.
    static func leaf(_ number: Int) -> Hash { MerkleHash.leaf(Array(String(number).utf8)) }

    mutating func grow(to leafCount: Int) { append((leaves.count..<leafCount).map(Self.leaf)) }

    mutating func append(_ hashes: [Hash]) {
        leaves += hashes
        for tile in tree.append(hashes) { tiles[tile.address] = tile }
    }

    /// Any tile of the log as it is: a full one, or one of the right edge.
    func read(_ address: TileAddress) throws -> Tile {
        guard let tile = tree.partialTile(address) ?? tiles[address.full] else { throw MissingTile() }
        return tile
    }

    struct MissingTile: Error {}

    /// RFC 6962 §2.1 word for word, to compare with.
    static func root(_ leaves: ArraySlice<Hash>) -> Hash {
        guard leaves.count > 1 else { return leaves.first ?? MerkleHash.emptyRoot }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        return MerkleHash.node(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
    }
}

/// A key whose seed is one byte repeated.
func signingKey(_ seed: UInt8) -> SigningKey {
    var bytes = [UInt8](repeating: seed, count: SigningKey.seedByteCount)
    // A seed of the right length makes a key.
    return try! SigningKey(seed: SecretBytes(wiping: &bytes))
}

func noteSigner(_ seed: UInt8, name: NoteKeyName = SampleLog.origin) -> NoteSigner {
    NoteSigner(name: name, key: signingKey(seed))
}
