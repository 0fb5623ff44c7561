internal import Exchange
internal import SQLite
internal import Vocabulary

/// Some hundreds of rows that go together, and how far they have come.
struct JobGroup: Sendable {
    enum State: Sendable {
        case read
        /// What is sent until it is answered.
        case signed(SealedRequest)
    }

    let job: RecordID
    let firstRow: Int
    let generation: Int
    let rows: [JobRow]
    let state: State
}

/// How far a job's file was read in one step, and what came of it.
struct JobReading: Sendable {
    var position: JobPosition
    var bytes = 0
    var lastRow: Int
    /// The names of the columns, in the step that reads them.
    var header: [String]?
    /// Rows that go together.
    var groups: [[JobRow]] = []
    var errors: [JobRowError] = []
}

// The steps of a job's rows, each one transaction.
extension JobStore {
    /// Moves on in the file: its rows are groups or errors from here on.
    ///
    /// - Returns: whether the job still runs.
    func advance(_ id: RecordID, _ reading: JobReading) throws(Problem) -> Bool {
        try file.transaction {
            guard try stored(id).state == .running else { return false }
            for rows in reading.groups { try insert(rows, id, generation: 0) }
            try insert(reading.errors, id)
            let header = reading.header.map { file.seal(JSON.strings($0).bytes, Self.headerPlace(id)) }
            try connection.run(
                """
                UPDATE job SET next_chunk = ?1, next_byte = ?2, bytes_read = bytes_read + ?3, last_row = ?4,
                    header = coalesce(?5, header) WHERE job_id = ?6
                """,
                [
                    .integer(reading.position.chunk), .integer(reading.position.byte), .integer(reading.bytes),
                    .integer(reading.lastRow), header.map { .blob($0) } ?? .null, .blob(id.bytes),
                ])
            try connection.run(
                "DELETE FROM job_chunk WHERE job_id = ?1 AND number < ?2",
                [.blob(id.bytes), .integer(reading.position.chunk)])
            return true
        }
    }

    /// Groups that are not settled, by their first rows, but for those named.
    func nextGroup(of id: RecordID, except busy: Set<Int>) throws(Problem) -> JobGroup? {
        try file.working {
            var row: Int?
            try connection.run(
                "SELECT first_row FROM job_group WHERE job_id = ?1 ORDER BY first_row LIMIT 64", [.blob(id.bytes)]
            ) { found in
                if row == nil, !busy.contains(Int(found.integer(0))) { row = Int(found.integer(0)) }
            }
            return try row.flatMap { try group(id, $0) }
        }
    }

    func group(_ id: RecordID, _ firstRow: Int) throws -> JobGroup? {
        var found: JobGroup?
        try connection.run(
            "SELECT generation, rows, request FROM job_group WHERE job_id = ?1 AND first_row = ?2",
            [.blob(id.bytes), .integer(firstRow)]
        ) { row in
            let rows = try JSON(parsing: file.open(row.blob(1), Self.groupPlace(id, firstRow)))
            let request = row.isNull(2) ? nil : try file.open(row.blob(2), Self.requestPlace(id, firstRow))
            found = JobGroup(
                job: id, firstRow: firstRow, generation: Int(row.integer(0)),
                rows: try (rows.array ?? []).map { try JobRow(stored: $0) },
                state: try request.map { .signed(try SealedRequest(parsing: $0)) } ?? .read)
        }
        return found
    }

    /// Keeps what was signed for a group before it is first sent, with the rows that are in it.
    func sign(
        _ group: JobGroup, _ request: SealedRequest, rows: [JobRow], errors: [JobRowError], reused: Int
    ) throws(Problem) {
        try file.transaction {
            guard try remove(group) else { return }
            try insert(errors, group.job)
            try insert(rows, group.job, generation: group.generation, as: group.firstRow, request)
            try connection.run(
                "UPDATE job SET tokens_reused = tokens_reused + ?1 WHERE job_id = ?2",
                [.integer(reused), .blob(group.job.bytes)])
        }
    }

    /// What was signed will not be sent again: the rows go into groups of another generation, or are refused.
    func regroup(_ group: JobGroup, into parts: [[JobRow]], errors: [JobRowError] = []) throws(Problem) {
        try file.transaction {
            guard try remove(group) else { return }
            try insert(errors, group.job)
            for rows in parts where !rows.isEmpty {
                try insert(rows, group.job, generation: group.generation + 1)
            }
        }
    }

    /// The group is settled: its results in, its rows out. Nothing of a cancelled job is kept.
    func settle(
        _ group: JobGroup, batch: (id: RecordID, evidence: JSON)?, results: [JobRowSettled],
        errors: [JobRowError], reused: Int = 0
    ) throws(Problem) {
        try file.transaction {
            guard try remove(group) else { return }
            if let batch {
                try connection.run(
                    "INSERT INTO job_batch (batch_id, job_id, sealed) VALUES (?1, ?2, ?3)",
                    [
                        .blob(batch.id.bytes), .blob(group.job.bytes),
                        .blob(file.seal(batch.evidence.bytes, SealedFile.Place("job-batch", batch.id))),
                    ])
            }
            for result in results {
                try insertRow(group.job, result.row, kind: 1, (batch?.id, result.check), result.note)
            }
            try insert(errors, group.job)
            try connection.run(
                "UPDATE job SET rows_done = rows_done + ?1, tokens_reused = tokens_reused + ?2 WHERE job_id = ?3",
                [.integer(results.count), .integer(reused), .blob(group.job.bytes)])
        }
    }

    /// Ends the job once every row is settled. - Returns: whether it has ended.
    func finish(_ id: RecordID, now: Instant) throws(Problem) -> Bool {
        try file.transaction {
            let job = try stored(id)
            guard job.state == .running else { return true }
            let pending = try connection.integer(
                "SELECT count(*) FROM job_group WHERE job_id = ?1", [.blob(id.bytes)])
            guard job.isFullyRead, pending == 0 else { return false }
            try end(id, state: .done, problem: nil, now: now)
            return true
        }
    }

    // The rows of tables.

    private func remove(_ group: JobGroup) throws -> Bool {
        try connection.run(
            "DELETE FROM job_group WHERE job_id = ?1 AND first_row = ?2",
            [.blob(group.job.bytes), .integer(group.firstRow)])
        return connection.changes == 1
    }

    private func insert(
        _ rows: [JobRow], _ id: RecordID, generation: Int, as place: Int? = nil, _ request: SealedRequest? = nil
    ) throws {
        guard let first = place ?? rows.first?.number else { return }
        let content = JSON.array(rows.map(\.json)).bytes
        try connection.run(
            """
            INSERT INTO job_group (job_id, first_row, state, generation, rows, request)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """,
            [
                .blob(id.bytes), .integer(first), .integer(request == nil ? 1 : 2), .integer(generation),
                .blob(file.seal(content, Self.groupPlace(id, first))),
                request.map { .blob(file.seal($0.json.bytes, Self.requestPlace(id, first))) } ?? .null,
            ])
    }

    private func insert(_ errors: [JobRowError], _ id: RecordID) throws {
        for error in errors { try insertRow(id, error.number, kind: 2, (nil, nil), error.problem.body) }
        guard !errors.isEmpty else { return }
        try connection.run(
            "UPDATE job SET rows_failed = rows_failed + ?1 WHERE job_id = ?2",
            [.integer(errors.count), .blob(id.bytes)])
    }

    private func insertRow(
        _ id: RecordID, _ row: Int, kind: Int, _ answer: (batch: RecordID?, check: RecordID?), _ note: JSON
    ) throws {
        try connection.run(
            "INSERT INTO job_row (job_id, row, kind, batch_id, check_id, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            [
                .blob(id.bytes), .integer(row), .integer(kind), answer.batch.map { .blob($0.bytes) } ?? .null,
                answer.check.map { .blob($0.bytes) } ?? .null,
                .blob(file.seal(note.bytes, Self.rowPlace(id, row))),
            ])
    }

    static func rowPlace(_ id: RecordID, _ row: Int) -> SealedFile.Place { SealedFile.Place("job-row", id, row) }

    static func groupPlace(_ id: RecordID, _ firstRow: Int) -> SealedFile.Place {
        SealedFile.Place("job-group", id, firstRow)
    }

    private static func requestPlace(_ id: RecordID, _ row: Int) -> SealedFile.Place {
        SealedFile.Place("job-request", id, row)
    }
}
