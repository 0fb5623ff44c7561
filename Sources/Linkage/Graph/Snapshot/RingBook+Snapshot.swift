extension RingBook {
    func write(to columns: inout SnapshotColumns) {
        columns.put(count)
        for number in 0..<count {
            switch standing(of: RingNumber(UInt32(number + 1))) {
            case .live(let anchor): columns.put(UInt64(anchor.rawValue) << 2)
            case .alias(let other): columns.put(UInt64(other.rawValue) << 2 | 1)
            case .ended, nil: columns.put(UInt64(2))
            }
        }
        columns.put(toldDemoted.count)
        for identifier in toldDemoted.sorted() { columns.put(identifier.rawValue) }
    }

    init(from reader: inout SnapshotReader) throws {
        self.init()
        let count = try reader.number()
        for number in 0..<count {
            let value = try reader.long()
            guard value >> 2 <= UInt64(UInt32.max), number < UInt32.max else { throw SnapshotFailure.damaged }
            let ring = RingNumber(number + 1)
            let other = UInt32(value >> 2)
            switch value & 3 {
            case 0: apply(.ringFounded(ring, anchor: SubjectNumber(other), from: nil))
            case 1: apply(.ringMerged(ring, into: RingNumber(other)))
            case 2: apply(.ringEnded(ring))
            default: throw SnapshotFailure.damaged
            }
        }
        for _ in 0..<(try reader.number()) {
            apply(.demoted(IdentifierNumber(try reader.number()), subjects: 0))
        }
    }
}

extension Hub {
    /// The members are counted anew from the edges.
    func write(to columns: inout SnapshotColumns) {
        columns.put(lastDay)
        columns.put(told.map { UInt64($0) + 1 } ?? 0)
        for day in days { columns.put(day) }
    }

    mutating func readDays(from reader: inout SnapshotReader) throws {
        lastDay = try reader.exactly(UInt16.self)
        let told = try reader.number()
        guard told <= UInt32(lastDay) + 1 else { throw SnapshotFailure.damaged }
        self.told = told == 0 ? nil : UInt16(told - 1)
        for index in days.indices { days[index] = try reader.number(below: 1 << 31) }
    }
}
