/// The country whose rules read a phone number that is written without a country code.
package enum PhoneRegion: String, Hashable, Sendable, CaseIterable {
    case china = "CN"
    case unitedStates = "US"
    case india = "IN"
    case indonesia = "ID"
    case australia = "AU"

    var countryCode: String {
        switch self {
        case .china: "86"
        case .unitedStates: "1"
        case .india: "91"
        case .indonesia: "62"
        case .australia: "61"
        }
    }

    /// What is dialled before a national number from within the country.
    var trunkPrefix: String { self == .unitedStates ? "1" : "0" }

    /// Whether the national (significant) number, without trunk prefix, is one of this country's numbering plan.
    func isValid(national: Substring) -> Bool {
        let digits = national.utf8.map { Int($0) - 48 }
        guard let first = digits.first else { return false }
        switch self {
        case .china:
            // Mobile numbers, then Beijing's area code 10, then every other area's.
            if first == 1, digits.count == 11 { return digits[1] >= 3 }
            if first == 1 { return digits.count == 10 && digits[1] == 0 && digits[2] >= 2 }
            return first >= 2 && (9...11).contains(digits.count)
        case .unitedStates: return digits.count == 10 && first >= 2 && digits[3] >= 2
        case .india: return digits.count == 10 && first >= 1
        case .indonesia: return first >= 2 && (8...12).contains(digits.count)
        case .australia: return digits.count == 9 && [2, 3, 4, 7, 8].contains(first)
        }
    }
}

/// A phone number in E.164: `+`, country code, national number.
struct PhoneNumber: Hashable, Sendable {
    let text: String

    init(_ text: String, defaultRegion: PhoneRegion) throws(NormalisationRule) {
        let compact = TextFolding.plain(text).filter { !"-().·/".contains($0) }
        let hasPlus = compact.first == "+"
        let digits = hasPlus ? compact.dropFirst() : compact[...]
        guard !digits.isEmpty else { throw .empty }
        if StopList.isWord(TextFolding.compact(text)) { throw .placeholder }
        guard digits.utf8.allSatisfy(TextFolding.isDigit) else { throw .characters }
        guard digits.utf8.count <= 20 else { throw .tooLong }
        if StopList.isPatterned(digits: String(digits)) { throw .placeholder }
        if hasPlus {
            try self.init(international: digits)
        } else if let rest = Self.afterExitCode(digits, region: defaultRegion) {
            try self.init(international: rest)
        } else {
            try self.init(national: digits, region: defaultRegion)
        }
    }

    private init(international digits: Substring) throws(NormalisationRule) {
        guard let first = digits.first, first != "0" else { throw .country }
        // No code of these five begins another country's code.
        if let region = PhoneRegion.allCases.first(where: { digits.hasPrefix($0.countryCode) }) {
            // "+86 (0) …": a trunk prefix left in place.
            let national = digits.dropFirst(region.countryCode.utf8.count)
            let significant = national.hasPrefix("0") ? national.dropFirst() : national
            self = try Self.checked(significant, region: region)
        } else {
            guard (8...15).contains(digits.utf8.count) else { throw .length }
            if StopList.containsPhone(national: String(digits.dropFirst(2))) { throw .placeholder }
            text = "+\(digits)"
        }
    }

    private init(national digits: Substring, region: PhoneRegion) throws(NormalisationRule) {
        if digits.hasPrefix(region.trunkPrefix), region.isValid(national: digits.dropFirst(1)) {
            self = try Self.checked(digits.dropFirst(1), region: region)
        } else if !region.isValid(national: digits), digits.hasPrefix(region.countryCode),
            region.isValid(national: digits.dropFirst(region.countryCode.utf8.count))
        {
            self = try Self.checked(digits.dropFirst(region.countryCode.utf8.count), region: region)
        } else {
            self = try Self.checked(digits, region: region)
        }
    }

    private init(canonical text: String) { self.text = text }

    private static func checked(_ national: Substring, region: PhoneRegion) throws(NormalisationRule) -> PhoneNumber {
        if StopList.containsPhone(national: String(national)) { throw .placeholder }
        guard region.isValid(national: national) else { throw .country }
        return PhoneNumber(canonical: "+\(region.countryCode)\(national)")
    }

    /// `00` from most of the world, `011` from North America.
    private static func afterExitCode(_ digits: Substring, region: PhoneRegion) -> Substring? {
        let exitCode = region == .unitedStates ? "011" : "00"
        return digits.hasPrefix(exitCode) && digits.utf8.count > 9 ? digits.dropFirst(exitCode.utf8.count) : nil
    }
}
