internal import Records
internal import Sodium
internal import SQLite
package import Vocabulary

// What the lender asks about.
extension Outbox {
    /// - Throws: `unknownRecord` for an id that was never accepted here.
    package func state(of id: RecordID) throws(Problem) -> RecordState {
        guard let state = try working({ try state(row: id) }) else {
            throw Problem(.unknownRecord, "This gateway accepted no record with this id.")
        }
        return state
    }

    func state(row id: RecordID) throws -> RecordState? {
        var found: RecordState?
        try connection.run(
            """
            SELECT record.state, accepted_at, problem, receipt.submission_id, receipt.sealed FROM record
            LEFT JOIN receipt USING (receipt_id) WHERE record_id = ?1
            """, [.blob(id.bytes)]
        ) { row in
            let status: RecordState.Status
            switch row.integer(0) {
            case 2:
                let submission = try RecordID(stored: row.blob(3))
                let text = try key.sealing.open(row.blob(4), context: Self.context("receipt", submission))
                status = .delivered(submission: submission, receipt: String(decoding: text, as: UTF8.self))
            case 3:
                let bytes = try key.sealing.open(row.blob(2), context: Self.context("problem", id))
                guard let problem = Problem(json: try JSON(parsing: bytes)) else { throw DecodingFailure.outOfRange }
                status = .refused(problem)
            default: status = .queued
            }
            found = RecordState(recordID: id, acceptedAt: Instant(milliseconds: row.integer(1)), status: status)
        }
        return found
    }
}

// Answers, for the lender's files.
extension Outbox {
    /// The answer kept under this id. - Throws: `recordConflict` where it was given to another question.
    func answer(to check: RecordID, content: JSON) throws(Problem) -> JSON? {
        guard let (digest, document) = try storedAnswer(check) else { return nil }
        guard digest == key.naming.hash(Array("check|".utf8) + content.bytes) else {
            throw Problem(
                .recordConflict, "This check id was used for another question.", hint: "Ask under a new id.",
                path: "check")
        }
        return document
    }

    /// - Throws: `unknownRecord` for a check that was not answered here.
    package func answer(to check: RecordID) throws(Problem) -> JSON {
        guard let (_, document) = try storedAnswer(check) else {
            throw Problem(.unknownRecord, "This gateway holds no answer to a check with this id.")
        }
        return document
    }

    func keep(_ document: JSON, answering check: RecordID, content: JSON, now: Instant) throws(Problem) {
        let digest = key.naming.hash(Array("check|".utf8) + content.bytes)
        let sealed = key.sealing.seal(document.bytes, context: Self.context("answer", check))
        try working {
            // The same check asked twice at once: the first answer stays.
            try connection.run(
                """
                INSERT INTO answer (check_id, answered_at, content, sealed) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (check_id) DO NOTHING
                """,
                [.blob(check.bytes), .integer(now.milliseconds), .blob(digest.bytes), .blob(sealed)])
        }
    }

    private func storedAnswer(_ check: RecordID) throws(Problem) -> (content: Bytes32, document: JSON)? {
        try working {
            var found: (Bytes32, JSON)?
            try connection.run("SELECT content, sealed FROM answer WHERE check_id = ?1", [.blob(check.bytes)]) { row in
                let bytes = try key.sealing.open(row.blob(1), context: Self.context("answer", check))
                found = (try Bytes32(row.blob(0)), try JSON(parsing: bytes))
            }
            return found
        }
    }
}

extension RecordID {
    /// From the sixteen bytes of a row.
    init(stored bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count == 16 else { throw .wrongLength(expected: 16, actual: bytes.count) }
        self.init(
            high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
