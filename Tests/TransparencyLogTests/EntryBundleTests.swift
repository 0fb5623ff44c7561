import Sodium
import Testing
import TransparencyLog
import Vocabulary

@Suite("Entry bundles")
struct EntryBundleTests {
    static let entries = (0..<44).map { SHA256.hash([UInt8($0)]) }

    @Test("a bundle survives its bytes and makes the tile of its leaves")
    func bytes() throws {
        var log = SampleLog(leafCount: 256)
        log.append(Self.entries.map { MerkleHash.leaf($0) })
        let address = try TileAddress(level: 0, index: 1, width: 44)
        let bundle = try EntryBundle(address: address, entries: Self.entries)
        #expect(bundle.bytes.count == 44 * 34)
        #expect(bundle.bytes.prefix(2) == [0, 32])
        #expect(try EntryBundle(address: address, bytes: bundle.bytes) == bundle)
        #expect(try bundle.tile == log.read(address))
    }

    @Test("bytes of another width or with entries of another length are refused")
    func refused() throws {
        let address = try TileAddress(level: 0, index: 1, width: 44)
        let bytes = try EntryBundle(address: address, entries: Self.entries).bytes
        #expect(throws: DecodingFailure.wrongLength(expected: 1496, actual: 1495)) {
            try EntryBundle(address: address, bytes: Array(bytes.dropLast()))
        }
        for position in [0, 1, 34, 35] {
            var changed = bytes
            changed[position] ^= 1
            #expect(throws: DecodingFailure.malformed("an entry of this log is 32 bytes")) {
                try EntryBundle(address: address, bytes: changed)
            }
        }
        #expect(throws: DecodingFailure.outOfRange) {
            try EntryBundle(address: TileAddress(level: 1, index: 0, width: 44), entries: Self.entries)
        }
        #expect(throws: DecodingFailure.outOfRange) {
            try EntryBundle(address: TileAddress(level: 0, index: 0, width: 43), entries: Self.entries)
        }
    }

    @Test("a bundle's path is the tile's with the word entries for its level")
    func path() throws {
        let address = try TileAddress(level: 0, index: 1234, width: 5)
        #expect(EntryBundle.path(of: address) == "tile/entries/x001/234.p/5")
        #expect(try EntryBundle.address(path: "tile/entries/x001/234.p/5") == address)
        for path in ["", "tile/0/000", "tile/entries", "tile/entries/", "tile/entries/0", "/tile/entries/000"] {
            #expect(throws: DecodingFailure.self) { try EntryBundle.address(path: path) }
        }
    }
}
