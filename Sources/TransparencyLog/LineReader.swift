internal import Vocabulary

/// Takes a text line by line, as bytes: a `Character` would take a carriage return and a newline for one.
struct LineReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)[...]
        position = 0
    }

    /// What has not been taken yet.
    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// The next line without its newline; `nil` at the end or where no newline ends it.
    mutating func line() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    /// A decimal number as it is written: digits without sign or leading zeros, below 2^64.
    static func number(_ digits: some Collection<UInt8>) -> UInt64? {
        let isPadded = digits.count > 1 && digits.first == UInt8(ascii: "0")
        guard (1...20).contains(digits.count), !isPadded else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !overflow, !overflowed else { return nil }
            number = sum
        }
        return number
    }

    /// A SHA-256 value in base64.
    static func hash(_ line: ArraySlice<UInt8>) -> Hash? {
        guard line.count == 44 else { return nil }
        return try? Hash(bytes: Base64.decode(String(decoding: line, as: UTF8.self)))
    }
}
