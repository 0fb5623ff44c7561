package import Vocabulary

/// The entries under one tile of leaves, as C2SP tlog-tiles serves them: each of our 32-byte entries behind its length.
package struct EntryBundle: Hashable, Sendable {
    /// Of the tile of level 0 whose hashes are these entries' leaf hashes.
    package let address: TileAddress
    package let entries: [Hash]

    /// - Throws: `outOfRange` where the address is no tile of leaves or of another width.
    package init(address: TileAddress, entries: [Hash]) throws(DecodingFailure) {
        guard address.level == 0, address.width == entries.count else { throw .outOfRange }
        (self.address, self.entries) = (address, entries)
    }

    /// - Throws: `malformed` unless the bytes are as many entries of 32 bytes as the address says.
    package init(address: TileAddress, bytes: [UInt8]) throws(DecodingFailure) {
        let stride = Self.lengthPrefix.count + Bytes32.byteCount
        guard bytes.count == address.width * stride else {
            throw .wrongLength(expected: address.width * stride, actual: bytes.count)
        }
        var entries: [Hash] = []
        for start in Swift.stride(from: 0, to: bytes.count, by: stride) {
            let entry = start + Self.lengthPrefix.count
            guard bytes[start..<entry].elementsEqual(Self.lengthPrefix) else {
                throw .malformed("an entry of this log is 32 bytes")
            }
            entries.append(try Hash(bytes: bytes[entry..<start + stride]))
        }
        try self.init(address: address, entries: entries)
    }

    package var bytes: [UInt8] { entries.flatMap { Self.lengthPrefix + $0.bytes } }

    /// The tile that these entries make, to compare with the log's.
    package var tile: Tile { Tile(address: address, hashes: entries.map { MerkleHash.leaf($0) }) }

    /// Where the bundle of a tile of leaves is served: tile/entries/<N>[.p/<W>].
    package static func path(of address: TileAddress) -> String {
        precondition(address.level == 0, "Entries belong to a tile of leaves.")
        return prefix + address.path.dropFirst("tile/0/".count)
    }

    /// The tile of leaves whose bundle is served at that path. - Throws: `malformed` for any other form.
    package static func address(path: String) throws(DecodingFailure) -> TileAddress {
        guard path.hasPrefix(prefix) else { throw .malformed("entries are served at tile/entries/<index>") }
        return try TileAddress(path: "tile/0/" + path.dropFirst(prefix.count))
    }

    private static let prefix = "tile/entries/"
    /// 32 as a big-endian number of 16 bits.
    private static let lengthPrefix: [UInt8] = [0, UInt8(Bytes32.byteCount)]
}
