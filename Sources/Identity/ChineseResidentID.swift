import Vocabulary

/// A citizen identification number of GB 11643-1999: region, birth date, order, check character.
struct ChineseResidentID: Hashable, Sendable {
    /// Always 18 characters; the 15-digit form of before 1999 is extended with the century and the check character.
    let number: String

    init(_ compact: String, today: CalendarDate) throws(NormalisationRule) {
        let characters = Array(compact.utf8)
        switch characters.count {
        case 15: try self.init(fifteen: compact, today: today)
        case 18: try self.init(eighteen: compact, today: today)
        default: throw .length
        }
    }

    private init(fifteen digits: String, today: CalendarDate) throws(NormalisationRule) {
        guard digits.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        let body = digits.prefix(6) + "19" + digits.dropFirst(6)
        guard let check = CheckDigits.mod11Dash2(body) else { throw .characters }
        try self.init(eighteen: "\(body)\(check)", today: today)
    }

    private init(eighteen text: String, today: CalendarDate) throws(NormalisationRule) {
        let body = text.prefix(17)
        guard body.utf8.allSatisfy(TextFolding.isDigit), let last = text.last, last == "X" || last.isASCIIDigit else {
            throw .characters
        }
        guard CheckDigits.mod11Dash2(body) == last else { throw .checkDigit }
        guard Self.isRegion(body) else { throw .region }
        let parts = [body.dropFirst(6).prefix(4), body.dropFirst(10).prefix(2), body.dropFirst(12).prefix(2)]
        let numbers = parts.compactMap { Int($0) }
        _ = try BirthDate(year: numbers[0], month: numbers[1], day: numbers[2], today: today)
        number = text
    }

    /// GB/T 2260 provinces; 9 is the foreigners' permanent residence card, with the province in the next two digits.
    private static func isRegion(_ body: Substring) -> Bool {
        let digits = body.first == "9" ? body.dropFirst().prefix(2) : body.prefix(2)
        return Int(digits).map(provinces.contains) ?? false
    }

    private static let provinces: Set<Int> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
        61, 62, 63, 64, 65, 71, 81, 82, 83,
    ]
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}
