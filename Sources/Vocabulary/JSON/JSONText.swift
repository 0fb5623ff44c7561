/// Looks for the bytes that end a stretch of plain text in a JSON string (RFC 8259 §7).
enum JSONText {
    /// The first byte from `start` on that is a quotation mark, a backslash or a control character, or the end.
    ///
    /// Eight bytes at a time: in each word a byte below 32, or equal to one of the two, sets its highest bit.
    static func plainEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var offset = start
        let raw = UnsafeRawBufferPointer(text)
        while text.count - offset >= 8 {
            // In bounds: at least eight bytes are left.
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if hasByte(word, below: 32) || hasZero(word ^ quotes) || hasZero(word ^ backslashes) { break }
            offset += 8
        }
        while offset < text.count, !isSpecial(text[offset]) { offset += 1 }
        return offset
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080
    private static let quotes: UInt64 = 0x2222_2222_2222_2222
    private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C

    private static func hasZero(_ word: UInt64) -> Bool { (word &- ones) & ~word & highs != 0 }

    /// True only for a byte below the bound or above a byte that is: then the bytes are looked at one by one.
    private static func hasByte(_ word: UInt64, below bound: UInt64) -> Bool {
        (word &- ones &* bound) & ~word & highs != 0
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}
