internal import Records
internal import Vocabulary

/// The ledger as it was when the log held a given number of entries: what an answer is made from.
///
/// The whole ledger for an ordinary answer; for a past instant what had been received by then, or, for a back-test over
/// a book furnished later, what had happened by then.
struct LedgerView: Sendable {
    /// A ledger is some forty arrays, and a view is copied with whatever looks through it: it is lent, not copied.
    private final class Shared: Sendable {
        let ledger: Ledger

        init(_ ledger: Ledger) { self.ledger = ledger }
    }

    private let shared: Shared
    var ledger: Ledger { _read { yield shared.ledger } }
    /// Entries at or after this log index are not there.
    let size: UInt32
    /// Events and statements dated later are not there.
    let latestEvent: Instant

    init(_ ledger: Ledger, size: UInt32? = nil, latestEvent: Instant = Instant(milliseconds: .max)) {
        (shared, self.latestEvent) = (Shared(ledger), latestEvent)
        self.size = size ?? UInt32(ledger.entries.count)
    }

    func isThere(_ row: RecordRow) -> Bool { row.logIndex < size && row.eventTime <= latestEvent }

    func isRetracted(_ row: RecordRow) -> Bool { row.retractedAt < size }

    /// Whether any of the case is there: a case comes with its first record.
    func isThere(_ row: CaseRow) -> Bool {
        row.firstRow != 0 && ledger.rows[Int(row.firstRow - 1)].logIndex < size
    }

    /// A case's events that are there and were not taken back, in order of arrival.
    func events(of row: CaseRow, _ visit: (RecordRow, UInt32) -> Void) {
        var next = row.firstRow
        while next != 0 {
            let event = ledger.rows[Int(next - 1)]
            if event.logIndex >= size { return }
            if event.eventTime <= latestEvent, event.retractedAt >= size { visit(event, next - 1) }
            next = event.next
        }
    }

    /// The case's latest event; of two at the same time, the later stage.
    func latestEvent(of row: CaseRow) -> RecordRow? {
        var latest: (row: RecordRow, number: UInt32)?
        events(of: row) { event, number in
            if let held = latest, !isBefore(held, (event, number)) { return }
            latest = (event, number)
        }
        return latest?.row
    }

    /// The order of events (time, stage, content), which does not depend on when they arrived.
    func isBefore(_ left: (row: RecordRow, number: UInt32), _ right: (row: RecordRow, number: UInt32)) -> Bool {
        if left.row.eventTime != right.row.eventTime { return left.row.eventTime < right.row.eventTime }
        if left.row.kind != right.row.kind { return left.row.kind.rawValue < right.row.kind.rawValue }
        let contents = (ledger.contents[Int(left.number)], ledger.contents[Int(right.number)])
        return (contents.0.high, contents.0.low) < (contents.1.high, contents.1.low)
    }

    /// The statement of a report or a marker as it stood.
    func statement(of caseNumber: UInt32) -> StatementState? {
        guard let state = ledger.statements[caseNumber]?.value(at: size), state.statedAt <= latestEvent else {
            return nil
        }
        return state
    }

    func reportCounts(of member: UInt16) -> ReportCounts {
        ledger.reportCounts[member]?.value(at: size) ?? ReportCounts()
    }

    func reservation(of row: CaseRow) -> ReservationState? {
        ledger.reservations[Int(row.detail)].value(at: size)
    }

    /// Visits an identifier's links of one chain, the newest first. - Returns: whether the budget reached to the end.
    func follow(
        _ chain: LinkChain, of identifier: UInt32, budget: inout Int, _ visit: (LinkRow) -> Void
    ) -> Bool {
        var next = ledger.identifierRows[Int(identifier)][chain]
        while next != 0 {
            let link = ledger.links[Int(next - 1)]
            next = link.older
            guard isThere(ledger.cases[Int(link.caseNumber)]) else { continue }
            guard budget > 0 else { return false }
            budget -= 1
            visit(link)
        }
        return true
    }
}
