internal import Decisions
internal import Registry
internal import Sodium
internal import SQLite
package import Vocabulary

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

    /// Keeps an answer, and beside it what the shadow policy would have decided.
    func keep(
        _ answer: GatewayAnswer, answering check: RecordID, content: JSON, now: Instant
    ) throws(Problem) {
        let digest = key.naming.hash(Array("check|".utf8) + content.bytes)
        let sealed = key.sealing.seal(answer.document.bytes, context: Self.context("answer", check))
        try transaction {
            // The same check asked twice at once: the first answer stays.
            try connection.run(
                """
                INSERT INTO answer (check_id, answered_at, content, sealed) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (check_id) DO NOTHING
                """,
                [.blob(check.bytes), .integer(now.milliseconds), .blob(digest.bytes), .blob(sealed)])
            guard connection.changes == 1, let shadow = answer.shadow else { return }
            try insert(shadow, of: check, now: now)
        }
    }

    private func insert(_ shadow: ShadowDecision, of check: RecordID, now: Instant) throws {
        let sealed = key.sealing.seal(shadow.json.bytes, context: Self.context("shadow", check))
        try connection.run(
            "INSERT INTO shadow (check_id, decided_at, active, candidate, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
            [
                .blob(check.bytes), .integer(now.milliseconds), .blob(shadow.active.policy.digest.bytes),
                .blob(shadow.candidate.policy.digest.bytes), .blob(sealed),
            ])
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
