internal import Vocabulary

/// Reads a job's file row by row, whatever its chunks were cut at, in portions that each end at a row's end.
struct JobFile {
    private let job: RecordID
    private let description: JobDescription
    private let chunks: Int
    private let ids: JobIDs
    private var window: ChunkWindow
    private var header: [String]?
    private var selection: [Int] = []
    private(set) var lastRow: Int
    /// In a row that is longer than any may be: what is left of it is passed over, and no portion ends within it.
    private var isSkipping = false

    init(_ job: Job, ids: JobIDs) throws(Problem) {
        (self.job, description, self.ids) = (job.id, job.description, ids)
        chunks = job.chunks ?? 0
        window = ChunkWindow(at: job.position)
        (header, lastRow) = (job.header, job.lastRow)
        if let header { selection = try description.table.selection(header) }
    }

    /// Whether it stands where the job does: another reading may have failed to be stored.
    func stands(at job: Job) -> Bool { window.position == job.position && lastRow == job.lastRow }

    var heldBytes: Int { window.bytes.count }

    /// The next rows.
    ///
    /// - Throws: what is wrong with the whole file: its header row, its length.
    mutating func read(
        atMost count: Int, chunk: (Int) async throws(Problem) -> [UInt8]
    ) async throws(Problem) -> JobReading {
        var reading = JobReading(position: window.position, lastRow: lastRow)
        var rows: [JobRow] = []
        var taken = 0
        while taken < count || isSkipping {
            while window.isShort, window.nextChunk < chunks {
                window.append(try await chunk(window.nextChunk))
            }
            let before = window.offset
            let isEnd = window.nextChunk >= chunks
            if isSkipping { skip() }
            switch description.format {
            case .csv: try readCSV(isEnd, &taken, count, &rows, &reading)
            case .ndjson: readLines(isEnd, &taken, count, &rows, &reading)
            }
            reading.bytes += window.offset - before
            if isEnd, window.offset >= window.bytes.count { break }
        }
        guard lastRow <= JobLimits.rows + 1 else {
            throw Problem(.tooManyRecords, "A job has at most \(JobLimits.rows) rows.", hint: "Split the file.")
        }
        (reading.position, reading.lastRow) = (window.position, lastRow)
        reading.groups = grouped(rows)
        return reading
    }

    private mutating func readCSV(
        _ isEnd: Bool, _ taken: inout Int, _ count: Int, _ rows: inout [JobRow], _ reading: inout JobReading
    ) throws(Problem) {
        var reader = lastRow == 0 && window.isAtStart
            ? CSVReader(window.bytes) : CSVReader(window.bytes, at: window.offset)
        while taken < count, isEnd || window.bytes.count - reader.offset >= JobLimits.rowBytes {
            guard let cells = reader.next() else { break }
            lastRow += 1
            if case .failure = cells, reader.offset == window.bytes.count { isSkipping = !isEnd && !endsLine }
            if header == nil {
                try take(header: cells)
                reading.header = header
                continue
            }
            taken += 1
            do throws(Problem) {
                rows.append(JobRow(lastRow, named(try document(cells))))
            } catch {
                reading.errors.append(JobRowError(number: lastRow, problem: error))
            }
        }
        window.offset = reader.offset
    }

    private mutating func take(header cells: Result<[String], CSVReader.Failure>) throws(Problem) {
        guard case .success(let names) = cells else {
            throw Problem(.invalidField, "A CSV file begins with a header row.", path: "header")
        }
        selection = try description.table.selection(names)
        header = names
    }

    private func document(_ cells: Result<[String], CSVReader.Failure>) throws(Problem) -> JSON {
        switch cells {
        case .failure(let failure): throw Problem(.invalidField, failure.sentence)
        case .success(let cells):
            guard cells.count == selection.count else {
                throw Problem(
                    .invalidField, "The row has \(cells.count) fields, the header row \(selection.count).")
            }
            let document = try description.table.document(cells, selection)
            return description.kind == .records ? document.asRecord : document
        }
    }

    private mutating func readLines(
        _ isEnd: Bool, _ taken: inout Int, _ count: Int, _ rows: inout [JobRow], _ reading: inout JobReading
    ) {
        let bytes = window.bytes
        while taken < count, isEnd || bytes.count - window.offset >= JobLimits.rowBytes, window.offset < bytes.count {
            let start = window.offset
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            window.offset = min(end + 1, bytes.count)
            guard end - start < JobLimits.rowBytes else {
                (lastRow, taken) = (lastRow + 1, taken + 1)
                reading.errors.append(JobRowError(number: lastRow, problem: Self.tooLong))
                isSkipping = end == bytes.count && !isEnd
                continue
            }
            let line = bytes[start..<end].filter { $0 != 13 }
            guard !line.isEmpty else { continue }
            (lastRow, taken) = (lastRow + 1, taken + 1)
            do throws(JSONFailure) {
                let document = try JSON(parsing: line)
                rows.append(JobRow(lastRow, named(document)))
            } catch {
                reading.errors.append(JobRowError(number: lastRow, problem: Problem(error)))
            }
        }
    }

    /// Goes on after the line that is being passed over, or as far as the window reaches.
    private mutating func skip() {
        let end = window.bytes[window.offset...].firstIndex(of: 10)
        window.offset = end.map { $0 + 1 } ?? window.bytes.count
        isSkipping = end == nil
    }

    private var endsLine: Bool { window.bytes.last == 10 }

    private static let tooLong = Problem(.invalidField, "The row is not shorter than \(JobLimits.rowBytes) bytes.")

    private func named(_ document: JSON) -> JSON {
        description.completed(document, id: ids.id(of: lastRow, in: job))
    }

    /// Rows that may share a batch: of one purpose, mode and profile, each id once, no more than an answer bears.
    private func grouped(_ rows: [JobRow]) -> [[JobRow]] {
        guard description.kind == .checks else { return rows.isEmpty ? [] : [rows] }
        var keys: [[JSON?]] = []
        var groups: [[JobRow]] = []
        var names: [Set<JSON?>] = []
        for row in rows {
            let key = ["purpose", "mode", "profile"].map { row.document[$0] }
            let name = row.document["check"]
            if let index = keys.indices.first(where: { keys[$0] == key && !names[$0].contains(name) }) {
                groups[index].append(row)
                names[index].insert(name)
            } else {
                keys.append(key)
                groups.append([row])
                names.append([name])
            }
        }
        return groups
    }
}

extension JSON {
    /// A record's row names one subject, who is a borrower unless the row says otherwise, and is a loan event.
    var asRecord: JSON {
        guard case .object(var members) = self else { return self }
        if self["kind"] == nil { members.insert(Member("kind", "loanEvent"), at: 0) }
        if let index = members.firstIndex(where: { $0.name == "subjects" }),
            let subject = members[index].value.array?.first, let fields = subject.members
        {
            let role = subject["role"] == nil ? [Member("role", "borrower")] : []
            members[index] = Member("subjects", .array([.object(role + fields)]))
        }
        return .object(members)
    }
}
