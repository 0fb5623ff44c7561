/// Reads a snapshot's numbers from pieces of whatever size, and refuses what cannot be.
struct SnapshotReader {
    private let read: () throws -> [UInt8]?
    private var piece: [UInt8] = []
    private var position = 0
    private var sum = SnapshotSum()

    init(_ read: @escaping () throws -> [UInt8]?) { self.read = read }

    private mutating func nextPiece() throws -> Bool {
        repeat {
            guard let next = try read() else { return false }
            (piece, position) = (next, 0)
        } while piece.isEmpty
        return true
    }

    private mutating func raw() throws -> UInt8 {
        if position == piece.count, try !nextPiece() { throw SnapshotFailure.wrongLength }
        defer { position += 1 }
        return piece[position]
    }

    @inline(__always)
    mutating func byte() throws -> UInt8 {
        let byte = try raw()
        sum.add(byte)
        return byte
    }

    /// A number of 64 bits.
    @inline(__always)
    mutating func long() throws -> UInt64 {
        let first = try byte()
        if first < 128 { return UInt64(first) }
        var value = UInt64(first & 127)
        for shift in stride(from: UInt64(7), through: 63, by: 7) {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw SnapshotFailure.damaged }
            value |= UInt64(byte & 127) << shift
            if byte < 128 { return value }
        }
        throw SnapshotFailure.damaged
    }

    @inline(__always)
    mutating func number() throws -> UInt32 { try exactly(UInt32.self) }

    @inline(__always)
    mutating func exactly<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard let number = Number(exactly: try long()) else { throw SnapshotFailure.damaged }
        return number
    }

    /// A number below a bound.
    mutating func number(below bound: Int) throws -> UInt32 {
        let number = try number()
        guard Int(number) < bound else { throw SnapshotFailure.damaged }
        return number
    }

    /// The check sum, and then nothing more.
    mutating func expectEnd() throws {
        let expected = sum.value
        var found: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { found |= UInt64(try raw()) << shift }
        guard found == expected else { throw SnapshotFailure.damaged }
        guard position == piece.count, try !nextPiece() else { throw SnapshotFailure.wrongLength }
    }
}
