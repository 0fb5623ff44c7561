/// Makes texts that differ only in width, case, accents or punctuation equal.
///
/// Own tables instead of a Unicode library's: a canonical form must stay the same for years, on every platform.
/// Full-width forms (U+FF01…FF5E) and all decimal digits become ASCII; Latin letters lose case and accents.
enum TextFolding {
    /// Lower case, half width, no accents and no invisible characters; white space and punctuation are kept.
    static func folded(_ text: String) -> String {
        if let ascii = lowerASCII(text) { return ascii }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            for lower in halfWidth(scalar).properties.lowercaseMapping.unicodeScalars where !isInvisible(lower) {
                if let digit = decimalDigit(lower) {
                    result.append(digit)
                } else if let base = bases[lower] {
                    result.append(contentsOf: base.unicodeScalars)
                } else {
                    result.append(lower)
                }
            }
        }
        return String(result)
    }

    /// Half width, lower case and without white space, with accents kept: for what is written in ASCII alone, where
    /// an accent is an error and not another way of writing.
    static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let lower = halfWidth(scalar).properties.lowercaseMapping.unicodeScalars
            result.append(contentsOf: lower.filter { !$0.properties.isWhitespace && !isZeroWidth($0) })
        }
        return String(result)
    }

    /// Letters and digits of the folded text, with nothing between them.
    static func compact(_ text: String) -> String {
        let folded = folded(text)
        if let ascii = lowerASCII(folded, where: isLetterOrDigit) { return ascii }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: folded.unicodeScalars.filter(isLetterOrDigit))
        return String(result)
    }

    /// The words of the folded text: parted by white space, without punctuation (`O’Brien-Lee` is one word).
    static func words(_ text: String) -> [String] {
        folded(text).split(whereSeparator: \.isWhitespace).map { compact(String($0)) }.filter { !$0.isEmpty }
    }

    static func digits(_ text: String) -> String {
        String(decoding: text.utf8.filter(isDigit), as: UTF8.self)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Han: the unified ideographs, their extensions and compatibility forms, and 々, 〇.
    static func isHan(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0x3005, 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
                default: false
                }
            }
    }

    static func containsHan(_ text: String) -> Bool { text.unicodeScalars.contains { isHan(String($0)) } }

    /// The short way for most texts; `nil` where there is more than ASCII.
    private static func lowerASCII(_ text: String, where isKept: (UInt8) -> Bool = { _ in true }) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            guard byte < 128 else { return nil }
            if isKept(byte) { bytes.append((65...90).contains(byte) ? byte + 32 : byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        case 0x3000, 0x00A0: " "
        default: scalar
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        (0x0300...0x036F).contains(scalar.value) || isZeroWidth(scalar)
    }

    /// Soft hyphen, joiners, direction marks and variation selectors, which copying out of documents leaves behind.
    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    private static func decimalDigit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard !scalar.isASCII, scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
        else { return nil }
        return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }

    private static let bases: [Unicode.Scalar: String] = {
        let rows: KeyValuePairs = [
            "àáâãäåāăąǎạảấầẩẫậắằẳẵặ": "a", "æ": "ae", "çćĉċč": "c", "ďđð": "d", "èéêëēĕėęěẹẻẽếềểễệ": "e", "ĝğġģ": "g",
            "ĥħ": "h", "ìíîïĩīĭįıǐịỉ": "i", "ĵ": "j", "ķ": "k", "ĺļľŀł": "l", "ñńņňŉ": "n",
            "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ": "o", "œ": "oe", "ŕŗř": "r", "śŝşšșſ": "s", "ß": "ss", "ţťŧț": "t", "þ": "th",
            "ùúûüũūŭůűųưǔǖǘǚǜụủứừửữự": "u", "ŵ": "w", "ýÿŷỳỵỷỹ": "y", "źżž": "z",
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (letters, base) in rows { for letter in letters.unicodeScalars { table[letter] = base } }
        return table
    }()
}
