internal import SQLite
internal import Vocabulary

// What goes in time: in portions, so that no transaction is long.
extension JobStore {
    /// Takes a portion away: of what is left of the file of a job that has ended, or of a job that ended before the
    /// instant, with its results and evidence.
    ///
    /// - Returns: whether there was one.
    func forgetPortion(endedBefore instant: Instant) throws(Problem) -> Bool {
        try file.transaction {
            if let ended = try firstID("""
                SELECT job_id FROM job_chunk WHERE job_id IN (SELECT job_id FROM job WHERE ended_at IS NOT NULL) LIMIT 1
                """)
            {
                return try delete(JobLimits.chunksForgotten, Self.someChunks, of: ended)
            }
            let sql = "SELECT job_id FROM job WHERE ended_at < ?1 LIMIT 1"
            guard let old = try firstID(sql, [.integer(instant.milliseconds)]) else { return false }
            if try delete(JobLimits.rowsForgotten, Self.someRows, of: old) { return true }
            if try delete(JobLimits.batchesForgotten, Self.someBatches, of: old) { return true }
            try connection.run("DELETE FROM job WHERE job_id = ?1", [.blob(old)])
            return true
        }
    }

    /// Ends a job that was opened before the instant and never started. - Returns: whether there was one.
    func expireOne(openedBefore instant: Instant, now: Instant) throws(Problem) -> Bool {
        try file.transaction {
            let sql = "SELECT job_id FROM job WHERE state = 1 AND made_at < ?1 LIMIT 1"
            guard let id = try firstID(sql, [.integer(instant.milliseconds)]) else { return false }
            try end(try RecordID(stored: id), state: .failed, problem: Self.expired, now: now)
            return true
        }
    }

    private static let someChunks = """
        DELETE FROM job_chunk WHERE job_id = ?1 AND number IN (
            SELECT number FROM job_chunk WHERE job_id = ?1 ORDER BY number LIMIT ?2)
        """
    private static let someRows = """
        DELETE FROM job_row WHERE job_id = ?1 AND row IN (
            SELECT row FROM job_row WHERE job_id = ?1 ORDER BY row LIMIT ?2)
        """
    private static let someBatches = """
        DELETE FROM job_batch WHERE batch_id IN (SELECT batch_id FROM job_batch WHERE job_id = ?1 LIMIT ?2)
        """

    private func delete(_ count: Int, _ sql: String, of id: [UInt8]) throws -> Bool {
        try connection.run(sql, [.blob(id), .integer(count)])
        return connection.changes > 0
    }

    private func firstID(_ sql: String, _ values: [Value] = []) throws -> [UInt8]? {
        var found: [UInt8]?
        try connection.run(sql, values) { row in found = row.blob(0) }
        return found
    }

    private static let expired = Problem(
        .notAdmissible, "The job was not started within \(JobLimits.openDays) days.", hint: "Open another job.")
}
