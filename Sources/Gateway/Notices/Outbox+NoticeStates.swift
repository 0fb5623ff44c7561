internal import Registry
internal import Sodium
internal import SQLite
internal import Vocabulary

/// Where a notice stands on its way to the lender's system.
enum NoticeState: Int64, Sendable, CaseIterable {
    case waiting = 1
    case taken, givenUp

    var name: String { String(describing: self) }
}

/// A notice to be sent now.
struct DueNotice: Sendable {
    let sequence: UInt64
    let attempts: Int
    let document: JSON
}

// What became of notices on their way to the lender's system.
extension Outbox {
    /// The next notice to send: notices about one matter go out in their order, each after the one before was taken.
    ///
    /// One that does not open is given up on the way: it would keep all others back.
    ///
    /// - Returns: it, or when the next one is due; both `nil` where none waits.
    func dueNotice(now: Instant) throws(Problem) -> (notice: DueNotice?, next: Instant?) {
        while true {
            let (notice, next, damaged) = try nextNotice(now: now)
            guard let damaged else { return (notice, next) }
            try transaction {
                try connection.run("UPDATE notice SET state = 3 WHERE sequence = ?1", [.integer(damaged)])
            }
        }
    }

    private func nextNotice(now: Instant) throws(Problem) -> (notice: DueNotice?, next: Instant?, damaged: Int64?) {
        try working {
            var found: (notice: DueNotice?, next: Instant?, damaged: Int64?) = (nil, nil, nil)
            try connection.run(
                """
                SELECT sequence, attempts, next_at, sealed FROM notice WHERE state = 1 AND NOT EXISTS (
                    SELECT 1 FROM notice AS earlier WHERE earlier.state = 1 AND earlier.about = notice.about
                    AND earlier.sequence < notice.sequence
                ) ORDER BY next_at > ?1, CASE WHEN next_at > ?1 THEN next_at ELSE sequence END LIMIT 1
                """, [.integer(now.milliseconds)]
            ) { row in
                let sequence = UInt64(row.integer(0))
                guard row.integer(2) <= now.milliseconds else {
                    found.next = Instant(milliseconds: row.integer(2))
                    return
                }
                let context = Self.noticeContext("notice", sequence)
                guard let bytes = try? key.sealing.open(row.blob(3), context: context),
                    let document = try? JSON(parsing: bytes)
                else { return found.damaged = row.integer(0) }
                found.notice = DueNotice(
                    sequence: sequence, attempts: Int(row.integer(1)), document: document)
            }
            return found
        }
    }

    /// - Returns: whether it waited or had been given up; `false` where it was taken before.
    /// - Throws: `unknownRecord` for a number that never came.
    @discardableResult
    func taken(_ sequence: UInt64, now: Instant) throws(Problem) -> Bool {
        try transaction {
            try connection.run(
                "UPDATE notice SET state = 2, taken_at = ?2 WHERE sequence = ?1 AND state <> 2",
                [.integer(Int64(sequence)), .integer(now.milliseconds)])
            if connection.changes == 1 { return true }
            let count = try connection.integer(
                "SELECT count(*) FROM notice WHERE sequence = ?1", [.integer(Int64(sequence))])
            guard count == 1 else { throw Self.unknownNotice }
            return false
        }
    }

    func postpone(_ sequence: UInt64, until: Instant) throws(Problem) {
        try working {
            try connection.run(
                "UPDATE notice SET attempts = attempts + 1, next_at = ?2 WHERE sequence = ?1 AND state = 1",
                [.integer(Int64(sequence)), .integer(until.milliseconds)])
        }
    }

    /// Gives up what was received before an instant and refused at least once since. - Returns: how many.
    func giveUp(receivedBefore instant: Instant) throws(Problem) -> Int {
        try working {
            try connection.run(
                "UPDATE notice SET state = 3 WHERE state = 1 AND attempts > 0 AND received_at < ?1",
                [.integer(instant.milliseconds)])
            return connection.changes
        }
    }

    func noticeCounts() throws(Problem) -> [NoticeState: Int] {
        try working {
            var counts: [NoticeState: Int] = [:]
            try connection.run("SELECT state, count(*) FROM notice GROUP BY state") { row in
                if let state = NoticeState(rawValue: row.integer(0)) { counts[state] = Int(row.integer(1)) }
            }
            return counts
        }
    }

    /// Notices after a sequence number, each with its state; the next one's number for more.
    func notices(
        after sequence: UInt64, in state: NoticeState?, atMost limit: Int
    ) throws(Problem) -> [JSON] {
        try working {
            var notices: [JSON] = []
            try connection.run(
                """
                SELECT sequence, state, sealed FROM notice WHERE sequence > ?1 AND (?2 = 0 OR state = ?2)
                ORDER BY sequence LIMIT ?3
                """, [.integer(Int64(sequence)), .integer(state?.rawValue ?? 0), .integer(limit)]
            ) { row in
                let bytes = try key.sealing.open(
                    row.blob(2), context: Self.noticeContext("notice", UInt64(row.integer(0))))
                let name = NoticeState(rawValue: row.integer(1))?.name
                let document = try JSON(parsing: bytes)
                let state = JSON.Member("state", name.map { .string($0) } ?? .null)
                notices.append(.object((document.members ?? []) + [state]))
            }
            return notices
        }
    }

    /// The file of one notice: itself, and the node's signed list that it came in.
    func noticeFile(_ sequence: UInt64) throws(Problem) -> JSON {
        guard sequence > 0, sequence <= UInt64(Int64.max),
            let notice = try notices(after: sequence - 1, in: nil, atMost: 1).first,
            notice["sequence"]?.integer == Int64(sequence)
        else { throw Self.unknownNotice }
        let envelope = try working {
            var envelope: JSON?
            try connection.run(
                """
                SELECT cursor, notice_page.sealed FROM notice JOIN notice_page ON page = cursor WHERE sequence = ?1
                """, [.integer(Int64(sequence))]
            ) { row in
                let context = Self.noticeContext("page", UInt64(row.integer(0)))
                envelope = try JSON(parsing: try key.sealing.open(row.blob(1), context: context))
            }
            return envelope
        }
        return .object(["notice": notice, "envelope": envelope])
    }

    private static let unknownNotice = Problem(.unknownRecord, "This gateway received no notice with this number.")
}
