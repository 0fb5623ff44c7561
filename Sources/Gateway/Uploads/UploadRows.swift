internal import HTTPEdge
internal import Vocabulary

/// The rows of an upload as documents, one at a time.
struct UploadRows {
    let table: ColumnTable
    private var reader: CSVReader
    private let selection: [Int]
    private let ids: UploadRowIDs
    private var row = 1

    /// - Parameter limit: of rows below the header.
    /// - Throws: `unsupportedMediaType` unless the body is CSV; `invalidField` for its header row; `tooManyRecords`.
    init(_ request: EdgeRequest, _ table: ColumnTable, atMost limit: Int, key: DataKey) throws(Problem) {
        guard request.headers["content-type"]?.prefix(while: { $0 != ";" }).lowercased() == "text/csv" else {
            throw Problem(.unsupportedMediaType, "An upload must be sent as text/csv.")
        }
        self.table = table
        ids = UploadRowIDs(request.body, table: table.name, key: key)
        reader = CSVReader(request.body)
        guard case .success(let header) = reader.next() else {
            throw Problem(
                .invalidField, "An upload begins with a header row.",
                hint: "The columns are \(table.names.joined(separator: ", ")).", path: "header")
        }
        selection = try table.selection(header)
        try Self.requireFew(reader, in: request.body, limit: limit)
    }

    /// The whole file or none of it: a file cut off somewhere would have to be compared row by row.
    private static func requireFew(_ reader: CSVReader, in body: [UInt8], limit: Int) throws(Problem) {
        // A row ends with a line feed or with the file; line feeds in quotes make fewer rows, never more.
        var lines = 0
        for byte in body where byte == 10 { lines += 1 }
        guard lines > limit else { return }
        var (reader, rows) = (reader, 0)
        while rows <= limit, reader.next() != nil { rows += 1 }
        guard rows <= limit else {
            throw Problem(
                .tooManyRecords, "An upload of this kind has at most \(limit) rows; nothing of it was taken.",
                hint: "Split the file, each part with the header row, and send the parts one after the other.")
        }
    }

    /// The next row's number, counted from 1 at the header, and its document or what is wrong with it.
    mutating func next() -> (row: Int, document: Result<JSON, Problem>)? {
        guard let cells = reader.next() else { return nil }
        row += 1
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
        do throws(Problem) {
            return .success(named(try table.document(cells, selection)))
        } catch {
            return .failure(error)
        }
    }

    private func named(_ document: JSON) -> JSON {
        guard case .object(var members) = document, document[table.idColumn] == nil else { return document }
        members.insert(JSON.Member(table.idColumn, .string(ids.id(row: row).description)), at: 0)
        return .object(members)
    }
}
