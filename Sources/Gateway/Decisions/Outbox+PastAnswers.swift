internal import Decisions
internal import Registry
internal import Sodium
internal import SQLite
internal import Vocabulary

/// A page of kept answers, the latest first, and where the next one goes on.
struct PastAnswers: Sendable {
    struct Place: Sendable {
        let time: Int64
        let check: [UInt8]

        /// Before the latest of all.
        static let latest = Place(time: .max, check: [UInt8](repeating: 0xFF, count: 16))
    }

    static let pageSize = 100

    var answers: [(id: String, answer: JSON)] = []
    /// `nil` after the last page.
    var next: Place?
}

extension Outbox {
    /// What the lender's system was told, from a place on into the past. A row that does not open is left out.
    func pastAnswers(before place: PastAnswers.Place) throws(Problem) -> PastAnswers {
        try page(
            """
            SELECT check_id, answered_at, sealed FROM answer WHERE (answered_at, check_id) < (?1, ?2)
            ORDER BY answered_at DESC, check_id DESC LIMIT ?3
            """, [], place)
    }

    /// The same of the answers that these two policies were both asked about.
    func pastAnswers(
        before place: PastAnswers.Place, active: PolicyReference, candidate: PolicyReference
    ) throws(Problem) -> PastAnswers {
        try page(
            """
            SELECT check_id, decided_at, answer.sealed FROM shadow JOIN answer USING (check_id)
            WHERE (decided_at, check_id) < (?1, ?2) AND active = ?4 AND candidate = ?5
            ORDER BY decided_at DESC, check_id DESC LIMIT ?3
            """, [.blob(active.digest.bytes), .blob(candidate.digest.bytes)], place)
    }

    private func page(
        _ statement: String, _ more: [Value], _ place: PastAnswers.Place
    ) throws(Problem) -> PastAnswers {
        try working {
            var page = PastAnswers()
            var count = 0
            let values: [Value] = [.integer(place.time), .blob(place.check), .integer(PastAnswers.pageSize)] + more
            try connection.run(statement, values) { row in
                count += 1
                let id = try RecordID(stored: row.blob(0))
                page.next = PastAnswers.Place(time: row.integer(1), check: row.blob(0))
                guard let bytes = try? key.sealing.open(row.blob(2), context: Self.context("answer", id)),
                    let answer = (try? JSON(parsing: bytes))?["answer"]
                else { return }
                page.answers.append((id.description, answer))
            }
            if count < PastAnswers.pageSize { page.next = nil }
            return page
        }
    }
}
