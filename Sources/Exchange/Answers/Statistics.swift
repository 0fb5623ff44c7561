package import Records
package import Vocabulary

/// How often, and at how many lenders, the person was met in each window (DOMAIN §4, the part of the first answers).
package struct Statistics: Hashable, Sendable {
    /// One line of the table: a stage, counted over the cases met under one kind or over all of the person's cases.
    package struct Line: Hashable, Sendable {
        package let stage: Stage
        /// `nil` for all of the person's identifiers together, an event counted once.
        package let kind: IdentifierKind?
        /// By window, from short to long.
        package var own: [Int]
        package var others: [Int]
        package var otherMembers: [Int]
        package var isUnpublished = false
    }

    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Hard checks for an application.
        case inquiry
        /// Loans asked for: the event `applied`, or the first one told of the loan.
        case application
        case signed
        case disbursed
    }

    package let windows: [Window]
    package private(set) var lines: [Line] = []

    /// - Parameter offersOthers: without it the asker's own events are all there is, and no line tells of others'.
    init(
        _ match: Match, in ledger: Ledger, asker: UInt16?, offersOthers: Bool, policy: Policy, publishedSize: UInt64,
        now: Instant
    ) {
        windows = policy.windows
        let counter = EventCounter(ledger: ledger, policy: policy, now: now)
        let events = match.samePersonCases(as: .borrower)
            .flatMap { counter.events(of: $0.caseNumber, met: $0.own) }.filter { offersOthers || $0.member == asker }
        let kinds = match.hits.reduce(into: KindSet()) { $0.formUnion($1.own) }.kinds.filter { !$0.isComposite }
        for stage in Stage.allCases {
            let ofStage = events.filter { $0.stage == stage }
            guard !ofStage.isEmpty else { continue }
            lines.append(line(stage, nil, ofStage, asker, publishedSize))
            for kind in kinds {
                let ofKind = ofStage.filter { $0.kinds.contains(kind) }
                if !ofKind.isEmpty { lines.append(line(stage, kind, ofKind, asker, publishedSize)) }
            }
        }
    }

    /// The table of an answer that shows nothing.
    static func none(_ windows: [Window]) -> Statistics { Statistics(windows: windows) }

    private init(windows: [Window]) { self.windows = windows }

    package var isEmpty: Bool { lines.isEmpty }

    /// The lines with those of one stage that say the same as one, and what each is counted over: a person met under
    /// six kinds everywhere is told once, not seven times.
    var groupedLines: [(line: Line, over: [IdentifierKind?])] {
        var groups: [(line: Line, over: [IdentifierKind?])] = []
        for line in lines {
            if let index = groups.firstIndex(where: { $0.line.saysTheSame(as: line) }) {
                groups[index].over.append(line.kind)
            } else {
                groups.append((line, [line.kind]))
            }
        }
        return groups
    }

    private func line(
        _ stage: Stage, _ kind: IdentifierKind?, _ events: [CountedEvent], _ asker: UInt16?, _ publishedSize: UInt64
    ) -> Line {
        let none = [Int](repeating: 0, count: windows.count)
        var line = Line(stage: stage, kind: kind, own: none, others: none, otherMembers: none)
        var youngest: [UInt16: Int64] = [:]
        for event in events {
            if UInt64(event.logIndex) >= publishedSize { line.isUnpublished = true }
            let isOwn = event.member == asker
            for index in windows.indices where event.age <= windows[index].milliseconds {
                if isOwn { line.own[index] += 1 } else { line.others[index] += 1 }
            }
            if !isOwn { youngest[event.member] = min(youngest[event.member] ?? .max, event.age) }
        }
        for age in youngest.values {
            for index in windows.indices where age <= windows[index].milliseconds { line.otherMembers[index] += 1 }
        }
        return line
    }
}

extension Statistics.Line {
    fileprivate func saysTheSame(as other: Self) -> Bool {
        stage == other.stage && own == other.own && others == other.others && otherMembers == other.otherMembers
            && isUnpublished == other.isUnpublished
    }
}

/// One event that statistics count.
struct CountedEvent {
    let stage: Statistics.Stage
    let member: UInt16
    let kinds: KindSet
    /// In milliseconds; an event that is a little ahead of now has none.
    let age: Int64
    let logIndex: UInt32
}

/// Takes the events that count out of a case.
struct EventCounter {
    let ledger: Ledger
    let policy: Policy
    let now: Instant

    func events(of caseNumber: UInt32, met own: KindSet) -> [CountedEvent] {
        let row = ledger.cases[Int(caseNumber)]
        switch row.kind {
        case .inquiry:
            let event = ledger.rows[Int(row.firstRow - 1)]
            guard event.kind == .inquiry else { return [] }
            return counted(event, as: .inquiry, row, own).map { [$0] } ?? []
        case .loan: return loanEvents(of: row, own)
        case .report, .marker: return []
        }
    }

    private func loanEvents(of row: CaseRow, _ kinds: KindSet) -> [CountedEvent] {
        let events = ledger.events(of: row).filter { !$0.isRetracted }
        // The earliest in time, so that late arrivals end in the same place whatever order they come in.
        let asked = events.filter { $0.kind.stage == LoanStage.applied.rawValue }
        let application = (asked.isEmpty ? events : asked).min { $0.isBefore($1) }
        var counted: [CountedEvent] = []
        for event in events {
            if event.kind.stage == LoanStage.signed.rawValue {
                counted += self.counted(event, as: .signed, row, kinds).map { [$0] } ?? []
            } else if event.kind.stage == LoanStage.disbursed.rawValue {
                counted += self.counted(event, as: .disbursed, row, kinds).map { [$0] } ?? []
            }
        }
        guard let application else { return [] }
        return counted + (self.counted(application, as: .application, row, kinds).map { [$0] } ?? [])
    }

    private func counted(
        _ event: RecordRow, as stage: Statistics.Stage, _ row: CaseRow, _ kinds: KindSet
    ) -> CountedEvent? {
        let expiry = stage == .inquiry
            ? Retention.expiryOfInquiry(at: event.eventTime, policy: policy)
            : Retention.expiryOfLoanEvent(at: event.eventTime, policy: policy)
        guard !event.isRetracted, !expiry.isOver(at: now) else { return nil }
        let age = max(0, now.milliseconds - event.eventTime.milliseconds)
        return CountedEvent(stage: stage, member: row.member, kinds: kinds, age: age, logIndex: event.logIndex)
    }
}

extension Ledger {
    /// A case's events in order of arrival.
    func events(of row: CaseRow) -> [RecordRow] {
        var events: [RecordRow] = []
        var next = row.firstRow
        while next != 0 {
            let event = rows[Int(next - 1)]
            events.append(event)
            next = event.next
        }
        return events
    }

    /// The case's latest event that was not taken back; of two at the same time, the later stage.
    func latestEvent(of row: CaseRow) -> RecordRow? {
        events(of: row).filter { !$0.isRetracted }.max { $0.isBefore($1) }
    }
}

extension RecordRow {
    /// By time, then by stage.
    fileprivate func isBefore(_ other: RecordRow) -> Bool {
        (eventTime, kind.rawValue) < (other.eventTime, other.kind.rawValue)
    }
}

extension Window {
    fileprivate var milliseconds: Int64 { seconds * 1000 }
}
