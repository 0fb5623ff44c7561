internal import Linkage
internal import Vocabulary

// The table in a snapshot: how much there is, then the IDs' subjects by identifier, then the provisional ones in order
// of case and position, in pieces.
extension SubjectTable {
    private static let layout: UInt8 = 1
    /// Of a piece; 4 and 12 bytes each.
    private static let idsPerPiece = 1 << 18
    private static let provisionalPerPiece = 1 << 16

    func write(_ write: ([UInt8]) throws -> Void) rethrows {
        var head = ByteWriter()
        head.put(Self.layout)
        head.put(count)
        head.put(UInt32(ofNationalID.count))
        head.put(UInt32(provisional.count))
        try write(head.bytes)
        for start in stride(from: 0, to: ofNationalID.count, by: Self.idsPerPiece) {
            var piece = ByteWriter()
            for number in ofNationalID[start..<min(start + Self.idsPerPiece, ofNationalID.count)] { piece.put(number) }
            try write(piece.bytes)
        }
        let ordered = provisional.sorted { $0.key < $1.key }
        for start in stride(from: 0, to: ordered.count, by: Self.provisionalPerPiece) {
            var piece = ByteWriter()
            for (key, number) in ordered[start..<min(start + Self.provisionalPerPiece, ordered.count)] {
                piece.put(key)
                piece.put(number)
            }
            try write(piece.bytes)
        }
    }

    /// - Throws: `SnapshotFailure`, and whatever `read` throws.
    init(snapshot read: () throws -> [UInt8]?) throws {
        self.init()
        var head = ByteReader(try Self.piece(read))
        let ids: UInt32, others: UInt32
        do throws(DecodingFailure) {
            guard try head.number(UInt8.self) == Self.layout else { throw .outOfRange }
            count = try head.number()
            (ids, others) = (try head.number(), try head.number())
        } catch { throw SnapshotFailure.otherFormat }
        guard head.isAtEnd else { throw SnapshotFailure.otherFormat }
        while ofNationalID.count < Int(ids) {
            let bytes = try Self.piece(read)
            let number = min(Int(ids) - ofNationalID.count, Self.idsPerPiece)
            guard bytes.count == number * 4 else { throw SnapshotFailure.wrongLength }
            var reader = ByteReader(bytes)
            for _ in 0..<number { ofNationalID.append(try reader.number()) }
        }
        while provisional.count < Int(others) {
            let bytes = try Self.piece(read)
            let number = min(Int(others) - provisional.count, Self.provisionalPerPiece)
            guard bytes.count == number * 12 else { throw SnapshotFailure.wrongLength }
            var reader = ByteReader(bytes)
            for _ in 0..<number {
                let key = try reader.number(UInt64.self)
                guard provisional.updateValue(try reader.number(), forKey: key) == nil else {
                    throw SnapshotFailure.damaged
                }
            }
        }
    }

    private static func piece(_ read: () throws -> [UInt8]?) throws -> [UInt8] {
        guard let piece = try read() else { throw SnapshotFailure.wrongLength }
        return piece
    }

    /// Whether every subject is there once, and stands for what the ledger has.
    func fits(_ ledger: Ledger) -> Bool {
        guard ofNationalID.count <= ledger.identifierRows.count, Int(count) <= ofNationalID.count + provisional.count
        else { return false }
        var isThere = [Bool](repeating: false, count: Int(count))
        func place(_ number: UInt32) -> Bool {
            guard number < count, !isThere[Int(number)] else { return false }
            isThere[Int(number)] = true
            return true
        }
        for (identifier, number) in ofNationalID.enumerated() where number != Self.none {
            guard ledger.identifierRows[identifier].kind == .nationalID, place(number) else { return false }
        }
        for (key, number) in provisional {
            guard key >> 8 < UInt64(ledger.cases.count), place(number) else { return false }
        }
        return isThere.allSatisfy(\.self)
    }
}
