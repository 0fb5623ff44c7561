/// Columns for people: a heading, then a line a row, as wide as the widest cell. Han characters count two columns.
struct Table {
    private var rows: [[String]]

    init(_ headings: String...) { rows = [headings] }

    /// - Parameter rows: the headings first; every row as long as they are.
    init(rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == rows[0].count }, "A table's rows are as long as its headings.")
        self.rows = rows
    }

    mutating func add(_ cells: String...) { add(row: cells) }

    mutating func add(row: [String]) {
        precondition(row.count == rows[0].count, "A table's rows are as long as its headings.")
        rows.append(row)
    }

    var text: String {
        let columns = rows[0].indices
        let widths = columns.map { column in rows.map { Self.width(of: $0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            let last = row.lastIndex { !$0.isEmpty }
            for column in columns {
                line += row[column]
                if column < last ?? 0 {
                    line += String(repeating: " ", count: widths[column] - Self.width(of: row[column]) + 2)
                }
            }
            return line + "\n"
        }.joined()
    }

    fileprivate static func width(of cell: String) -> Int {
        cell.unicodeScalars.reduce(0) { $0 + ((0x2E80...0x9FFF).contains($1.value) || $1.value >= 0xFF00 ? 2 : 1) }
    }
}

/// Names and values under each other, for one thing shown to people.
func paragraph(_ lines: KeyValuePairs<String, String?>) -> String {
    let shown = lines.compactMap { name, value in value.map { (name, $0) } }
    let width = shown.map { Table.width(of: $0.0) }.max() ?? 0
    return shown.map { name, value in
        name + String(repeating: " ", count: width - Table.width(of: name) + 2) + value + "\n"
    }.joined()
}
