internal import Records
internal import Vocabulary

/// What an entry that is being decided would change, as far as others may have to hear of it.
///
/// The entry is not in the ledger yet, so that numbers of its records and cases run on from the ledger's.
struct EntryChanges {
    /// A new report or marker, as it reads at the end of the entry.
    struct Statement {
        let caseNumber: UInt32
        var facts: StatementFacts
        let parties: [Party]
        let statedAt: Instant
    }

    /// A new event of a loan, or a reservation.
    struct Event {
        let caseNumber: UInt32
        /// `nil` for a reservation.
        let loan: LoanFacts?
        let time: Instant
        let content: LookupKey
        /// `nil` where the case is stored, with its parties.
        let parties: [Party]?
    }

    /// A stored statement that does not stand as it did.
    struct Correction {
        let caseNumber: UInt32
        let change: NoticeFacts.Change
    }

    private(set) var statements: [Statement] = []
    private(set) var events: [Event] = []
    private(set) var corrections: [Correction] = []
    /// Stored statements whose code another one replaces, as they read from now on.
    private(set) var recoded: [(statement: Statement, before: CodeName?)] = []

    private let ledger: Ledger
    private var nextCase: UInt32
    /// Positions in `statements` by record number.
    private var positions: [UInt32: Int] = [:]
    private var retracted: Set<UInt32> = []
    /// The latest of the corrections, by case.
    private var changes: [UInt32: NoticeFacts.Change] = [:]
    /// The parties of the loans that this entry opens, by case.
    private var parties: [UInt32: [Party]] = [:]

    init(_ records: [RecordFacts], after ledger: Ledger) {
        self.ledger = ledger
        nextCase = UInt32(ledger.cases.count)
        for (position, record) in records.enumerated() {
            take(record, number: UInt32(ledger.rows.count + position))
        }
        let dropped = Set(retracted.compactMap { positions[$0] })
        statements = statements.enumerated().filter { position, _ in !dropped.contains(position) }.map(\.element)
        var seen: Set<UInt32> = []
        corrections = corrections.reversed().filter { seen.insert($0.caseNumber).inserted }.reversed()
    }

    private mutating func take(_ record: RecordFacts, number: UInt32) {
        switch record.matter {
        case .opensLoan(_, let facts, let parties):
            self.parties[nextCase] = parties
            add(facts, of: record, caseNumber: nextCase, parties)
            nextCase += 1
        case .continuesLoan(let caseNumber, let facts):
            add(facts, of: record, caseNumber: caseNumber, parties[caseNumber])
        case .reservation(_, let parties):
            add(nil, of: record, caseNumber: nextCase, parties)
            nextCase += 1
        case .report(let facts, let parties), .marker(let facts, let parties):
            positions[number] = statements.count
            statements.append(
                Statement(caseNumber: nextCase, facts: facts, parties: parties, statedAt: record.eventTime))
            nextCase += 1
        case .inquiry: nextCase += 1
        case .amendment(let amended, let facts):
            if let position = positions[amended] { statements[position].facts = facts }
            correct(amended, .amended)
            recode(amended, facts)
        case .retraction(let record):
            retracted.insert(record)
            correct(record, .retracted)
        case .dispute(let records): for record in records { correct(record, .disputed) }
        case .disputeOutcome(let record, _): correct(record, .decided)
        case .reservationChange, .watch, .unwatch, .acknowledgement: break
        }
    }

    private mutating func add(
        _ loan: LoanFacts?, of record: RecordFacts, caseNumber: UInt32, _ parties: [Party]?
    ) {
        events.append(
            Event(
                caseNumber: caseNumber, loan: loan, time: record.eventTime, content: record.content,
                parties: parties))
    }

    private mutating func recode(_ record: UInt32, _ facts: StatementFacts) {
        guard record < ledger.rows.count else { return }
        let row = ledger.rows[Int(record)]
        guard let state = ledger.statements[row.caseNumber]?.current, !state.isWithdrawn,
            facts.body.code != state.code
        else { return }
        let parties = ledger.links(ofCase: row.caseNumber).map {
            Party(identifier: $0.identifier, role: $0.role, subject: $0.subject, subjectRole: $0.subjectRole)
        }
        let statement = Statement(
            caseNumber: row.caseNumber, facts: facts, parties: parties, statedAt: row.eventTime)
        recoded.append((statement, state.code))
    }

    /// Notes a change of a stored statement that stood until now; the last of several counts, a retraction most.
    private mutating func correct(_ record: UInt32, _ change: NoticeFacts.Change) {
        guard record < ledger.rows.count else { return }
        let caseNumber = ledger.rows[Int(record)].caseNumber
        guard let state = ledger.statements[caseNumber]?.current, !state.isWithdrawn else { return }
        guard changes[caseNumber] != .retracted else { return }
        changes[caseNumber] = change
        corrections.append(Correction(caseNumber: caseNumber, change: change))
    }
}

extension RecordBody {
    /// What a report or a marker says of its subjects.
    fileprivate var code: CodeName? {
        switch self {
        case .report(let report): report.code
        case .marker(let marker): marker.code
        case .loanEvent, .amendment, .retraction, .dispute, .disputeOutcome: nil
        }
    }
}
