/// Divides CSV (RFC 4180) into rows of fields without making text of them: quotes, doubled quotes, LF or CRLF, a
/// byte-order mark. Blank lines are passed over.
struct CSVFields {
    enum Failure: Error { case strayQuote, openQuote, tooManyFields }

    private let bytes: [UInt8]
    private let maximumFields: Int
    private var offset: Int
    /// The line, counted from 1, on which the row that was read last begins.
    private(set) var line = 0
    private var nextLine = 1

    init(_ bytes: [UInt8], maximumFields: Int) {
        (self.bytes, self.maximumFields) = (bytes, maximumFields)
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads the next row. - Returns: `false` at the end.
    mutating func next(into fields: inout [ArraySlice<UInt8>]) throws(Failure) -> Bool {
        fields.removeAll(keepingCapacity: true)
        while offset < bytes.count, bytes[offset] == 10 || bytes[offset] == 13 {
            nextLine += bytes[offset] == 10 ? 1 : 0
            offset += 1
        }
        line = nextLine
        guard offset < bytes.count else { return false }
        while true {
            guard fields.count < maximumFields else { throw .tooManyFields }
            fields.append(bytes[offset..<min(offset + 1, bytes.count)].first == 34 ? try quoted() : try plain())
            if offset + 1 < bytes.count, bytes[offset] == 13, bytes[offset + 1] == 10 { offset += 1 }
            guard offset < bytes.count else { return true }
            offset += 1
            guard bytes[offset - 1] != 10 else {
                nextLine += 1
                return true
            }
            guard bytes[offset - 1] == 44 else { throw .strayQuote }
        }
    }

    /// Up to the comma, the line break or the end.
    private mutating func plain() throws(Failure) -> ArraySlice<UInt8> {
        let start = offset
        while offset < bytes.count, bytes[offset] != 44, bytes[offset] != 10 {
            guard bytes[offset] != 34 else { throw .strayQuote }
            offset += 1
        }
        guard offset > start, offset == bytes.count || bytes[offset] == 10, bytes[offset - 1] == 13 else {
            return bytes[start..<offset]
        }
        return bytes[start..<offset - 1]
    }

    private mutating func quoted() throws(Failure) -> ArraySlice<UInt8> {
        offset += 1
        var content: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == 34 {
                guard offset < bytes.count, bytes[offset] == 34 else { return content[...] }
                offset += 1
            }
            nextLine += byte == 10 ? 1 : 0
            content.append(byte)
        }
        throw .openQuote
    }
}
