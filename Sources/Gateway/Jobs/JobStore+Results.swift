internal import SQLite
internal import Vocabulary

/// A settled row as it is stored.
struct JobRowResult: Sendable {
    let row: Int
    let isError: Bool
    /// The batch of answers that its answer stands in.
    let batch: RecordID?
    /// What the gateway has to say of it: a problem, what was left out, a record's id.
    let note: JSON
}

/// A page of settled rows, in the order of the file.
struct JobPage: Sendable {
    let rows: [JobRowResult]
    /// The row to go on from; `nil` where the job has ended and there are no more.
    let next: Int?
}

// What the lender fetches.
extension JobStore {
    /// Settled rows from one on, up to the first that is still being worked on.
    func page(of id: RecordID, from first: Int, errors: Bool) throws(Problem) -> JobPage {
        try file.working {
            let job = try stored(id)
            let pending = try connection.integer(
                "SELECT first_row FROM job_group WHERE job_id = ?1 ORDER BY first_row LIMIT 1",
                [.blob(id.bytes)])
            // Groups of one reading may interleave, so a group's first row bounds what is complete.
            let bound = pending.map { Int($0) } ?? (job.lastRow + 1)
            var rows: [JobRowResult] = []
            try connection.run(
                """
                SELECT row, kind, batch_id, sealed FROM job_row
                WHERE job_id = ?1 AND row >= ?2 AND row < ?3 AND kind = ?4 ORDER BY row LIMIT ?5
                """,
                [
                    .blob(id.bytes), .integer(first), .integer(bound), .integer(errors ? 2 : 1),
                    .integer(JobLimits.rowsPerPage),
                ]
            ) { found in
                let row = Int(found.integer(0))
                let note = try file.open(found.blob(3), Self.rowPlace(id, row))
                rows.append(
                    JobRowResult(
                        row: row, isError: found.integer(1) == 2,
                        batch: found.isNull(2) ? nil : try RecordID(stored: found.blob(2)),
                        note: try JSON(parsing: note)))
            }
            let isPart = rows.count == JobLimits.rowsPerPage
            let isOver = job.state != .running && job.state != .open
            let next = isPart ? (rows.last?.row ?? first) + 1 : max(first, bound)
            return JobPage(rows: rows, next: isOver && !isPart ? nil : next)
        }
    }

    /// The answered row of a check, and the job that asked it.
    func row(ofCheck check: RecordID) throws(Problem) -> (job: RecordID, row: JobRowResult)? {
        try file.working {
            var found: (RecordID, JobRowResult)?
            try connection.run(
                "SELECT job_id, row, batch_id, sealed FROM job_row WHERE check_id = ?1 LIMIT 1",
                [.blob(check.bytes)]
            ) { columns in
                let (job, row) = (try RecordID(stored: columns.blob(0)), Int(columns.integer(1)))
                let note = try JSON(parsing: file.open(columns.blob(3), Self.rowPlace(job, row)))
                let batch = columns.isNull(2) ? nil : try RecordID(stored: columns.blob(2))
                found = (job, JobRowResult(row: row, isError: false, batch: batch, note: note))
            }
            return found
        }
    }

    /// The signed batch that answers stand in, with the question.
    func evidence(_ batch: RecordID, of id: RecordID) throws(Problem) -> JSON {
        try file.working {
            var found: JSON?
            try connection.run(
                "SELECT sealed FROM job_batch WHERE batch_id = ?1 AND job_id = ?2",
                [.blob(batch.bytes), .blob(id.bytes)]
            ) { row in found = try JSON(parsing: file.open(row.blob(0), SealedFile.Place("job-batch", batch))) }
            guard let found else { throw Problem(.unknownRecord, "The job has no batch with this id.") }
            return found
        }
    }
}
