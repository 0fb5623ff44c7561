package import Vocabulary

/// Up to 256 consecutive hashes of one level of the tree, as stored and served (C2SP tlog-tiles).
package struct Tile: Hashable, Sendable {
    package let address: TileAddress
    package let hashes: [Hash]

    init(address: TileAddress, hashes: [Hash]) {
        precondition(hashes.count == address.width, "A tile holds as many hashes as its width says.")
        (self.address, self.hashes) = (address, hashes)
    }

    /// A tile from its content: its hashes one after the other.
    /// - Throws: `wrongLength` unless the content is exactly as wide as the address says.
    package init(address: TileAddress, bytes: [UInt8]) throws(DecodingFailure) {
        let expected = address.width * Bytes32.byteCount
        guard bytes.count == expected else { throw .wrongLength(expected: expected, actual: bytes.count) }
        var hashes: [Hash] = []
        hashes.reserveCapacity(address.width)
        for start in stride(from: 0, to: expected, by: Bytes32.byteCount) {
            hashes.append(try Hash(bytes: bytes[start..<start + Bytes32.byteCount]))
        }
        self.init(address: address, hashes: hashes)
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * Bytes32.byteCount)
        for hash in hashes { hash.value.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The tile cut to fewer hashes: what it was when the tree was smaller.
    package func prefix(_ width: Int) -> Tile {
        precondition((1...hashes.count).contains(width), "A tile can only be cut to between one and all of its hashes.")
        let address = TileAddress(knownLevel: address.level, index: address.index, width: width)
        return Tile(address: address, hashes: Array(hashes.prefix(width)))
    }
}

/// Gives a tile that the tree is known to have: as wide as asked for, or wider.
package typealias TileReader = (TileAddress) throws -> Tile
