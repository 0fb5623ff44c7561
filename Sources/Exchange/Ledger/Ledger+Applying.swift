internal import Records
package import Vocabulary

extension Ledger {
    /// Adds one entry. The facts were checked when the entry was admitted; what cannot be is a damaged store.
    ///
    /// - Throws: `DecodingFailure.outOfRange` where a number points at nothing or an entry before this one is missing.
    package mutating func apply(_ entry: EntryFacts, logIndex: UInt32) throws(DecodingFailure) {
        guard entry.base == size, Int(logIndex) == entries.count, entries.insert(entry.key).isNew else {
            throw .outOfRange
        }
        entryTimes.append(max(entry.receivedAt, entryTimes.last ?? entry.receivedAt))
        if entry.registryVersion > registryVersion { registryVersions.append((logIndex, entry.registryVersion)) }
        for identifier in entry.newIdentifiers {
            guard identifiers.insert(identifier.index).isNew else { throw .outOfRange }
            identifierRows.append(IdentifierRow(kind: identifier.kind))
        }
        let source = EntrySource(
            member: names.intern(entry.member?.name ?? ""), logIndex: logIndex, receivedAt: entry.receivedAt,
            signedBy: entry.signedBy)
        for record in entry.records {
            guard records.insert(record.key).isNew else { throw .outOfRange }
            contents.append(record.content)
            try apply(record, from: source)
        }
        for notice in entry.notices { try apply(notice, at: entry.receivedAt) }
        try keepRings(of: entry, logIndex: logIndex)
    }

    /// What all records of an entry have in common.
    private struct EntrySource {
        let member: UInt16
        let logIndex: UInt32
        let receivedAt: Instant
        let signedBy: KeyID
    }

    private mutating func apply(_ record: RecordFacts, from source: EntrySource) throws(DecodingFailure) {
        var row = RecordRow(
            eventTime: record.eventTime, logIndex: source.logIndex, caseNumber: 0, kind: .correction)
        switch record.matter {
        case .opensLoan(let loan, let facts, let parties):
            guard loans.insert(loan).isNew else { throw .outOfRange }
            describe(&row, by: facts)
            row.caseNumber = try open(.loan, member: source.member, parties: parties)
            loanCases.append(row.caseNumber)
        case .continuesLoan(let number, let facts):
            guard number < cases.count else { throw .outOfRange }
            describe(&row, by: facts)
            row.caseNumber = number
        case .report(let facts, let parties):
            row.kind = .report
            if let parent = facts.parent { _ = try caseNumber(ofRecord: parent) }
            row.caseNumber = try open(.report, member: source.member, parties: parties)
            state(facts, of: record, in: row.caseNumber, source)
            count(source) { $0.stated += 1 }
        case .marker(let facts, let parties):
            row.kind = .marker
            row.caseNumber = try open(.marker, member: source.member, parties: parties)
            state(facts, of: record, in: row.caseNumber, source)
        case .inquiry(let facts, let parties):
            row.kind = facts.purpose == .application ? .inquiry : .otherInquiry
            row.product = names.intern(facts.product ?? "")
            row.caseNumber = try open(.inquiry, member: source.member, parties: parties)
            try remember(facts, as: row.caseNumber, toldAt: source.receivedAt)
        case .reservation(let facts, let parties):
            row.kind = .reservation
            row.product = names.intern(facts.product ?? "")
            row.amountBand = facts.amountBand
            row.caseNumber = try open(.reservation, member: source.member, parties: parties)
            hold(facts, as: row.caseNumber, source)
        case .reservationChange(let number, let status, let expiresAt):
            row.kind = .reservation
            row.caseNumber = number
            guard number < cases.count, cases[Int(number)].kind == .reservation else { throw .outOfRange }
            reservations[Int(cases[Int(number)].detail)].change(at: source.logIndex) { state in
                (state.status, state.expiresAt) = (status, expiresAt)
            }
        case .watch, .unwatch, .acknowledgement:
            row.kind = .housekeeping
            try keepHouse(record.matter, of: source.member)
        case .amendment, .retraction, .dispute, .disputeOutcome:
            row.caseNumber = try correct(record.matter, from: source)
        }
        add(row)
    }

    private mutating func describe(_ row: inout RecordRow, by facts: LoanFacts) {
        row.kind = RowKind(stage: facts.stage)
        row.product = names.intern(facts.product ?? "")
        (row.amountBand, row.instalmentBand) = (facts.amountBand, facts.instalmentBand)
        (row.balanceBand, row.dueBucket) = (facts.balanceBand, facts.dueBucket)
    }

    private mutating func state(
        _ facts: StatementFacts, of record: RecordFacts, in caseNumber: UInt32, _ source: EntrySource
    ) {
        let state = StatementState(facts: facts, statedAt: record.eventTime, signedBy: source.signedBy)
        statements[caseNumber] = History(state, at: source.logIndex)
    }

    private mutating func count(_ source: EntrySource, of member: UInt16? = nil, _ body: (inout ReportCounts) -> Void) {
        let member = member ?? source.member
        var counts = reportCounts[member] ?? History(ReportCounts(), at: source.logIndex)
        counts.change(at: source.logIndex, body)
        reportCounts[member] = counts
    }

    private mutating func hold(_ facts: ReservationFacts, as caseNumber: UInt32, _ source: EntrySource) {
        cases[Int(caseNumber)].detail = UInt32(reservations.count)
        let state = ReservationState(id: facts.reservation, status: .held, expiresAt: facts.expiresAt)
        reservations.append(History(state, at: source.logIndex))
    }

    private mutating func open(
        _ kind: CaseKind, member: UInt16, parties: [Party]
    ) throws(DecodingFailure) -> UInt32 {
        let number = UInt32(cases.count)
        guard let linkCount = UInt16(exactly: parties.count) else { throw .outOfRange }
        cases.append(CaseRow(firstLink: UInt32(links.count), member: member, linkCount: linkCount, kind: kind))
        casesOfMember[member, default: MemberCases()].add(number, kind)
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
        guard row.kind != .correction, row.kind != .housekeeping else { return }
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
    private mutating func correct(_ matter: Matter, from source: EntrySource) throws(DecodingFailure) -> UInt32 {
        switch matter {
        case .amendment(let record, let facts):
            let caseNumber = try caseNumber(ofRecord: record)
            if let parent = facts.parent { _ = try self.caseNumber(ofRecord: parent) }
            statements[caseNumber]?.change(at: source.logIndex) { $0.facts = facts }
            return caseNumber
        case .retraction(let record):
            let caseNumber = try caseNumber(ofRecord: record)
            // Taken back once is taken back: an earlier view must not see it return.
            rows[Int(record)].retractedAt = min(rows[Int(record)].retractedAt, source.logIndex)
            if [.report, .marker].contains(rows[Int(record)].kind) { withdraw(caseNumber, source) }
            return caseNumber
        case .dispute(let disputed):
            guard let first = disputed.first else { throw .outOfRange }
            for record in disputed {
                let caseNumber = try caseNumber(ofRecord: record)
                statements[caseNumber]?.change(at: source.logIndex) { $0.dispute = .open(since: source.receivedAt) }
            }
            return try caseNumber(ofRecord: first)
        case .disputeOutcome(let record, let upheld):
            let caseNumber = try caseNumber(ofRecord: record)
            if upheld {
                withdraw(caseNumber, source)
            } else {
                statements[caseNumber]?.change(at: source.logIndex) { $0.dispute = .rejected }
            }
            return caseNumber
        case .opensLoan, .continuesLoan, .report, .marker, .inquiry, .reservation, .reservationChange, .watch, .unwatch,
            .acknowledgement:
            preconditionFailure("Only corrections change other records.")
        }
    }

    private mutating func withdraw(_ caseNumber: UInt32, _ source: EntrySource) {
        guard let state = statements[caseNumber]?.current, !state.isWithdrawn else { return }
        statements[caseNumber]?.change(at: source.logIndex) { $0.isWithdrawn = true }
        let row = cases[Int(caseNumber)]
        if row.kind == .report { count(source, of: row.member) { $0.withdrawn += 1 } }
    }

    func caseNumber(ofRecord record: UInt32) throws(DecodingFailure) -> UInt32 {
        guard record < rows.count else { throw .outOfRange }
        return rows[Int(record)].caseNumber
    }
}
