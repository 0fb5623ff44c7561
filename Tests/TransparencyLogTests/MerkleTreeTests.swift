import TestSupport
import Testing
import TransparencyLog
import Vocabulary

@Suite("Merkle tree")
struct MerkleTreeTests {
    @Test("the root at every size up to 300 is RFC 6962's")
    func roots() {
        var log = SampleLog()
        #expect(log.tree.root == MerkleHash.emptyRoot)
        for size in 1...300 {
            log.grow(to: size)
            #expect(log.tree.root == SampleLog.root(log.leaves[...]))
            #expect(log.tree.size == UInt64(size))
        }
    }

    @Test("the same leaves in any batches make the same tree and the same tiles", arguments: [1, 2])
    func batches(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = ProofTests.large
        var parted = SampleLog()
        while parted.leaves.count < 70_000 {
            parted.grow(to: min(70_000, parted.leaves.count + Int.random(in: 0...3000, using: &random)))
        }
        #expect(parted.tree == whole.tree)
        #expect(parted.tiles == whole.tiles)
    }

    @Test("a tree of 70,000 has the tiles of the specification's example")
    func exampleTiles() throws {
        let log = ProofTests.large
        #expect(log.tiles.keys.filter { $0.level == 0 }.count == 273)
        #expect(log.tiles.keys.filter { $0.level == 1 }.count == 1)
        #expect(log.tiles.count == 274)
        let partial = ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
        #expect(log.tree.partialTiles.map(\.address.path) == partial)
        #expect(SampleLog(leafCount: 256).tree.partialTiles.map(\.address.path) == ["tile/1/000.p/1"])
        #expect(log.tree.root == SampleLog.root(log.leaves[...]))
    }

    @Test("a full tile is handed out once, when its last leaf comes")
    func completed() {
        var tree = MerkleTree()
        #expect(tree.append((0..<255).map(SampleLog.leaf)).isEmpty)
        let tiles = tree.append([SampleLog.leaf(255)])
        #expect(tiles.map(\.address.path) == ["tile/0/000"])
        #expect(tiles.first?.hashes == (0..<256).map(SampleLog.leaf))
        #expect(tree.append([SampleLog.leaf(256)]).isEmpty)
        #expect(tree.append([]).isEmpty)
    }

    @Test("a hash of level 1 is the root of the full tile below", arguments: [0, 7, 255])
    func upperTiles(index: Int) throws {
        let log = SampleLog(leafCount: 65_536)
        let upper = try #require(log.tiles[TileAddress(level: 1, index: 0)])
        let lower = try #require(log.tiles[TileAddress(level: 0, index: UInt64(index))])
        #expect(upper.hashes[index] == SampleLog.root(lower.hashes[...]))
    }

    @Test("a partial tile is the full one cut", arguments: [1, 100, 255])
    func partials(width: Int) throws {
        let small = SampleLog(leafCount: 512 + width)
        let large = SampleLog(leafCount: 1024)
        let address = try TileAddress(level: 0, index: 2, width: width)
        #expect(try small.read(address) == large.read(address).prefix(width))
        #expect(small.tree.partialTile(try TileAddress(level: 0, index: 2)) == nil)
        #expect(small.tree.partialTile(try TileAddress(level: 0, index: 1, width: width)) == nil)
        #expect(small.tree.partialTile(try TileAddress(level: 5, index: 0, width: 1)) == nil)
    }

    @Test("a tile survives its bytes, and bytes of another width are refused")
    func tileBytes() throws {
        let tile = try SampleLog(leafCount: 300).read(TileAddress(level: 0, index: 1, width: 44))
        #expect(tile.bytes.count == 44 * 32)
        #expect(try Tile(address: tile.address, bytes: tile.bytes) == tile)
        #expect(throws: DecodingFailure.wrongLength(expected: 1408, actual: 1407)) {
            try Tile(address: tile.address, bytes: Array(tile.bytes.dropLast()))
        }
        #expect(throws: DecodingFailure.wrongLength(expected: 8192, actual: 1408)) {
            try Tile(address: tile.address.full, bytes: tile.bytes)
        }
    }
}

@Suite("Restoring the tree")
struct MerkleTreeRestoringTests {
    @Test(
        "the tree restored from its tiles and trailing leaves is the same and grows the same",
        arguments: [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
    func restored(size: Int) throws {
        var log = SampleLog(leafCount: size)
        let trailing = Array(log.leaves.suffix(size % 256))
        var tree = try MerkleTree(size: UInt64(size), trailing: trailing) { address in
            try #require(log.tiles[address])
        }
        #expect(tree == log.tree)
        #expect(tree.root == log.tree.root)
        let more = (0..<1000).map(SampleLog.leaf)
        let before = log.tiles
        log.append(more)
        let completed = tree.append(more)
        #expect(tree.root == log.tree.root)
        #expect(Set(completed) == Set(log.tiles.values).subtracting(before.values))
    }

    @Test("trailing leaves that are not as many as the size says are refused", arguments: [0, 43, 45, 300])
    func trailingCount(count: Int) {
        let log = SampleLog(leafCount: 300)
        #expect(throws: TreeFailure.wrongTrailingCount) {
            try MerkleTree(size: 300, trailing: Array(log.leaves.suffix(count)), reading: log.read)
        }
    }

    @Test("another tile than the one asked for is refused")
    func wrongTile() throws {
        let log = SampleLog(leafCount: 600)
        let other = try log.read(TileAddress(level: 0, index: 1))
        let asked = try TileAddress(level: 0, index: 0)
        #expect(throws: TreeFailure.wrongTile(asked)) {
            try MerkleTree(size: 600, trailing: Array(log.leaves.suffix(88))) { _ in other }
        }
        let narrow = try log.read(asked).prefix(255)
        #expect(throws: TreeFailure.wrongTile(asked)) {
            try MerkleTree(size: 600, trailing: Array(log.leaves.suffix(88))) { _ in narrow }
        }
    }

    @Test("what the reader throws is passed on")
    func readerFailure() {
        #expect(throws: SampleLog.MissingTile.self) {
            try MerkleTree(size: 256, trailing: []) { _ in throw SampleLog.MissingTile() }
        }
    }
}
