/// Short codes that survive the usual misspellings of a name or a street.
enum PhoneticCode {
    /// Soundex: the first letter and the classes of the consonants that follow, up to `length` characters, not padded.
    ///
    /// Only Latin letters have sounds here; a text with other letters is its own code.
    /// - Parameter text: compact text of `TextFolding`.
    static func soundex(_ text: String, length: Int) -> String {
        guard isLatin(text) else { return text }
        let letters = text.utf8.filter { !TextFolding.isDigit($0) }
        guard let first = letters.first else { return text }
        var code = [first]
        var last = consonantClass(first)
        for letter in letters.dropFirst() where code.count < length {
            let current = consonantClass(letter)
            if current != 0, current != last { code.append(current) }
            // h and w between two consonants of one class do not part them; a vowel does.
            if letter != UInt8(ascii: "h"), letter != UInt8(ascii: "w") { last = current }
        }
        return String(decoding: code, as: UTF8.self)
    }

    /// The first letters of a Latin text; other scripts are kept whole.
    static func prefix(_ text: String, length: Int) -> String {
        isLatin(text) ? String(text.prefix(length)) : text
    }

    private static func isLatin(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 128 } }

    /// `1`–`6` as an ASCII digit; 0 for vowels and the silent letters.
    private static func consonantClass(_ letter: UInt8) -> UInt8 {
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) else { return 0 }
        let digit = classes[Int(letter - UInt8(ascii: "a"))]
        return digit == UInt8(ascii: "0") ? 0 : digit
    }

    /// From a to z.
    private static let classes = Array("01230120022455012623010202".utf8)
}
