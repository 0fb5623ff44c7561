internal import Exchange
internal import Records
internal import Vocabulary

// A quota's row as it is sealed: who asked, for what, and how often.
extension QuotaRow {
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.put(member.name)
        writer.put(purpose.rawValue)
        writer.put(Int64(checks))
        writer.put(Int64(misses))
        return writer.bytes
    }

    init(decoding bytes: [UInt8], day: Int64) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        let member = try MemberID(try reader.text())
        guard let purpose = Purpose(rawValue: try reader.text()) else { throw .outOfRange }
        let checks = try reader.number(Int64.self), misses = try reader.number(Int64.self)
        guard misses >= 0, checks >= 0 else { throw .outOfRange }
        self.init(member: member, purpose: purpose, day: Int(day), checks: Int(checks), misses: Int(misses))
    }
}

/// Which line of its day a pair of member and purpose has: found again when the store is opened.
struct QuotaLines {
    struct Pair: Hashable {
        let member: MemberID
        let purpose: Purpose

        init(_ row: QuotaRow) { (member, purpose) = (row.member, row.purpose) }
    }

    private var days: [Int: [Pair: Int64]] = [:]

    /// The row's line; a new one follows the last of its day.
    mutating func line(of row: QuotaRow) -> Int64 {
        let lines = days[row.day, default: [:]]
        if let line = lines[Pair(row)] { return line }
        let line = (lines.values.max() ?? -1) + 1
        days[row.day, default: [:]][Pair(row)] = line
        return line
    }

    mutating func note(_ row: QuotaRow, line: Int64) { days[row.day, default: [:]][Pair(row)] = line }
    mutating func forget(before day: Int) { days = days.filter { $0.key >= day } }
}
