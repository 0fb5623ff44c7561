internal import Sodium
internal import SQLite
internal import Vocabulary

/// Large files of records or checks on their way, durable at every step.
///
/// It promises: a job's position in its file moves in the same transaction in which the rows before it are stored as
/// groups or errors, and a group goes in the same transaction in which its results come. So a kill at any point loses
/// no row and doubles none. What was signed for a group is stored before it is sent, and sent again as it is. Who can
/// write to the file can drop rows and results, but neither read nor alter one: each is sealed, bound to its place.
package actor JobStore {
    let file: SealedFile
    var connection: FileConnection { file.connection }

    init(_ file: SealedFile) { self.file = file }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { file.desk.unownedExecutor }

    /// Opens a job, or finds it where it was opened with the same description before.
    func open(_ id: RecordID, _ description: JobDescription, now: Instant) throws(Problem) -> Job {
        let content = file.key.naming.hash(Array("job|".utf8) + description.json.bytes)
        try file.transaction {
            var known: Bytes32?
            try connection.run("SELECT content FROM job WHERE job_id = ?1", [.blob(id.bytes)]) { row in
                known = try Bytes32(row.blob(0))
            }
            if let known {
                guard known == content else { throw Self.conflict("The job id was used for another job.", "job") }
                return
            }
            guard try connection.integer("SELECT count(*) FROM job WHERE state IN (1, 2)") ?? 0 < JobLimits.unfinished
            else { throw Problem(.overloaded, "More than \(JobLimits.unfinished) jobs are unfinished.") }
            let sealed = file.seal(description.json.bytes, SealedFile.Place("job", id))
            try connection.run(
                "INSERT INTO job (job_id, made_at, content, description, state) VALUES (?1, ?2, ?3, ?4, 1)",
                [.blob(id.bytes), .integer(now.milliseconds), .blob(content.bytes), .blob(sealed)])
        }
        return try job(id)
    }

    /// Takes one chunk of the file; the same again changes nothing.
    func put(_ bytes: [UInt8], as number: Int, of id: RecordID) throws(Problem) {
        let content = file.key.naming.hash(Array("job-chunk|".utf8) + bytes)
        try file.transaction {
            let job = try stored(id)
            var known: Bytes32?
            try connection.run(
                "SELECT content FROM job_chunk WHERE job_id = ?1 AND number = ?2", [.blob(id.bytes), .integer(number)]
            ) { row in known = try Bytes32(row.blob(0)) }
            if let known {
                guard known == content else { throw Self.conflict("The chunk was sent with other bytes.", "chunk") }
                return
            }
            guard job.state == .open else {
                // Of a running job the chunks that were read are gone: nothing to compare with, nothing to add.
                guard let chunks = job.chunks, number < chunks, job.state != .cancelled else { throw Self.notOpen }
                return
            }
            try connection.run(
                "INSERT INTO job_chunk (job_id, number, content, bytes, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                [
                    .blob(id.bytes), .integer(number), .blob(content.bytes), .integer(bytes.count),
                    .blob(file.seal(bytes, SealedFile.Place("job-chunk", id, number))),
                ])
        }
    }

    /// The file is whole: from here on the gateway works it off. The same again changes nothing.
    ///
    /// - Throws: `notAdmissible` where a chunk is missing.
    func start(_ id: RecordID, chunks: Int, now: Instant) throws(Problem) -> Job {
        try file.transaction {
            let job = try stored(id)
            if job.state != .open {
                guard job.chunks == chunks else { throw Self.conflict("The job was started otherwise.", "chunks") }
                return
            }
            let (present, bytes) = try uploaded(id, below: chunks)
            guard present == chunks, try uploaded(id, below: .max).count == chunks else {
                throw Problem(
                    .notAdmissible, "Of the \(chunks) chunks \(present) have arrived, or others beside them.",
                    hint: "Chunks are numbered from 0; send what is missing again.", path: "chunks")
            }
            try connection.run(
                "UPDATE job SET state = 2, chunks = ?1, bytes = ?2, started_at = ?3 WHERE job_id = ?4",
                [.integer(chunks), .integer(bytes), .integer(now.milliseconds), .blob(id.bytes)])
        }
        return try job(id)
    }

    private func uploaded(_ id: RecordID, below limit: Int) throws -> (count: Int, bytes: Int) {
        var found = (count: 0, bytes: 0)
        try connection.run(
            "SELECT count(*), coalesce(sum(bytes), 0) FROM job_chunk WHERE job_id = ?1 AND number < ?2",
            [.blob(id.bytes), .integer(limit)]
        ) { row in found = (Int(row.integer(0)), Int(row.integer(1))) }
        return found
    }

    /// Ends a job that is open or running. What was answered stays; what is under way at the node is not stored. What
    /// is left of its file goes in portions (`forgetPortion`).
    func cancel(_ id: RecordID, now: Instant) throws(Problem) -> Job {
        try file.transaction {
            guard [.open, .running].contains(try stored(id).state) else { return }
            try end(id, state: .cancelled, problem: nil, now: now)
        }
        return try job(id)
    }

    /// Ends a job that cannot go on, such as for its header row.
    func fail(_ id: RecordID, _ problem: Problem, now: Instant) throws(Problem) {
        try file.transaction { try end(id, state: .failed, problem: problem, now: now) }
    }

    func end(_ id: RecordID, state: Job.State, problem: Problem?, now: Instant) throws {
        let sealed = problem.map { file.seal($0.body.bytes, SealedFile.Place("job-problem", id)) }
        try connection.run(
            "UPDATE job SET state = ?1, problem = ?2, ended_at = ?3 WHERE job_id = ?4 AND state IN (1, 2)",
            [
                .integer(state.rawValue), sealed.map { .blob($0) } ?? .null, .integer(now.milliseconds),
                .blob(id.bytes),
            ])
        try connection.run("DELETE FROM job_group WHERE job_id = ?1", [.blob(id.bytes)])
    }

    static func conflict(_ detail: String, _ path: String) -> Problem { Problem(.recordConflict, detail, path: path) }

    private static let notOpen = Problem(
        .notAdmissible, "The job takes no chunks any more.", hint: "Open another job.", path: "job")
}
