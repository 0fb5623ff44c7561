internal import Records
internal import Registry
internal import Sodium
internal import SQLite
package import Vocabulary

/// The gateway's one file: records on their way to the node, and the answers and receipts that came back.
///
/// It promises: what `accept` returned for is delivered exactly once, whatever dies when; a record id is never used
/// for two contents; the signed bytes of a submission are stored before they are first sent. Who can write to the file
/// can drop or repeat records, but neither read them nor alter one: rows are sealed and bound to their place.
///
/// Acceptances that wait share one transaction. The file has one connection, on whose executor this actor, the vault
/// and the jobs run; its calls block for an fsync.
package actor Outbox {
    /// Records that wait are limited, so that a node away for a month does not fill the disk unnoticed.
    package static let maximumQueued = 5_000_000
    /// What the file may grow to; beyond it everything new is refused as on a full disk.
    package static let maximumBytes = 64 << 30
    private static let pageBytes = 4096

    private let file: SealedFile
    var connection: FileConnection { file.connection }
    let key: DataKey
    /// Tokens of known borrowers, in the same file.
    package let vault: TokenVault
    /// Large files being worked off, in the same file.
    package let jobs: JobStore
    private let lock: FileLock
    private(set) var queuedCount: Int
    private var waiting: [Acceptance] = []
    private var isCommitting = false

    private struct Acceptance {
        let records: [ClearRecord]
        let now: Instant
        let continuation: CheckedContinuation<Result<[RecordState], Problem>, Never>
    }

    /// Opens or creates the file and brings its schema up to date.
    ///
    /// - Throws: `configurationInvalid` where the key is not the one the file was written with or the file is another
    ///   member's, `storageBusy` where another gateway has it open.
    package init(
        path: String, key: DataKey, consortium: String, member: MemberID, maximumBytes: Int = maximumBytes,
        maximumTokens: Int = TokenVault.defaultLimit
    ) throws(Problem) {
        lock = try FileLock(path)
        self.key = key
        do {
            let pages = maximumBytes / Self.pageBytes
            let counts = try Self.prepare(path, pages, key: key, consortium: consortium, member: member)
            file = try SealedFile(path: path, key: key, maximumPages: pages)
            queuedCount = counts.queued
            vault = TokenVault(file, limit: maximumTokens, stored: counts.tokens)
            jobs = JobStore(file)
        } catch { throw Problem(storage: error) }
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { file.desk.unownedExecutor }

    /// Before the file's connection is opened, on another one that is closed by then.
    private static func prepare(
        _ path: String, _ pages: Int, key: DataKey, consortium: String, member: MemberID
    ) throws -> (queued: Int, tokens: Int) {
        let connection = try FileConnection.open(path, pages)
        try connection.migrate(migrations)
        try claim(connection, key: key, consortium: consortium, member: member)
        return (
            Int(try connection.integer("SELECT count(*) FROM record WHERE state = 1") ?? 0),
            Int(try connection.integer("SELECT count(*) FROM token") ?? 0)
        )
    }

    private static func claim(
        _ connection: Connection, key: DataKey, consortium: String, member: MemberID
    ) throws {
        let proof = key.naming.hash(Array("counterfoil/outbox-proof/v1".utf8)).bytes
        var known: (consortium: String, member: String, proof: [UInt8])?
        try connection.run("SELECT consortium, member, proof FROM identity WHERE id = 1") { row in
            known = (row.text(0), row.text(1), row.blob(2))
        }
        guard let known else {
            return try connection.run(
                "INSERT INTO identity (id, consortium, member, proof) VALUES (1, ?1, ?2, ?3)",
                [.text(consortium), .text(member.name), .blob(proof)])
        }
        guard equalInConstantTime(known.proof, proof) else {
            throw Problem(
                .configurationInvalid, "The outbox was written with another data key.",
                hint: "Restore the key file that belongs to this outbox.")
        }
        guard known.consortium == consortium, known.member == member.name else {
            throw Problem(
                .configurationInvalid, "The outbox belongs to another member or consortium.",
                hint: "Give every member's gateway a folder of its own.")
        }
    }

    /// Makes records durable. All of them are taken, or none.
    ///
    /// - Returns: the state of each: queued, or what became of it where the same record was accepted before.
    /// - Throws: `recordConflict` where an id was used for other content, `overloaded` where too many wait.
    package func accept(_ records: [ClearRecord], now: Instant) async throws(Problem) -> [RecordState] {
        guard queuedCount + records.count <= Self.maximumQueued else {
            throw Problem(.overloaded, "More than \(Self.maximumQueued) records wait for the node.")
        }
        let result = await withCheckedContinuation { continuation in
            waiting.append(Acceptance(records: records, now: now, continuation: continuation))
            guard !isCommitting else { return }
            isCommitting = true
            // Runs after what else is already waiting for the actor: that is the group.
            Task { self.commit() }
        }
        return try result.get()
    }

    private func commit() {
        let group = waiting
        (waiting, isCommitting) = ([], false)
        var results: [Result<[RecordState], Problem>] = []
        do throws(Problem) {
            let added = try transaction { () throws -> Int in
                results = []
                var added = 0
                for acceptance in group { results.append(try take(acceptance, &added)) }
                return added
            }
            queuedCount += added
        } catch {
            results = group.map { _ in .failure(error) }
        }
        for (acceptance, result) in zip(group, results) { acceptance.continuation.resume(returning: result) }
    }

    /// One lender's request within the group: a conflict refuses it alone, before any row of it was written.
    private func take(_ acceptance: Acceptance, _ added: inout Int) throws -> Result<[RecordState], Problem> {
        var fresh: [RecordID: Bytes32] = [:]
        var states: [RecordState] = []
        for (index, record) in acceptance.records.enumerated() {
            let content = content(of: record)
            let stored = try storedContent(of: record.recordID)
            let earlier = stored ?? fresh[record.recordID]
            guard earlier == nil || earlier == content else { return .failure(Self.conflict(index, acceptance)) }
            if stored == nil { fresh[record.recordID] = content }
            do {
                let known = stored == nil ? nil : try state(row: record.recordID)
                states.append(
                    known ?? RecordState(recordID: record.recordID, acceptedAt: acceptance.now, status: .queued))
            } catch let error where !(error is SQLiteFailure) {
                // A row that does not open is that record's matter alone, not the group's.
                return .failure(Problem(storage: error))
            }
        }
        for record in acceptance.records {
            guard let content = fresh.removeValue(forKey: record.recordID) else { continue }
            try insert(record, content: content, now: acceptance.now)
            added += 1
        }
        return .success(states)
    }

    private static func conflict(_ index: Int, _ acceptance: Acceptance) -> Problem {
        Problem(
            .recordConflict, "This record id was used for a record with other content.",
            hint: "Furnish it under a new id, or amend the earlier record.",
            path: acceptance.records.count == 1 ? "recordID" : "records[\(index)].recordID")
    }

    private func insert(_ record: ClearRecord, content: Bytes32, now: Instant) throws {
        let clear = key.sealing.seal(record.storedJSON.bytes, context: Self.context("clear", record.recordID))
        try connection.run(
            "INSERT INTO record (record_id, accepted_at, content, state, clear) VALUES (?1, ?2, ?3, 1, ?4)",
            [
                .blob(record.recordID.bytes), .integer(now.milliseconds), .blob(content.bytes), .blob(clear),
            ])
    }

    private func storedContent(of id: RecordID) throws -> Bytes32? {
        var content: Bytes32?
        try connection.run("SELECT content FROM record WHERE record_id = ?1", [.blob(id.bytes)]) { row in
            content = try Bytes32(row.blob(0))
        }
        return content
    }

    private func content(of record: ClearRecord) -> Bytes32 {
        key.naming.hash(Array("record|".utf8) + record.storedJSON.bytes)
    }

    // What the extensions share.

    func transaction<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
        try file.transaction(body)
    }

    func working<Result>(_ body: () throws -> Result) throws(Problem) -> Result { try file.working(body) }

    func removedFromQueue(_ count: Int) { queuedCount -= count }

    static func context(_ place: String, _ id: RecordID) -> [UInt8] {
        Array("counterfoil/gateway/\(place)/v1|".utf8) + id.bytes
    }
}
