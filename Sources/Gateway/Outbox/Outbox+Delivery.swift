package import Exchange
internal import ExchangeClient
internal import Identity
internal import Records
internal import Sodium
internal import SQLite
internal import TransparencyLog
package import Vocabulary

/// A submission that was signed and stored, and is not yet known to be in the log.
package struct OpenSubmission: Sendable {
    package let id: RecordID
    package let request: SealedRequest
    package let records: [RecordID]
}

/// The submission that is open, as the file has it.
package enum StoredSubmission: Sendable {
    case readable(OpenSubmission)
    /// Its row does not open: altered, or written in part by a disk that lies.
    case damaged(RecordID)
}

/// A record of a submission that was proven to be in the log, with the receipt that proves it.
struct DeliveredRecord: Sendable {
    let recordID: RecordID
    let receipt: String
}

// The steps of a delivery, each one transaction.
extension Outbox {
    /// The submission to be sent before any other.
    package func openSubmission() throws(Problem) -> StoredSubmission? {
        try working {
            var found: StoredSubmission?
            try connection.run("SELECT submission_id, request, records FROM submission WHERE state = 1") { row in
                let id = try RecordID(stored: row.blob(0))
                do {
                    let bytes = try key.sealing.open(row.blob(1), context: Self.context("submission", id))
                    let request = try SealedRequest(parsing: bytes)
                    found = .readable(OpenSubmission(id: id, request: request, records: try Self.ids(row.blob(2))))
                } catch {
                    found = .damaged(id)
                }
            }
            return found
        }
    }

    /// The oldest queued records, as many as fit one submission. One whose row cannot be read is refused on the way:
    /// it would keep all others back.
    package func nextGroup(
        atMost count: Int, byteBudget: Int
    ) throws(Problem) -> (records: [ClearRecord], damaged: Int) {
        var parked = 0
        while true {
            let (group, damaged) = try read(atMost: count, byteBudget: byteBudget)
            if damaged.isEmpty { return (group, parked) }
            try transaction { for id in damaged { try refuse(id, Self.damagedRecord) } }
            removedFromQueue(damaged.count)
            parked += damaged.count
        }
    }

    private func read(
        atMost count: Int, byteBudget: Int
    ) throws(Problem) -> (group: [ClearRecord], damaged: [RecordID]) {
        try working {
            var group: [ClearRecord] = []
            var damaged: [RecordID] = []
            var bytes = 0
            try connection.run(
                "SELECT record_id, clear FROM record WHERE state = 1 ORDER BY position LIMIT ?1", [.integer(count)]
            ) { row in
                let id = try RecordID(stored: row.blob(0))
                guard let clear = try? key.sealing.open(row.blob(1), context: Self.context("clear", id)),
                    let record = try? ClearRecord(stored: try JSON(parsing: clear))
                else { return damaged.append(id) }
                bytes += record.estimatedByteCount
                if group.isEmpty || bytes <= byteBudget, group.count < count { group.append(record) }
            }
            return (group, damaged)
        }
    }

    static let damagedRecord = Problem(
        .storageFailed, "The outbox cannot read back what it was given: the record's row was altered or damaged.",
        hint: "Check the disk, restore the outbox from its backup, or furnish the record again under a new id.")

    /// Keeps the signed bytes before they are sent for the first time: a crash at any later line sends them again.
    package func open(
        _ submission: RecordID, _ request: SealedRequest, records: [RecordID], madeAt: Instant
    ) throws(Problem) {
        guard let signed = request.envelope.signatures.first, let keyID = try? Hex.decode(signed.keyID.text) else {
            throw Problem(.internalError, "A submission was to be kept that nobody signed.")
        }
        let sealed = key.sealing.seal(request.json.bytes, context: Self.context("submission", submission))
        try transaction {
            try connection.run(
                """
                INSERT INTO submission (
                    submission_id, made_at, state, envelope_hash, key_id, signature, request, records
                ) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7)
                """,
                [
                    .blob(submission.bytes), .integer(madeAt.milliseconds), .blob(request.envelope.hash.bytes),
                    .blob(keyID), .blob(signed.signature.bytes), .blob(sealed), .blob(records.flatMap(\.bytes)),
                ])
        }
    }

    /// The submission is in the log: receipts in, clear text out. Records named in `refused` are not.
    func settle(
        _ submission: RecordID, delivered: [DeliveredRecord], refused: [(RecordID, Problem)]
    ) throws(Problem) {
        try transaction {
            var receipts: [String: Int64] = [:]
            for record in delivered {
                let receipt = try receipts[record.receipt] ?? insert(receipt: record.receipt, of: submission)
                receipts[record.receipt] = receipt
                try connection.run(
                    """
                    UPDATE record SET state = 2, clear = NULL, submission_id = ?1, receipt_id = ?2
                    WHERE record_id = ?3 AND state = 1
                    """,
                    [.blob(submission.bytes), .integer(receipt), .blob(record.recordID.bytes)])
            }
            for (id, problem) in refused { try refuse(id, problem) }
            try close(submission, "UPDATE submission SET state = 2 WHERE submission_id = ?1 AND state = 1")
        }
        removedFromQueue(delivered.count + refused.count)
    }

    /// The submission will not be sent again: its records are grouped anew, but for those refused for good. Of what
    /// was signed only that stays by which the node's receipt for it, should it have arrived, is known.
    func supersede(_ submission: RecordID, refused: [(RecordID, Problem)]) throws(Problem) {
        try transaction {
            for (id, problem) in refused { try refuse(id, problem) }
            try close(
                submission, "UPDATE submission SET state = 3, request = NULL WHERE submission_id = ?1 AND state = 1")
        }
        removedFromQueue(refused.count)
    }

    /// Whether a leaf's opening is of a submission that this gateway signed, and the record in it.
    func holds(_ opening: LeafOpening, with record: RecordID) throws(Problem) -> Bool {
        try working {
            var isHeld = false
            try connection.run(
                "SELECT key_id, signature, records FROM submission WHERE envelope_hash = ?1",
                [.blob(opening.envelopeHash.bytes)]
            ) { row in
                let isSame = Hex.encode(row.blob(0)) == opening.keyID.text && row.blob(1) == opening.signature.bytes
                isHeld = try isSame && Self.ids(row.blob(2)).contains(record)
            }
            return isHeld
        }
    }

    private func insert(receipt text: String, of submission: RecordID) throws -> Int64 {
        let sealed = key.sealing.seal(Array(text.utf8), context: Self.context("receipt", submission))
        try connection.run(
            "INSERT INTO receipt (submission_id, sealed) VALUES (?1, ?2)", [.blob(submission.bytes), .blob(sealed)])
        return try connection.integer("SELECT last_insert_rowid()") ?? 0
    }

    private func refuse(_ id: RecordID, _ problem: Problem) throws {
        let sealed = key.sealing.seal(problem.body.bytes, context: Self.context("problem", id))
        try connection.run(
            "UPDATE record SET state = 3, problem = ?1 WHERE record_id = ?2 AND state = 1",
            [.blob(sealed), .blob(id.bytes)])
    }

    private func close(_ submission: RecordID, _ statement: String) throws {
        try connection.run(statement, [.blob(submission.bytes)])
        guard connection.changes == 1 else { throw SQLiteFailure.statement("A submission was closed twice.") }
    }

    private static func ids(_ bytes: [UInt8]) throws -> [RecordID] {
        try stride(from: 0, to: bytes.count, by: 16).map { start in
            try RecordID(stored: Array(bytes[start..<min(start + 16, bytes.count)]))
        }
    }
}

extension Record {
    /// What it comes to in a submission's request, both base64 layers counted, rounded up.
    fileprivate var estimatedByteCount: Int { 2000 + subjects.reduce(0) { $0 + 100 + 260 * $1.identifiers.count } }
}
