internal import Records
package import Vocabulary

/// The node's facts in memory: what every look-up and every answer is made from.
///
/// A projection of the stored entries: `apply` in log order from an empty ledger gives the same value again. Numbers
/// are dense and in order of arrival; what is found by a random 128-bit key is found through `DenseIndex`. Records of
/// one loan hang on one case, so that later stages add an event and no links.
package struct Ledger: Sendable {
    package private(set) var entries = DenseIndex()
    package private(set) var entryLogIndex: [UInt32] = []
    package private(set) var records = DenseIndex()
    package private(set) var rows: [RecordRow] = []
    package private(set) var contents: [LookupKey] = []
    package private(set) var loans = DenseIndex()
    package private(set) var loanCases: [UInt32] = []
    package private(set) var cases: [CaseRow] = []
    package private(set) var identifiers = DenseIndex()
    package private(set) var identifierRows: [IdentifierRow] = []
    package private(set) var links: [LinkRow] = []
    /// Reports and markers, by case.
    package private(set) var statements: [UInt32: StatementState] = [:]
    package private(set) var names = NameTable()
    package private(set) var reportCounts: [UInt16: ReportCounts] = [:]
    /// The newest registry version that the log has.
    package private(set) var registryVersion: UInt32 = 0

    package init() {}

    package var size: LedgerSize {
        LedgerSize(
            entries: UInt32(entries.count), identifiers: UInt32(identifiers.count), records: UInt32(rows.count),
            cases: UInt32(cases.count))
    }
}

/// One record: its event, the case it belongs to, the next event of that case.
package struct RecordRow: Hashable, Sendable {
    package var eventTime: Instant
    package var logIndex: UInt32
    package var caseNumber: UInt32
    /// Row number + 1 of the case's next event in order of arrival, or 0.
    package var next: UInt32
    package var kind: RowKind
    package var isRetracted: Bool
    package var product: UInt16
    package var amountBand: UInt8
}

/// What a row stands for. Stages of a loan keep their own numbers below 64.
package struct RowKind: Hashable, Sendable {
    package let rawValue: UInt8

    package init(stage: UInt8) { rawValue = stage }
    private init(_ rawValue: UInt8) { self.rawValue = rawValue }

    package static let inquiry = RowKind(64)
    package static let report = RowKind(65)
    package static let marker = RowKind(66)
    /// Amendments, retractions, disputes and outcomes: they change another record and count nowhere themselves.
    package static let correction = RowKind(67)
    /// A hard check for anything but an application: on record, in nobody's statistics.
    package static let otherInquiry = RowKind(68)

    package var stage: UInt8? { rawValue < 64 ? rawValue : nil }
    package var isInquiry: Bool { self == .inquiry || self == .otherInquiry }
}

/// A loan, a report, a marker or an inquiry: what links identifiers with each other.
package struct CaseRow: Hashable, Sendable {
    package var member: UInt16
    package var kind: CaseKind
    package var firstLink: UInt32
    package var linkCount: UInt16
    /// Row number + 1 of the first and the latest event.
    package var firstRow: UInt32
    package var lastRow: UInt32
    package var eventCount: UInt16 = 0

    /// What one case may hold: a loan's life has room, and a check that meets it stays cheap.
    package static let eventLimit = 1000
}

package enum CaseKind: UInt8, Hashable, Sendable {
    case loan, report, marker, inquiry

    package var chain: LinkChain {
        switch self {
        case .report, .marker: .statements
        case .loan: .loans
        case .inquiry: .inquiries
        }
    }
}

/// An identifier's links are kept apart by what they lead to, so that nobody can bury a report under inquiries. In the
/// order in which a search follows them, each with a budget of its own.
package enum LinkChain: UInt8, Hashable, Sendable, CaseIterable {
    case statements, loans, inquiries
}

/// One identifier: how often it stands in cases, and its newest links.
package struct IdentifierRow: Hashable, Sendable {
    package var kind: IdentifierKind
    package var linkCount: UInt32 = 0
    private var newestStatement: UInt32 = 0
    private var newestLoan: UInt32 = 0
    private var newestInquiry: UInt32 = 0

    package init(kind: IdentifierKind) { self.kind = kind }

    /// Link number + 1 of the newest link of a chain, or 0.
    package subscript(chain: LinkChain) -> UInt32 {
        get {
            switch chain {
            case .statements: newestStatement
            case .loans: newestLoan
            case .inquiries: newestInquiry
            }
        }
        set {
            switch chain {
            case .statements: newestStatement = newValue
            case .loans: newestLoan = newValue
            case .inquiries: newestInquiry = newValue
            }
        }
    }
}

/// One identifier in one case, chained to the identifier's older links.
package struct LinkRow: Hashable, Sendable {
    package var identifier: UInt32
    package var caseNumber: UInt32
    /// Link number + 1 of the identifier's previous link in the same chain, or 0.
    package var older: UInt32
    package var role: IdentifierRole
    package var subject: UInt8
    package var subjectRole: SubjectRole
}

/// A report or a marker as it stands now, after amendments, disputes and their outcomes.
package struct StatementState: Hashable, Sendable {
    package var facts: StatementFacts
    package var statedAt: Instant
    /// The key that signed the statement.
    package var signedBy: KeyID
    package var isWithdrawn = false
    package var dispute: DisputeState = .none
}

/// How many reports a member has stated, and how many of them were withdrawn or decided against it.
package struct ReportCounts: Hashable, Sendable {
    package var stated = 0
    package var withdrawn = 0
}

package enum DisputeState: Hashable, Sendable {
    case none
    case open(since: Instant)
    case rejected
}

/// Short names (members, products) as small numbers; 0 is "none".
package struct NameTable: Hashable, Sendable {
    private var names: [String] = [""]
    private var numbers: [String: UInt16] = ["": 0]

    package func name(_ number: UInt16) -> String { names[Int(number)] }
    package func number(of name: String) -> UInt16? { numbers[name] }

    package mutating func intern(_ name: String) -> UInt16 {
        if let known = numbers[name] { return known }
        precondition(names.count < Int(UInt16.max), "Names come from the registry's closed lists.")
        let number = UInt16(names.count)
        names.append(name)
        numbers[name] = number
        return number
    }
}

extension Ledger {
    /// Adds one entry. The facts were checked when the entry was admitted; what cannot be is a damaged store.
    ///
    /// - Throws: `DecodingFailure.outOfRange` where a number points at nothing or an entry before this one is missing.
    package mutating func apply(_ entry: EntryFacts, logIndex: UInt32) throws(DecodingFailure) {
        guard entry.base == size else { throw .outOfRange }
        guard entries.insert(entry.key).isNew else { throw .outOfRange }
        entryLogIndex.append(logIndex)
        registryVersion = max(registryVersion, entry.registryVersion)
        for identifier in entry.newIdentifiers {
            guard identifiers.insert(identifier.index).isNew else { throw .outOfRange }
            identifierRows.append(IdentifierRow(kind: identifier.kind))
        }
        let member = names.intern(entry.member?.name ?? "")
        for record in entry.records {
            guard records.insert(record.key).isNew else { throw .outOfRange }
            contents.append(record.content)
            try apply(record, of: entry, member: member, logIndex: logIndex)
        }
    }

    private mutating func apply(
        _ record: RecordFacts, of entry: EntryFacts, member: UInt16, logIndex: UInt32
    ) throws(DecodingFailure) {
        var row = RecordRow(
            eventTime: record.eventTime, logIndex: logIndex, caseNumber: 0, next: 0, kind: .correction,
            isRetracted: false, product: 0, amountBand: 255)
        switch record.matter {
        case .opensLoan(let loan, let facts, let parties):
            guard loans.insert(loan).isNew else { throw .outOfRange }
            describe(&row, by: facts)
            row.caseNumber = try open(.loan, member: member, parties: parties)
            loanCases.append(row.caseNumber)
        case .continuesLoan(let number, let facts):
            guard number < cases.count else { throw .outOfRange }
            describe(&row, by: facts)
            row.caseNumber = number
        case .report(let facts, let parties):
            row.kind = .report
            if let parent = facts.parent { _ = try caseNumber(ofRecord: parent) }
            row.caseNumber = try open(.report, member: member, parties: parties)
            statements[row.caseNumber] = StatementState(
                facts: facts, statedAt: record.eventTime, signedBy: entry.signedBy)
            reportCounts[member, default: ReportCounts()].stated += 1
        case .marker(let facts, let parties):
            row.kind = .marker
            row.caseNumber = try open(.marker, member: member, parties: parties)
            statements[row.caseNumber] = StatementState(
                facts: facts, statedAt: record.eventTime, signedBy: entry.signedBy)
        case .inquiry(let purpose, let product, let parties):
            row.kind = purpose == .application ? .inquiry : .otherInquiry
            row.product = names.intern(product ?? "")
            row.caseNumber = try open(.inquiry, member: member, parties: parties)
        case .amendment, .retraction, .dispute, .disputeOutcome:
            row.caseNumber = try correct(record.matter, at: entry.receivedAt)
        }
        add(row)
    }

    private mutating func describe(_ row: inout RecordRow, by facts: LoanFacts) {
        row.kind = RowKind(stage: facts.stage)
        row.product = names.intern(facts.product ?? "")
        row.amountBand = facts.amountBand
    }

    private mutating func open(
        _ kind: CaseKind, member: UInt16, parties: [Party]
    ) throws(DecodingFailure) -> UInt32 {
        let number = UInt32(cases.count)
        guard let linkCount = UInt16(exactly: parties.count) else { throw .outOfRange }
        cases.append(
            CaseRow(
                member: member, kind: kind, firstLink: UInt32(links.count), linkCount: linkCount,
                firstRow: 0, lastRow: 0))
        for party in parties {
            let identifier = Int(party.identifier)
            guard identifier < identifierRows.count else { throw .outOfRange }
            links.append(
                LinkRow(
                    identifier: party.identifier, caseNumber: number, older: identifierRows[identifier][kind.chain],
                    role: party.role, subject: party.subject, subjectRole: party.subjectRole))
            identifierRows[identifier][kind.chain] = UInt32(links.count)
            identifierRows[identifier].linkCount += 1
        }
        return number
    }

    private mutating func add(_ row: RecordRow) {
        rows.append(row)
        guard row.kind != .correction else { return }
        let number = UInt32(rows.count)
        let caseNumber = Int(row.caseNumber)
        if cases[caseNumber].firstRow == 0 {
            cases[caseNumber].firstRow = number
        } else {
            rows[Int(cases[caseNumber].lastRow - 1)].next = number
        }
        cases[caseNumber].lastRow = number
        cases[caseNumber].eventCount &+= 1
    }

    /// Changes the state of the record that a correction names, and returns its case.
    private mutating func correct(_ matter: Matter, at receivedAt: Instant) throws(DecodingFailure) -> UInt32 {
        switch matter {
        case .amendment(let record, let facts):
            let caseNumber = try caseNumber(ofRecord: record)
            if let parent = facts.parent { _ = try self.caseNumber(ofRecord: parent) }
            statements[caseNumber]?.facts = facts
            return caseNumber
        case .retraction(let record):
            let caseNumber = try caseNumber(ofRecord: record)
            rows[Int(record)].isRetracted = true
            if [.report, .marker].contains(rows[Int(record)].kind) { withdraw(caseNumber) }
            return caseNumber
        case .dispute(let disputed):
            guard let first = disputed.first else { throw .outOfRange }
            for record in disputed { statements[try caseNumber(ofRecord: record)]?.dispute = .open(since: receivedAt) }
            return try caseNumber(ofRecord: first)
        case .disputeOutcome(let record, let upheld):
            let caseNumber = try caseNumber(ofRecord: record)
            if upheld { withdraw(caseNumber) } else { statements[caseNumber]?.dispute = .rejected }
            return caseNumber
        case .opensLoan, .continuesLoan, .report, .marker, .inquiry:
            preconditionFailure("Only corrections change other records.")
        }
    }

    private mutating func withdraw(_ caseNumber: UInt32) {
        guard let state = statements[caseNumber], !state.isWithdrawn else { return }
        statements[caseNumber]?.isWithdrawn = true
        let row = cases[Int(caseNumber)]
        if row.kind == .report { reportCounts[row.member, default: ReportCounts()].withdrawn += 1 }
    }

    private func caseNumber(ofRecord record: UInt32) throws(DecodingFailure) -> UInt32 {
        guard record < rows.count else { throw .outOfRange }
        return rows[Int(record)].caseNumber
    }
}
