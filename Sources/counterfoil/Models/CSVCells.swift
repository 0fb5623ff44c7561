/// The cells of one row of CSV (RFC 4180).
enum CSVCells {
    /// - Returns: `nil` for a row whose quotes are not as they should be.
    static func split(_ row: ArraySlice<UInt8>) -> [String]? {
        var cells: [String] = []
        var rest = row
        while true {
            guard let cell = rest.first == UInt8(ascii: "\"") ? quotedCell(&rest) : plainCell(&rest) else { return nil }
            cells.append(cell)
            guard let next = rest.popFirst() else { return cells }
            guard next == UInt8(ascii: ",") else { return nil }
        }
    }

    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func plainCell(_ rest: inout ArraySlice<UInt8>) -> String? {
        let cell = rest.prefix { $0 != UInt8(ascii: ",") }
        rest = rest.dropFirst(cell.count)
        return cell.contains(UInt8(ascii: "\"")) ? nil : String(decoding: cell, as: UTF8.self)
    }

    private static func quotedCell(_ rest: inout ArraySlice<UInt8>) -> String? {
        rest.removeFirst()
        var content: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") {
                guard rest.first == UInt8(ascii: "\"") else { return String(decoding: content, as: UTF8.self) }
                rest.removeFirst()
            }
            content.append(byte)
        }
        return nil
    }
}
