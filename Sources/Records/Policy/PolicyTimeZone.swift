package import Vocabulary

/// The consortium's time zone: it sets where a day begins. A fixed offset, so that every process agrees for ever.
package struct PolicyTimeZone: Hashable, Sendable {
    /// For people, such as `Asia/Shanghai`.
    package let name: String
    package let offsetMinutes: Int

    package init(name: String, offsetMinutes: Int) {
        (self.name, self.offsetMinutes) = (name, offsetMinutes)
    }

    /// The day on which an instant falls here.
    package func day(of instant: Instant) -> CalendarDate {
        let local = instant.seconds + Int64(offsetMinutes) * 60
        let day = local >= 0 ? local / secondsPerDay : (local - secondsPerDay + 1) / secondsPerDay
        return CalendarDate(daysSince1970: Int(day))
    }

    /// The instant at which a day is over here.
    package func end(of day: CalendarDate) -> Instant {
        Instant(seconds: Int64(day.daysSince1970 + 1) * secondsPerDay - Int64(offsetMinutes) * 60)
    }
}

let secondsPerDay: Int64 = 86_400
