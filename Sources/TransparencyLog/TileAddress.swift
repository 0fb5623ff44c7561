package import Vocabulary

/// Which tile of the tree is meant, by level, index and width (C2SP tlog-tiles, tiles of height 8).
package struct TileAddress: Hashable, Sendable, CustomStringConvertible {
    package static let fullWidth = 256
    package static let maximumLevel = 63

    /// 0 for leaf hashes; a hash of level n + 1 is the root of a full tile of level n.
    package let level: Int
    package let index: UInt64
    /// How many hashes, 1 to 256; below 256 the tile is partial.
    package let width: Int

    /// - Throws: `outOfRange` for a level, an index or a width that no tree has.
    package init(level: Int, index: UInt64, width: Int = fullWidth) throws(DecodingFailure) {
        guard (0...Self.maximumLevel).contains(level), (1...Self.fullWidth).contains(width),
            index <= UInt64.max >> UInt64(8 * (level + 1))
        else { throw .outOfRange }
        self.init(knownLevel: level, index: index, width: width)
    }

    init(knownLevel level: Int, index: UInt64, width: Int) {
        (self.level, self.index, self.width) = (level, index, width)
    }

    package var isFull: Bool { width == Self.fullWidth }
    /// The same tile when it is complete.
    package var full: TileAddress { TileAddress(knownLevel: level, index: index, width: Self.fullWidth) }

    /// The tile of this level and index in a tree of that size, or `nil` where the tree does not reach it.
    package init?(level: Int, index: UInt64, inTreeOf size: UInt64) {
        guard (0...Self.maximumLevel).contains(level) else { return nil }
        let hashes = size >> UInt64(8 * level)
        let first = index.multipliedReportingOverflow(by: UInt64(Self.fullWidth))
        guard !first.overflow, first.partialValue < hashes else { return nil }
        let width = min(UInt64(Self.fullWidth), hashes - first.partialValue)
        self.init(knownLevel: level, index: index, width: Int(width))
    }
}

// Paths, as the tiles are served: tile/<L>/<N>[.p/<W>].
extension TileAddress {
    package var path: String { "tile/\(level)/\(Self.path(ofIndex: index))\(isFull ? "" : ".p/\(width)")" }
    package var description: String { path }

    /// Reads a path in the one form in which it is written, for example `tile/0/x001/234.p/5`.
    package init(path: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("a tile is tile/<level>/<index in groups of three digits>[.p/<width>]")
        guard path.utf8.count <= 64 else { throw wrong }
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count >= 3, parts[0] == "tile", let level = Int(parts[1]) else { throw wrong }
        parts.removeFirst(2)
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Int(parts.removeLast()), partial < Self.fullWidth else { throw wrong }
            width = partial
            parts.append(String(parts.removeLast().dropLast(2)))
        }
        guard let index = UInt64(parts.map { $0.hasPrefix("x") ? String($0.dropFirst()) : $0 }.joined()) else {
            throw wrong
        }
        do throws(DecodingFailure) { try self.init(level: level, index: index, width: width) } catch { throw wrong }
        guard self.path.utf8.elementsEqual(path.utf8) else { throw wrong }
    }

    /// 1234067 as `x001/x234/067`.
    static func path(ofIndex index: UInt64) -> String {
        func group(_ number: UInt64) -> String {
            let digits = String(number % 1000)
            return String(repeating: "0", count: 3 - digits.count) + digits
        }
        var path = group(index)
        var rest = index / 1000
        while rest > 0 {
            path = "x\(group(rest))/\(path)"
            rest /= 1000
        }
        return path
    }
}
