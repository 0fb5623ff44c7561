import Vocabulary

/// A country's personal number. `opaque` takes any register's number for which there are no rules here.
package enum NationalIDScheme: String, Hashable, Sendable, CaseIterable {
    case chineseResident = "cn-rid"
    case americanSocialSecurity = "us-ssn"
    case indianPAN = "in-pan"
    case indianAadhaar = "in-aadhaar"
    case indonesianNIK = "id-nik"
    case australianTaxFile = "au-tfn"
    case opaque

    /// A number with a check digit cannot be mistyped unnoticed; without one, match keys allow for exchanged digits.
    var hasCheckDigit: Bool {
        switch self {
        case .chineseResident, .indianAadhaar, .australianTaxFile: true
        case .americanSocialSecurity, .indianPAN, .indonesianNIK, .opaque: false
        }
    }

    /// The canonical number, without the scheme.
    func normalise(_ text: String, today: CalendarDate) throws(NormalisationRule) -> String {
        let compact = TextFolding.plain(text).uppercased().filter { $0 != "-" && $0 != "." }
        guard !compact.isEmpty else { throw .empty }
        guard compact.utf8.count <= 64 else { throw .tooLong }
        if StopList.containsNationalID(compact) { throw .placeholder }
        switch self {
        case .chineseResident: return try ChineseResidentID(compact, today: today).number
        case .americanSocialSecurity: return try Self.socialSecurity(compact)
        case .indianPAN: return try Self.permanentAccount(compact)
        case .indianAadhaar: return try Self.aadhaar(compact)
        case .indonesianNIK: return try IndonesianNIK(compact, today: today).number
        case .australianTaxFile: return try Self.taxFile(compact)
        case .opaque: return try Self.opaque(compact)
        }
    }

    /// Areas 000, 666 and 900–999, group 00 and serial 0000 were never issued (Social Security Administration).
    private static func socialSecurity(_ text: String) throws(NormalisationRule) -> String {
        let digits = try digits(of: text, count: 9)
        let area = digits.prefix(3)
        guard area != "000", area != "666", area.first != "9" else { throw .range }
        guard digits.dropFirst(3).prefix(2) != "00", digits.suffix(4) != "0000" else { throw .range }
        return digits
    }

    /// Five letters, four digits, a letter; the fourth letter is the holder's type (P for a person).
    private static func permanentAccount(_ text: String) throws(NormalisationRule) -> String {
        let characters = Array(text.utf8)
        guard characters.count == 10 else { throw .length }
        let isLetter = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
        guard characters[..<5].allSatisfy(isLetter), characters[5..<9].allSatisfy(TextFolding.isDigit),
            isLetter(characters[9])
        else { throw .syntax }
        guard "PCHABGJLFT".utf8.contains(characters[3]), characters[5..<9].contains(where: { $0 != UInt8(ascii: "0") })
        else { throw .range }
        return text
    }

    private static func aadhaar(_ text: String) throws(NormalisationRule) -> String {
        let digits = try digits(of: text, count: 12)
        guard digits.first != "0", digits.first != "1" else { throw .range }
        guard CheckDigits.fitsVerhoeff(digits) else { throw .checkDigit }
        return digits
    }

    private static func taxFile(_ text: String) throws(NormalisationRule) -> String {
        guard text.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        guard text.utf8.count == 8 || text.utf8.count == 9 else { throw .length }
        guard CheckDigits.fitsTaxFileNumber(text) else { throw .checkDigit }
        return text
    }

    private static func opaque(_ text: String) throws(NormalisationRule) -> String {
        let compact = TextFolding.compact(text).uppercased()
        guard !compact.isEmpty else { throw .empty }
        guard compact.count >= 4 else { throw .length }
        return compact
    }

    static func digits(of text: String, count: Int) throws(NormalisationRule) -> String {
        guard text.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        guard text.utf8.count == count else { throw .length }
        return text
    }
}
