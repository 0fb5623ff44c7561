/// What is written of a snapshot and has not been handed over yet, with a check sum over all before.
struct SnapshotColumns {
    private static let pieceSize = 1 << 20
    private var bytes: [UInt8] = []
    private var sum = SnapshotSum()

    init() { bytes.reserveCapacity(Self.pieceSize + 4096) }

    var isFull: Bool { bytes.count >= Self.pieceSize }

    /// Hands over what there is.
    mutating func take() -> [UInt8] {
        for byte in bytes { sum.add(byte) }
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// The last piece: what is left, and the check sum.
    mutating func takeLast() -> [UInt8] {
        let last = take()
        return last + (0..<8).map { UInt8(truncatingIfNeeded: sum.value >> (8 * UInt64($0))) }
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) { bytes.append(byte) }

    /// Seven bits a byte, the lowest first; the upper bit says that more follow.
    @inline(__always)
    mutating func put(_ number: UInt64) {
        var left = number
        while left >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: left) | 128)
            left >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: left))
    }

    @inline(__always)
    mutating func put(_ number: UInt32) { put(UInt64(number)) }
    @inline(__always)
    mutating func put(_ number: UInt16) { put(UInt64(number)) }
    @inline(__always)
    mutating func put(_ count: Int) { put(UInt64(count)) }
}

/// FNV-1a over 64 bits: no single changed byte leaves it as it was. Against accidents; not against anybody.
struct SnapshotSum {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
