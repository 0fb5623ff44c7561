import Vocabulary

/// An Indonesian population number: province, regency and district, birth date (women's day plus 40), order.
struct IndonesianNIK: Hashable, Sendable {
    let number: String

    init(_ compact: String, today: CalendarDate) throws(NormalisationRule) {
        let digits = try NationalIDScheme.digits(of: compact, count: 16)
        // Pairs of digits; the last two make the order.
        let pairs = Array(digits.utf8).map { Int($0) - 48 }
        func pair(_ index: Int) -> Int { pairs[index * 2] * 10 + pairs[index * 2 + 1] }
        guard Self.provinces.contains(pair(0)), pair(1) > 0, pair(2) > 0 else { throw .region }
        let day = pair(3) > 40 ? pair(3) - 40 : pair(3)
        // Two digits of the year: of the two centuries, the number is good if one fits.
        let century = today.year / 100 * 100
        let isPossible = [century, century - 100].contains { century in
            (try? BirthDate(year: century + pair(5), month: pair(4), day: day, today: today)) != nil
        }
        guard isPossible else { throw .birthDate }
        guard digits.suffix(4) != "0000" else { throw .range }
        number = digits
    }

    private static let provinces = Set(
        [11...21, 31...36, 51...53, 61...65, 71...76, 81...82, 91...97].flatMap { Array($0) })
}
