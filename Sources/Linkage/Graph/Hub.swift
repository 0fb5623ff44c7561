/// Counters of an identifier that many share: members over its own edges, and new subjects by day.
struct Hub: Hashable, Sendable {
    /// With more edges than this an identifier has counters of its own.
    static let edgeCount = 64
    private static let dayCount = 35
    private static let week = 7

    /// How many words over own edges, by member.
    private(set) var members: [UInt16: UInt32] = [:]
    /// New subjects by day modulo 35, for the days up to the last one.
    var days = [UInt32](repeating: 0, count: Hub.dayCount)
    var lastDay: UInt16
    /// When a burst was last told.
    var told: UInt16?

    init(today: GraphDay) { lastDay = today.rawValue }

    /// Counts a word for an own edge, and the edge itself if it is new: on the word's day, a future one as today.
    mutating func count(_ member: UInt16, isNew: Bool, _ day: GraphDay, today: GraphDay) {
        members[member, default: 0] += 1
        if isNew { countNew(day, today: today) }
    }

    mutating func countNew(_ day: GraphDay, today: GraphDay) {
        roll(to: today)
        let day = min(day.rawValue, lastDay)
        guard Int(lastDay) - Int(day) < Self.dayCount else { return }
        days[Int(day) % Self.dayCount] += 1
    }

    mutating func discount(_ member: UInt16) {
        guard let count = members[member] else { return }
        members[member] = count > 1 ? count - 1 : nil
    }

    private mutating func roll(to today: GraphDay) {
        guard today.rawValue > lastDay else { return }
        for step in 1...min(Int(today.rawValue - lastDay), Self.dayCount) {
            days[(Int(lastDay) + step) % Self.dayCount] = 0
        }
        lastDay = today.rawValue
    }

    /// How many new subjects came within seven days, if that is at least ten, and three times the weekly mean of the
    /// four weeks before, and no burst was told within seven days. Telling is noted.
    mutating func tellBurst(today: GraphDay) -> UInt32? {
        roll(to: today)
        if let told, lastDay - told < UInt16(Self.week) { return nil }
        var (recent, before) = (0, 0)
        for age in 0..<min(Self.dayCount, Int(lastDay) + 1) {
            let count = Int(days[(Int(lastDay) - age) % Self.dayCount])
            if age < Self.week { recent += count } else { before += count }
        }
        guard recent >= 10, recent * 4 >= before * 3 else { return nil }
        told = lastDay
        return UInt32(recent)
    }
}
