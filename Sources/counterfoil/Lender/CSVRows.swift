/// Where the rows of a CSV file begin and end (RFC 4180: line breaks in quotes belong to the row). What is in them is
/// the gateway's to read.
struct CSVRows {
    let bytes: [UInt8]
    /// Without their line ends; blank lines are no rows.
    let header: Range<Int>?
    let rows: [Range<Int>]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var found: [Range<Int>] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var isQuoted = false
        for offset in start...bytes.count {
            let isEnd = offset == bytes.count
            if !isEnd, bytes[offset] == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard isEnd || (bytes[offset] == 10 && !isQuoted) else { continue }
            let end = offset > start && bytes[offset - 1] == 13 ? offset - 1 : offset
            if end > start { found.append(start..<end) }
            start = offset + 1
        }
        header = found.first
        rows = Array(found.dropFirst())
    }
}
