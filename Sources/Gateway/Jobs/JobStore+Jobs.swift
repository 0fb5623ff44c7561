internal import SQLite
internal import Vocabulary

// Jobs as they stand.
extension JobStore {
    /// - Throws: `unknownRecord`.
    func job(_ id: RecordID) throws(Problem) -> Job { try file.working { try stored(id) } }

    /// Jobs to be worked on, the oldest first.
    func running() throws(Problem) -> [Job] {
        try file.working {
            var ids: [RecordID] = []
            try connection.run("SELECT job_id FROM job WHERE state = 2 ORDER BY position") { row in
                ids.append(try RecordID(stored: row.blob(0)))
            }
            return try ids.map { try stored($0) }
        }
    }

    func stored(_ id: RecordID) throws -> Job {
        var found: Job?
        try connection.run(
            """
            SELECT made_at, description, state, chunks, bytes, started_at, ended_at, next_chunk, next_byte, bytes_read,
                last_row, header, rows_done, rows_failed, tokens_reused, tokens_bought, problem
            FROM job WHERE job_id = ?1
            """, [.blob(id.bytes)]
        ) { row in found = try job(id, of: row) }
        guard let found else { throw Problem(.unknownRecord, "This gateway has no job with this id.") }
        return found
    }

    private func job(_ id: RecordID, of row: borrowing Row) throws -> Job {
        let description = try JSON(parsing: file.open(row.blob(1), SealedFile.Place("job", id)))
        let header = row.isNull(11) ? nil : try JSON(parsing: file.open(row.blob(11), Self.headerPlace(id)))
        let problem = row.isNull(16) ? nil : try file.open(row.blob(16), SealedFile.Place("job-problem", id))
        return Job(
            id: id, madeAt: Instant(milliseconds: row.integer(0)), description: try JobDescription(description),
            state: Job.State(rawValue: Int(row.integer(2))) ?? .failed,
            chunks: row.isNull(3) ? nil : Int(row.integer(3)), bytes: Int(row.integer(4)),
            startedAt: Self.instant(row, 5), endedAt: Self.instant(row, 6),
            position: JobPosition(chunk: Int(row.integer(7)), byte: Int(row.integer(8))),
            bytesRead: Int(row.integer(9)), lastRow: Int(row.integer(10)),
            header: header?.array?.compactMap(\.string), rowsDone: Int(row.integer(12)),
            rowsFailed: Int(row.integer(13)), tokensReused: Int(row.integer(14)), tokensBought: Int(row.integer(15)),
            problem: try problem.flatMap { Problem(json: try JSON(parsing: $0)) })
    }

    private static func instant(_ row: borrowing Row, _ column: Int32) -> Instant? {
        row.isNull(column) ? nil : Instant(milliseconds: row.integer(column))
    }

    static func headerPlace(_ id: RecordID) -> SealedFile.Place { SealedFile.Place("job-header", id) }

    /// - Throws: `storageFailed` where it is not there or does not open.
    func chunk(_ number: Int, of id: RecordID) throws(Problem) -> [UInt8] {
        try file.working {
            var found: [UInt8]?
            try connection.run(
                "SELECT sealed FROM job_chunk WHERE job_id = ?1 AND number = ?2", [.blob(id.bytes), .integer(number)]
            ) { row in found = try file.open(row.blob(0), SealedFile.Place("job-chunk", id, number)) }
            guard let found else { throw Problem(.storageFailed, "A chunk of the job's file is missing.") }
            return found
        }
    }
}
