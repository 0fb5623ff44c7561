internal import ExchangeClient
internal import Records
internal import Registry
internal import Sodium
internal import SQLite
internal import Vocabulary

/// How far the node's feed was read.
struct FeedPosition: Equatable, Sendable {
    var cursor: UInt64
    var acknowledged: UInt64
    /// Sequence numbers that the node left out.
    var missing: UInt64
}

// The node's feed: what came in.
extension Outbox {
    func feedPosition() throws(Problem) -> FeedPosition { try working { try position() } }

    private func position() throws -> FeedPosition {
        var position = FeedPosition(cursor: 0, acknowledged: 0, missing: 0)
        try connection.run("SELECT cursor, acknowledged, missing FROM feed WHERE id = 1") { row in
            position = FeedPosition(
                cursor: UInt64(row.integer(0)), acknowledged: UInt64(row.integer(1)), missing: UInt64(row.integer(2)))
        }
        return position
    }

    /// Makes a verified list and its notices durable, and the cursor with them: a crash asks for the whole list again
    /// or for none of it.
    ///
    /// - Returns: how many sequence numbers were left out of it.
    @discardableResult
    func take(_ page: VerifiedNotices, now: Instant) throws(Problem) -> UInt64 {
        try transaction {
            var position = try position()
            guard position.cursor == page.after else { return 0 }
            if !page.notices.isEmpty { try insert(page, now: now) }
            let missing = page.cursor - page.after - UInt64(page.notices.count)
            position.missing += missing
            try connection.run(
                "UPDATE feed SET cursor = ?1, missing = ?2 WHERE id = 1",
                [.integer(Int64(page.cursor)), .integer(Int64(position.missing))])
            return missing
        }
    }

    private func insert(_ page: VerifiedNotices, now: Instant) throws {
        let envelope = key.sealing.seal(page.envelope.json.bytes, context: Self.noticeContext("page", page.cursor))
        try connection.run(
            "INSERT INTO notice_page (cursor, received_at, sealed) VALUES (?1, ?2, ?3)",
            [.integer(Int64(page.cursor)), .integer(now.milliseconds), .blob(envelope)])
        var underWay: [RecordID: String]?
        for notice in page.notices {
            let reference = try reference(of: notice.about, &underWay)
            let document = NoticeDocument(notice, in: page, reference: reference, receivedAt: now)
            let about = key.naming.hash(Array("about|\(notice.about.name)|".utf8) + notice.about.id.bytes)
            let sealed = key.sealing.seal(
                document.json.bytes, context: Self.noticeContext("notice", notice.sequence))
            try connection.run(
                """
                INSERT INTO notice (
                    sequence, page, received_at, is_correction, about, state, attempts, next_at, sealed
                ) VALUES (?1, ?2, ?3, ?4, ?5, 1, 0, 0, ?6)
                """,
                [
                    .integer(Int64(notice.sequence)), .integer(Int64(page.cursor)), .integer(now.milliseconds),
                    .integer(document.isCorrection ? 1 : 0), .blob(about.bytes), .blob(sealed),
                ])
        }
    }

    /// The lender's own name of what a notice is about.
    ///
    /// - Parameter underWay: the checks of jobs that wait for their answers, read once where one is needed.
    private func reference(
        of matter: VerifiedNotice.Matter, _ underWay: inout [RecordID: String]?
    ) throws -> String? {
        switch matter {
        case .check(let id):
            if let known = try applicationRef(ofCheck: id) ?? applicationRef(ofJobsCheck: id) { return known }
            let checks = try underWay ?? checksUnderWay()
            underWay = checks
            return checks[id]
        case .reservation(let id): return try applicationRef(ofReservation: id)
        case .watch(let id): return try loanRef(ofWatch: id)
        }
    }

    private func applicationRef(ofJobsCheck id: RecordID) throws -> String? {
        var reference: String?
        try connection.run("SELECT job_id, row, sealed FROM job_row WHERE check_id = ?1 LIMIT 1", [.blob(id.bytes)]) {
            let place = JobStore.rowPlace(try RecordID(stored: $0.blob(0)), Int($0.integer(1)))
            guard let bytes = try? key.sealing.open($0.blob(2), context: place.context) else { return }
            // The row's own word on its check counts, not the column beside it.
            guard let note = try? JobNote(stored: JSON(parsing: bytes)), note.check == id.description else { return }
            reference = note.applicationRef
        }
        return reference
    }

    /// Checks that were signed and perhaps taken by the node, with no answer stored here yet.
    private func checksUnderWay() throws -> [RecordID: String] {
        var references: [RecordID: String] = [:]
        try connection.run("SELECT job_id, first_row, rows FROM job_group WHERE state = 2") { row in
            let place = JobStore.groupPlace(try RecordID(stored: row.blob(0)), Int(row.integer(1)))
            guard let bytes = try? key.sealing.open(row.blob(2), context: place.context) else { return }
            for line in (try? JSON(parsing: bytes))?.array ?? [] {
                guard let id = line["document"]?["check"]?.string.flatMap({ try? RecordID($0) }) else { continue }
                references[id] = line["document"]?["applicationRef"]?.string
            }
        }
        return references
    }

    /// The application that a check was asked for, by the signed question that is kept with its answer.
    private func applicationRef(ofCheck id: RecordID) throws -> String? {
        var reference: String?
        try connection.run("SELECT sealed FROM answer WHERE check_id = ?1", [.blob(id.bytes)]) { row in
            guard let bytes = try? key.sealing.open(row.blob(0), context: Self.context("answer", id)),
                let request = (try? JSON(parsing: bytes))?["request"]?["envelope"]?["payload"]?.string,
                let payload = try? Base64.decode(request)
            else { return }
            reference = (try? JSON(parsing: payload))?["applicationRef"]?.string
        }
        return reference
    }

    // Acknowledging.

    /// Up to where the feed may be acknowledged.
    ///
    /// - Parameter whenTaken: not beyond a correction that the lender's system has not taken yet.
    func acknowledgeable(whenTaken: Bool) throws(Problem) -> FeedPosition {
        try working {
            var position = try position()
            let first = try connection.integer(
                "SELECT min(sequence) FROM notice WHERE is_correction = 1 AND state <> 2")
            if whenTaken, let first, first > 0 { position.cursor = min(position.cursor, UInt64(first) - 1) }
            return position
        }
    }

    func acknowledged(upTo cursor: UInt64) throws(Problem) {
        try working {
            try connection.run(
                "UPDATE feed SET acknowledged = max(acknowledged, ?1) WHERE id = 1 AND cursor >= ?1",
                [.integer(Int64(cursor))])
        }
    }

    static func noticeContext(_ place: String, _ number: UInt64) -> [UInt8] {
        Array("counterfoil/gateway/\(place)/v1|\(number)".utf8)
    }
}
