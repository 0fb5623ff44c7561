internal import Vocabulary

extension RecordID {
    /// Reads the lower-case text form without allocating: a submission names a hundred of them.
    init(reading text: String) throws(DecodingFailure) {
        var text = text
        let words = text.withUTF8 { Self.words(of: $0) }
        guard let words else { throw .malformed("a UUID is 8-4-4-4-12 hexadecimal digits") }
        self.init(high: words.high, low: words.low)
    }

    private static func words(of text: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard text.count == 36 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for (index, character) in text.enumerated() {
            let digit: UInt8
            switch (index, character) {
            case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")):
                continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): digit = character - UInt8(ascii: "0")
            case (_, UInt8(ascii: "a")...UInt8(ascii: "f")): digit = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            words.high = words.high << 4 | words.low >> 60
            words.low = words.low << 4 | UInt64(digit)
        }
        return words
    }
}
