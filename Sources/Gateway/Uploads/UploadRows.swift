internal import HTTPEdge
internal import Vocabulary

/// The rows of an upload as documents, one at a time.
struct UploadRows {
    let table: ColumnTable
    private var reader: CSVReader
    private let selection: [Int]
    private var row = 1

    /// - Throws: `unsupportedMediaType` unless the body is CSV; `invalidField` for its header row.
    init(_ request: EdgeRequest, _ table: ColumnTable) throws(Problem) {
        guard request.headers["content-type"]?.prefix(while: { $0 != ";" }).lowercased() == "text/csv" else {
            throw Problem(.unsupportedMediaType, "An upload must be sent as text/csv.")
        }
        self.table = table
        reader = CSVReader(request.body)
        guard case .success(let header) = reader.next() else {
            throw Problem(
                .invalidField, "An upload begins with a header row.",
                hint: "The columns are \(table.names.joined(separator: ", ")).", path: "header")
        }
        selection = try table.selection(header)
    }

    /// The next row's number, counted from 1 at the header, and its document or what is wrong with it.
    mutating func next() -> (row: Int, document: Result<JSON, Problem>)? {
        guard let cells = reader.next() else { return nil }
        row += 1
        guard row <= UploadLimits.rows + 1 else {
            reader = CSVReader([])
            return (row, .failure(Problem(.tooManyRecords, "An upload has at most \(UploadLimits.rows) rows.")))
        }
        switch cells {
        case .failure(let failure): return (row, .failure(Problem(.invalidField, failure.sentence)))
        case .success(let cells): return (row, document(cells))
        }
    }

    private func document(_ cells: [String]) -> Result<JSON, Problem> {
        guard cells.count == selection.count else {
            return .failure(
                Problem(.invalidField, "The row has \(cells.count) fields, the header row \(selection.count)."))
        }
        do throws(Problem) { return .success(try table.document(cells, selection)) } catch { return .failure(error) }
    }
}
