/// Thirty-two bytes held inline: the storage of every hash, point and commitment, so that nobody passes byte slices.
package struct Bytes32: Hashable, Sendable, Comparable {
    package static let byteCount = 32

    /// The bytes as four words in memory order (the first byte is the lowest of `a` on a little-endian machine).
    package var a: UInt64, b: UInt64, c: UInt64, d: UInt64

    @inlinable
    package init() {
        (a, b, c, d) = (0, 0, 0, 0)
    }

    /// - Throws: `DecodingFailure.wrongLength` unless there are exactly 32 bytes.
    @inlinable
    package init(_ bytes: some Collection<UInt8>) throws(DecodingFailure) {
        guard bytes.count == Self.byteCount else {
            throw .wrongLength(expected: Self.byteCount, actual: bytes.count)
        }
        self.init { target in
            _ = target.initializeMemory(as: UInt8.self, from: bytes)
        }
    }

    /// Lets `body` write the 32 bytes, which start as zeros.
    @inlinable
    package init(writing body: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        self.init()
        try Swift.withUnsafeMutableBytes(of: &self, body)
    }

    /// Thirty-two bytes as a C function writes them, which start as zeros.
    @inlinable
    package static func filled(by body: (UnsafeMutablePointer<UInt8>) throws -> Void) rethrows -> Bytes32 {
        var value = Bytes32()
        try withUnsafeMutablePointer(to: &value) { words in
            try words.withMemoryRebound(to: UInt8.self, capacity: byteCount, body)
        }
        return value
    }

    package init(hex: String) throws(DecodingFailure) {
        try self.init(Hex.decode(hex))
    }

    @inlinable
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: self, body)
    }

    /// The 32 bytes for a C function, which must not keep the pointer.
    @inlinable
    package func withPointer<Result>(_ body: (UnsafePointer<UInt8>) throws -> Result) rethrows -> Result {
        try withUnsafePointer(to: self) { words in
            try words.withMemoryRebound(to: UInt8.self, capacity: Self.byteCount, body)
        }
    }

    package var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
    package var hex: String { Hex.encode(bytes) }
    package var base64: String { Base64.encode(bytes) }

    package static func < (left: Bytes32, right: Bytes32) -> Bool {
        left.withUnsafeBytes { l in right.withUnsafeBytes { r in l.lexicographicallyPrecedes(r) } }
    }
}

/// A SHA-256 value: a leaf, a node of the tree, a digest of content.
package struct Hash: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var value: Bytes32

    package init(_ value: Bytes32) { self.value = value }
    package init(bytes: some Collection<UInt8>) throws(DecodingFailure) { value = try Bytes32(bytes) }

    package var bytes: [UInt8] { value.bytes }
    package var description: String { value.hex }
    package static func < (left: Hash, right: Hash) -> Bool { left.value < right.value }
}
