import Testing
import TransparencyLog
import Vocabulary

@Suite("Tile addresses")
struct TileAddressTests {
    @Test(
        "a path is written as C2SP tlog-tiles has it, and read again",
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 273, 112, "tile/0/273.p/112"), (1, 999, 256, "tile/1/999"),
            (0, 1000, 1, "tile/0/x001/000.p/1"), (0, 1_234_067, 256, "tile/0/x001/x234/067"),
            (7, 0, 255, "tile/7/000.p/255"),
        ] as [(Int, UInt64, Int, String)])
    func paths(level: Int, index: UInt64, width: Int, path: String) throws {
        let address = try TileAddress(level: level, index: index, width: width)
        #expect(address.path == path)
        #expect(try TileAddress(path: path) == address)
    }

    @Test(
        "any other form of a path is refused",
        arguments: [
            "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/00/000", "tile/+0/000", "tile/-1/000",
            "tile/64/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/001/000",
            "tile/0/x001/x000",
            "tile/0/x001", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
            "tile/0/000.p/+1", "tile/0/000.p/-1", "tile/0/000.P/1", "tile/0/x001.p/234", "tile/0/000.p/1/2",
            "tile/0/abc",
            "tile/0/x-01/000", "tile/0/..", "tile/0/000.p/1.p/1", "tile/0/x999/x999/x999/x999/x999/x999/999",
            "tile/7/001", "tile/63/001", "tile/data/000", "tile/0/٠٠٠", "tile/0/000\n", "tile/0/000 ",
            "tile/0/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/x001/001",
        ])
    func refused(path: String) {
        #expect(throws: DecodingFailure.self) { try TileAddress(path: path) }
    }

    @Test("levels, indexes and widths that no tree has are refused")
    func outOfRange() {
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: -1, index: 0) }
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: 64, index: 0) }
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: 0, index: 0, width: 0) }
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: 0, index: 0, width: 257) }
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: 0, index: .max) }
        #expect(throws: DecodingFailure.outOfRange) { try TileAddress(level: 7, index: 1) }
    }

    @Test("a tile's width follows from the size of the tree, and is none where the tree does not reach")
    func widths() {
        #expect(TileAddress(level: 0, index: 273, inTreeOf: 70_000)?.width == 112)
        #expect(TileAddress(level: 0, index: 272, inTreeOf: 70_000)?.isFull == true)
        #expect(TileAddress(level: 1, index: 1, inTreeOf: 70_000)?.width == 17)
        #expect(TileAddress(level: 2, index: 0, inTreeOf: 70_000)?.width == 1)
        #expect(TileAddress(level: 0, index: 274, inTreeOf: 70_000) == nil)
        #expect(TileAddress(level: 3, index: 0, inTreeOf: 70_000) == nil)
        #expect(TileAddress(level: 0, index: 1, inTreeOf: 256) == nil)
        #expect(TileAddress(level: -1, index: 0, inTreeOf: 256) == nil)
        #expect(TileAddress(level: 0, index: .max, inTreeOf: .max) == nil)
    }
}
