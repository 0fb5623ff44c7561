internal import Vocabulary

/// As much of RFC 9651 (structured fields) as RFC 9421 and RFC 9530 need, and only in canonical form.
///
/// Canonical, because the signed text is the serialisation of what was parsed: what has one form needs no second one.
/// Every function takes what it reads, or returns `nil`.
struct StructuredFieldReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// A key: lower-case letter or `*`, then also digits and `_-.` (§3.1.2).
    mutating func key() -> String? {
        guard position < bytes.count, Self.startsKey(bytes[position]) else { return nil }
        return text { Self.startsKey($0) || Self.continuesKey($0) }
    }

    /// A string (§3.3.3) without escapes: nothing that is signed here needs a quotation mark or backslash.
    mutating func string() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let string = text { (32..<127).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return take(UInt8(ascii: "\"")) ? string : nil
    }

    /// An integer of at most 15 digits (§3.3.1), not negative.
    mutating func integer() -> Int64? {
        let start = position
        var number: Int64 = 0
        while position < bytes.count, position - start < 15,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
        {
            number = number * 10 + Int64(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        let count = position - start
        return count == 1 || (count > 1 && bytes[start] != UInt8(ascii: "0")) ? number : nil
    }

    /// A byte sequence: base64 between colons (§3.3.5).
    mutating func byteSequence() -> [UInt8]? {
        guard take(UInt8(ascii: ":")) else { return nil }
        let encoded = text { $0 != UInt8(ascii: ":") }
        guard take(UInt8(ascii: ":")) else { return nil }
        return try? Base64.decode(encoded)
    }

    /// The comma between members of a dictionary, with the white space that may stand around it (§4.2.2).
    mutating func comma() -> Bool {
        let start = position
        skipWhiteSpace()
        guard take(UInt8(ascii: ",")) else {
            position = start
            return false
        }
        skipWhiteSpace()
        return true
    }

    /// Everything from a position on, as text.
    func rest(from start: Int) -> String { String(decoding: bytes[start...], as: UTF8.self) }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
    }

    private mutating func text(while belongs: (UInt8) -> Bool) -> String {
        let start = position
        while position < bytes.count, belongs(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func startsKey(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "*")
    }

    private static func continuesKey(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
