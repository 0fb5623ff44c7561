/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. The core is given instants; it never asks a clock.
package struct Instant: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    /// Whole seconds, rounded towards the past.
    package var seconds: Int64 { milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0) }

    package func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }
    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
}

// RFC 3339, which is what travels on the wire.
extension Instant {
    /// Reads `2026-01-31T09:30:00+08:00` (RFC 3339 §5.6; up to three decimals of a second; the offset is required).
    package init(_ text: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("a time is written as 2026-01-31T09:30:00+08:00")
        let characters = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= characters.count else { return nil }
            return characters[range].reduce(Int64?(0)) { sum, character in
                guard let sum, (48...57).contains(character) else { return nil }
                return sum * 10 + Int64(character - 48)
            }
        }
        func expect(_ character: Character, at index: Int) -> Bool {
            index < characters.count && characters[index] == character.asciiValue
        }
        guard let year = number(0..<4), expect("-", at: 4), let month = number(5..<7), expect("-", at: 7),
            let day = number(8..<10), expect("T", at: 10), let hour = number(11..<13), expect(":", at: 13),
            let minute = number(14..<16), expect(":", at: 16), let second = number(17..<19),
            let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)),
            hour < 24, minute < 60, second < 60
        else { throw wrong }
        var index = 19
        var fraction: Int64 = 0
        if expect(".", at: index) {
            let digits = characters[(index + 1)...].prefix { (48...57).contains($0) }.count
            guard (1...3).contains(digits), let value = number(index + 1..<index + 1 + digits) else { throw wrong }
            fraction = value * [100, 10, 1][digits - 1]
            index += 1 + digits
        }
        var offsetMinutes: Int64 = 0
        if expect("Z", at: index) {
            index += 1
        } else {
            guard expect("+", at: index) || expect("-", at: index), let hours = number(index + 1..<index + 3),
                expect(":", at: index + 3), let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
            else { throw wrong }
            offsetMinutes = (hours * 60 + minutes) * (expect("-", at: index) ? -1 : 1)
            index += 6
        }
        guard index == characters.count else { throw wrong }
        let daySeconds = hour * 3600 + minute * 60 + second - offsetMinutes * 60
        milliseconds = (Int64(date.daysSince1970) * 86_400 + daySeconds) * 1000 + fraction
    }

    /// The instant in UTC, with milliseconds only where there are any.
    package var description: String {
        let days = Int(seconds / 86_400) - (seconds % 86_400 < 0 ? 1 : 0)
        let date = CalendarDate(daysSince1970: days)
        let second = seconds - Int64(days) * 86_400
        let fraction = milliseconds - seconds * 1000
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(time)\(fraction == 0 ? "" : ".\(padded(fraction, 3))")Z"
    }
}

/// A day of the Gregorian calendar.
package struct CalendarDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    /// `nil` unless the day exists in that month of that year (years 1 to 9999).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Days are counted by the civil-calendar algorithm of era, year of era and day of year.
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    package var description: String { "\(padded(Int64(year), 4))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))" }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

private func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
