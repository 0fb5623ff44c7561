internal import Exchange
internal import Records
internal import Registry
internal import Sodium
internal import SQLite
internal import Vocabulary

/// Where a watch stands. The numbers are those of the table.
enum WatchState: Int64, Sendable, CaseIterable {
    case starting = 1
    case watched, ending, refused, over

    var name: String { String(describing: self) }
}

/// Watches to begin and to end, not yet told to the node.
struct UnsentWatches: Sendable {
    var begun: [WatchRequest.Loan] = []
    var ended: [RecordID] = []

    var isEmpty: Bool { begun.isEmpty && ended.isEmpty }
}

// The loans that the lender wants to hear changes of.
extension Outbox {
    /// Notes what to watch and what not any more, all or nothing. What is so already stays.
    func change(
        watch: [OpaqueReference], unwatch: [OpaqueReference], now: Instant, newID: () -> RecordID
    ) throws(Problem) {
        try transaction {
            for loan in watch { try begin(loan, now, newID()) }
            for loan in unwatch { try end(loan, now) }
        }
    }

    private func begin(_ loan: OpaqueReference, _ now: Instant, _ id: RecordID) throws {
        let hash = hash(of: loan)
        // A refusal is over with the wish to try again.
        try connection.run(
            "UPDATE watch SET state = 5, changed_at = ?2 WHERE loan = ?1 AND state = 4",
            [.blob(hash.bytes), .integer(now.milliseconds)])
        let sealed = key.sealing.seal(Array(loan.text.utf8), context: Self.context("watch", id))
        try connection.run(
            """
            INSERT INTO watch (watch_id, loan, state, changed_at, sealed) VALUES (?1, ?2, 1, ?3, ?4)
            ON CONFLICT DO NOTHING
            """, [.blob(id.bytes), .blob(hash.bytes), .integer(now.milliseconds), .blob(sealed)])
    }

    private func end(_ loan: OpaqueReference, _ now: Instant) throws {
        try connection.run(
            """
            UPDATE watch SET state = CASE state WHEN 4 THEN 5 ELSE 3 END, changed_at = ?2
            WHERE loan = ?1 AND state IN (1, 2, 4)
            """, [.blob(hash(of: loan).bytes), .integer(now.milliseconds)])
    }

    private func hash(of loan: OpaqueReference) -> Bytes32 {
        key.naming.hash(Array("watch|\(loan.text)".utf8))
    }

    func unsentWatches(atMost limit: Int) throws(Problem) -> UnsentWatches {
        try working {
            var unsent = UnsentWatches()
            try connection.run(
                """
                SELECT watch_id, state, sealed FROM watch WHERE state IN (1, 3) ORDER BY changed_at, position LIMIT ?1
                """, [.integer(limit)]
            ) { row in
                let id = try RecordID(stored: row.blob(0))
                guard row.integer(1) == WatchState.starting.rawValue else { return unsent.ended.append(id) }
                let text = String(
                    decoding: try key.sealing.open(row.blob(2), context: Self.context("watch", id)), as: UTF8.self)
                unsent.begun.append(WatchRequest.Loan(watch: id, loanRef: try OpaqueReference(text)))
            }
            return unsent
        }
    }

    /// What the node made of a group. What the lender changed meanwhile stays changed, and is sent with the next one.
    ///
    /// - Parameter isRetried: whether a refusal is left to wait for another try.
    func settle(
        _ sent: UnsentWatches, refused: [WatchOutcome.Refusal], now: Instant,
        isRetried: (WatchOutcome.Refusal) -> Bool
    ) throws(Problem) {
        let codes = Dictionary(refused.map { ($0.watch, $0) }) { first, _ in first }
        try transaction {
            for loan in sent.begun {
                let refusal = codes[loan.watch]
                if let refusal, isRetried(refusal) {
                    // To the end of the queue.
                    try connection.run(
                        "UPDATE watch SET changed_at = ?2 WHERE watch_id = ?1 AND state = 1",
                        [.blob(loan.watch.bytes), .integer(now.milliseconds)])
                    continue
                }
                try connection.run(
                    "UPDATE watch SET state = ?2, refusal = ?3, changed_at = ?4 WHERE watch_id = ?1 AND state = 1",
                    [
                        .blob(loan.watch.bytes),
                        .integer(refusal == nil ? WatchState.watched.rawValue : WatchState.refused.rawValue),
                        refusal.map { .text($0.code.rawValue) } ?? .null, .integer(now.milliseconds),
                    ])
            }
            for id in sent.ended {
                try connection.run(
                    "UPDATE watch SET state = 5, changed_at = ?2 WHERE watch_id = ?1 AND state = 3",
                    [.blob(id.bytes), .integer(now.milliseconds)])
            }
        }
    }

    func watchCounts() throws(Problem) -> [WatchState: Int] {
        try working {
            var counts: [WatchState: Int] = [:]
            try connection.run("SELECT state, count(*) FROM watch GROUP BY state") { row in
                if let state = WatchState(rawValue: row.integer(0)) { counts[state] = Int(row.integer(1)) }
            }
            return counts
        }
    }

    /// Watches that are not over, by their places here.
    func watches(after place: UInt64, atMost limit: Int) throws(Problem) -> (list: [JSON], last: UInt64) {
        try working {
            var (list, last): ([JSON], UInt64) = ([], place)
            try connection.run(
                """
                SELECT position, watch_id, state, sealed, refusal FROM watch
                WHERE position > ?1 AND state <> 5 ORDER BY position LIMIT ?2
                """, [.integer(Int64(place)), .integer(limit)]
            ) { row in
                let id = try RecordID(stored: row.blob(1))
                let loan = try key.sealing.open(row.blob(3), context: Self.context("watch", id))
                last = UInt64(row.integer(0))
                list.append(
                    .object([
                        "watch": .string(id.description), "loanRef": .string(String(decoding: loan, as: UTF8.self)),
                        "state": .optional(WatchState(rawValue: row.integer(2))?.name),
                        "refusal": row.isNull(4) ? nil : .string(row.text(4)),
                    ]))
            }
            return (list, last)
        }
    }

    /// The loan that a watch is about, also after its end: a notice may come late.
    func loanRef(ofWatch id: RecordID) throws -> String? {
        var reference: String?
        try connection.run("SELECT sealed FROM watch WHERE watch_id = ?1", [.blob(id.bytes)]) { row in
            let bytes = try? key.sealing.open(row.blob(0), context: Self.context("watch", id))
            reference = bytes.map { String(decoding: $0, as: UTF8.self) }
        }
        return reference
    }
}
