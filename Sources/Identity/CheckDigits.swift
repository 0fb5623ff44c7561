/// The check digits of the identifiers we know. Every function takes ASCII digits; anything else fails the check.
enum CheckDigits {
    /// ISO/IEC 7812-1 annex B (cards) and 3GPP TS 23.003 annex B (IMEI): the last digit checks the others.
    static func fitsLuhn(_ digits: some StringProtocol) -> Bool {
        guard let values = values(digits), let last = values.last else { return false }
        return luhn(values.dropLast()) == last
    }

    static func luhn(_ digits: some StringProtocol) -> Int? {
        values(digits).map { luhn($0[...]) }
    }

    /// GB 11643-1999 (ISO 7064 MOD 11-2) over 17 digits: `0`–`9` or `X`.
    static func mod11Dash2(_ digits: some StringProtocol) -> Character? {
        guard let values = values(digits) else { return nil }
        let remainder = values.reduce(0) { ($0 + $1) * 2 % 11 }
        return Array("0123456789X")[(12 - remainder) % 11]
    }

    /// Verhoeff's dihedral check over all digits including the last (Aadhaar).
    static func fitsVerhoeff(_ digits: some StringProtocol) -> Bool {
        guard let values = values(digits) else { return false }
        var check = 0
        for (position, digit) in values.reversed().enumerated() {
            check = dihedralProduct(check, permuted(digit, times: position % 8))
        }
        return check == 0
    }

    /// The Australian tax file number: a weighted sum divisible by 11, over nine digits or the older eight.
    static func fitsTaxFileNumber(_ digits: some StringProtocol) -> Bool {
        guard let values = values(digits), values.count == 8 || values.count == 9 else { return false }
        let weights = values.count == 9 ? [1, 4, 3, 7, 5, 8, 6, 9, 10] : [10, 7, 8, 4, 6, 3, 5, 1]
        return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }.isMultiple(of: 11)
    }

    private static func luhn(_ values: ArraySlice<Int>) -> Int {
        let sum = values.reversed().enumerated().reduce(0) { sum, entry in
            let doubled = entry.element * (entry.offset.isMultiple(of: 2) ? 2 : 1)
            return sum + doubled / 10 + doubled % 10
        }
        return (10 - sum % 10) % 10
    }

    /// The product in the dihedral group of order ten, rotations 0–4 and reflections 5–9.
    private static func dihedralProduct(_ left: Int, _ right: Int) -> Int {
        switch (left < 5, right < 5) {
        case (true, true): (left + right) % 5
        case (true, false): 5 + (left + right - 5) % 5
        case (false, true): 5 + (left - 5 - right + 5) % 5
        case (false, false): (left - right + 5) % 5
        }
    }

    private static func permuted(_ digit: Int, times: Int) -> Int {
        (0..<times).reduce(digit) { value, _ in [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value] }
    }

    private static func values(_ digits: some StringProtocol) -> [Int]? {
        let bytes = Array(digits.utf8)
        guard bytes.allSatisfy(TextFolding.isDigit) else { return nil }
        return bytes.map { Int($0) - 48 }
    }
}
