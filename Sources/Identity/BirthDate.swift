import Vocabulary

/// A person's birth date in the forms that match keys use.
struct BirthDate: Hashable, Sendable {
    let date: CalendarDate

    /// Nobody alive was born earlier; an earlier year is an error of typing or of a two-digit year.
    static let earliestYear = 1880

    /// Reads `1990-01-31` or `19900131`.
    init(_ text: String, today: CalendarDate) throws(NormalisationRule) {
        let parts = TextFolding.plain(text).split(omittingEmptySubsequences: false) { "-/.".contains($0) }
        guard parts != [""] else { throw .empty }
        guard parts.allSatisfy({ $0.utf8.allSatisfy(TextFolding.isDigit) }) else { throw .syntax }
        guard [[8], [4, 2, 2]].contains(parts.map(\.utf8.count)) else { throw .syntax }
        let digits = parts.joined()
        guard let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2))
        else { throw .syntax }
        if StopList.containsBirthDate(year: year, month: month, day: day) { throw .placeholder }
        try self.init(year: year, month: month, day: day, today: today)
    }

    init(year: Int, month: Int, day: Int, today: CalendarDate) throws(NormalisationRule) {
        guard let date = CalendarDate(year: year, month: month, day: day) else { throw .birthDate }
        guard year >= Self.earliestYear, date <= today else { throw .birthDate }
        self.date = date
    }

    var exact: String { date.description }

    /// Year, then the smaller and the larger of month and day: the two are often exchanged.
    var unordered: String { "\(date.year)-\(min(date.month, date.day))-\(max(date.month, date.day))" }
}
