internal import Vocabulary

/// When people do things, by the policy's time zone: by day and in the evening, and who has something to hide by night.
struct LocalTime: Sendable {
    static let day: Int64 = 86_400_000
    let offset: Int64

    init(offsetMinutes: Int) { offset = Int64(offsetMinutes) * 60_000 }

    /// An instant on the local day of the given one, at an hour that fits the habit.
    func moment(onDayOf time: Int64, nightly: Bool, _ random: inout SimulationRandom) -> Int64 {
        let weights = nightly ? Self.nightly : Self.daily
        let hour = random.pick(byWeight: weights, total: nightly ? Self.nightlyTotal : Self.dailyTotal)
        let midnight = floorDay(time + offset) * Self.day - offset
        return midnight + Int64(hour) * 3_600_000 + Int64(random.below(3_600_000))
    }

    /// Saturday and Sunday; 1970-01-01 was a Thursday.
    func isWeekend(_ time: Int64) -> Bool {
        let weekday = (floorDay(time + offset) % 7 + 11) % 7
        return weekday >= 5
    }

    /// The local midnight with which the next day begins.
    func nextMidnight(after time: Int64) -> Int64 { (floorDay(time + offset) + 1) * Self.day - offset }

    /// The local day of an instant, as days since 1970.
    func dayNumber(of time: Int64) -> Int { Int(floorDay(time + offset)) }

    private func floorDay(_ local: Int64) -> Int64 {
        local >= 0 ? local / Self.day : -((-local + Self.day - 1) / Self.day)
    }

    private static let daily = [
        6, 3, 2, 2, 2, 4, 10, 20, 40, 60, 70, 65, 50, 55, 65, 65, 60, 50, 45, 50, 55, 50, 35, 15,
    ]
    private static let nightly = [
        60, 70, 70, 65, 50, 20, 10, 10, 20, 25, 30, 30, 30, 30, 30, 30, 30, 30, 30, 40, 45, 50, 55, 60,
    ]
    private static let dailyTotal = daily.reduce(0, +)
    private static let nightlyTotal = nightly.reduce(0, +)
}
