import Vocabulary

/// The gateway's results for some rows of a longer file, with the rows counted from that file's header.
struct ResultLines {
    let all: [UInt8]
    let withoutHeader: [UInt8]
    let rows: Int
    let refused: Int

    /// - Parameter rowsBefore: how many rows of the file went before these.
    init(_ result: [UInt8], isCSV: Bool, rowsBefore: Int) {
        var lines = result.split(separator: 10).map { $0.last == 13 ? $0.dropLast() : $0 }
        let header = isCSV && !lines.isEmpty ? [lines.removeFirst()] : []
        let end: [UInt8] = isCSV ? [13, 10] : [10]
        let counted = lines.map { line in
            isCSV ? Self.renumbered(cells: line, rowsBefore) : Self.renumbered(json: line, rowsBefore)
        }
        withoutHeader = counted.flatMap { $0.bytes + end }
        all = header.flatMap { Array($0) + end } + withoutHeader
        rows = counted.count
        refused = counted.count { $0.isRefused }
    }

    private typealias Line = (bytes: [UInt8], isRefused: Bool)

    /// The row is the first cell; the status, which is never quoted, is among the first three.
    private static func renumbered(cells line: ArraySlice<UInt8>, _ rowsBefore: Int) -> Line {
        let cells = line.split(separator: UInt8(ascii: ","), maxSplits: 3, omittingEmptySubsequences: false)
        let isRefused = cells.contains { $0.elementsEqual("refused".utf8) }
        guard let row = Int(String(decoding: cells[0], as: UTF8.self)) else { return (Array(line), isRefused) }
        return (Array(String(row + rowsBefore).utf8) + line.dropFirst(cells[0].count), isRefused)
    }

    private static func renumbered(json line: ArraySlice<UInt8>, _ rowsBefore: Int) -> Line {
        guard case .object(var members) = try? JSON(parsing: Array(line)),
            let index = members.firstIndex(where: { $0.name == "row" }), let row = members[index].value.integer
        else { return (Array(line), false) }
        members[index] = JSON.Member("row", .integer(row + Int64(rowsBefore)))
        let json = JSON.object(members)
        return (json.bytes, json["status"]?.string == "refused")
    }
}
