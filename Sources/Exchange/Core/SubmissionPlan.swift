internal import Records
internal import Sodium
internal import Vocabulary

/// One submission being decided: what it would add to the ledger, record by record, before any of it is added.
///
/// Numbers run on from the ledger's, so that a later record can refer to an earlier one of the same submission.
struct SubmissionPlan {
    let ledger: Ledger
    let references: SignalReferences
    let policy: Policy
    let now: Instant

    private(set) var records: [RecordFacts] = []
    private(set) var newIdentifiers: [NewIdentifier] = []
    private(set) var newTokens: [UInt8] = []
    private(set) var knownAt: [UInt32?] = []
    private var identifierNumbers: [LookupKey: UInt32] = [:]
    private var recordNumbers: [LookupKey: UInt32] = [:]
    private var loanCases: [LookupKey: UInt32] = [:]
    /// What earlier records of this submission amend, as it reads from then on.
    private var amended: [UInt32: StatementFacts] = [:]
    private var newCases: UInt32 = 0
    /// Later events planned for a loan, by its case.
    private var plannedEvents: [UInt32: Int] = [:]

    init(ledger: Ledger, references: SignalReferences, policy: Policy, now: Instant) {
        (self.ledger, self.references, self.policy, self.now) = (ledger, references, policy, now)
    }

    /// The log index of the same record furnished before; `nil` for a new one.
    ///
    /// - Throws: `recordConflict` where the id was used for other content.
    func known(_ record: VerifiedRecord) throws(Problem) -> UInt32? {
        guard let number = ledger.records.number(of: record.key) else { return nil }
        let parties = record.record.parties { ledger.identifiers.number(of: $0.index) ?? .max }
        guard ledger.contents[Int(number)] == content(of: record, parties) else {
            throw Problem(
                .recordConflict, "This record id was used for another record.",
                hint: "Furnish it under a new id, or amend the earlier one.", path: "\(record.path).recordID")
        }
        return ledger.rows[Int(number)].logIndex
    }

    mutating func note(knownAt logIndex: UInt32) { knownAt.append(logIndex) }

    mutating func add(_ record: VerifiedRecord, of member: MemberID) throws(Problem) {
        if let refusal = record.refusal { throw refusal }
        let parties = record.record.parties { number(of: $0) }
        let matter = try matter(of: record, parties: parties, member: member)
        append(
            RecordFacts(
                key: record.key, content: content(of: record, parties), eventTime: record.record.eventTime,
                matter: matter))
        knownAt.append(nil)
    }

    /// Whether the check was put before, under whatever salts.
    ///
    /// - Throws: `recordConflict` where the id was used for something else: nobody asks unrecorded under an old id.
    func isKnown(_ check: VerifiedCheck) throws(Problem) -> Bool {
        guard let number = ledger.records.number(of: check.key) else { return false }
        let parties = check.check.subject.parties(subject: 0) { ledger.identifiers.number(of: $0.index) ?? .max }
        guard ledger.contents[Int(number)] == content(of: check, parties) else {
            throw Problem(
                .recordConflict, "This check id was used for something else.", hint: "Ask under a new id.",
                path: "check")
        }
        return true
    }

    mutating func addInquiry(_ check: VerifiedCheck) {
        let parties = check.check.subject.parties(subject: 0) { number(of: $0) }
        let matter = Matter.inquiry(
            purpose: check.check.purpose, product: check.check.product?.text, parties: parties)
        append(RecordFacts(key: check.key, content: content(of: check, parties), eventTime: now, matter: matter))
    }

    private mutating func append(_ facts: RecordFacts) {
        recordNumbers[facts.key] = UInt32(ledger.rows.count + records.count)
        records.append(facts)
        switch facts.matter {
        case .opensLoan(let loan, _, _):
            loanCases[loan] = UInt32(ledger.cases.count) + newCases
            newCases += 1
        case .report, .marker, .inquiry: newCases += 1
        case .amendment(let record, let statement): amended[record] = statement
        case .continuesLoan(let caseNumber, _): plannedEvents[caseNumber, default: 0] += 1
        case .retraction, .dispute, .disputeOutcome: break
        }
    }

    private mutating func number(of identifier: IndexedIdentifier) -> UInt32 {
        if let known = ledger.identifiers.number(of: identifier.index) { return known }
        if let planned = identifierNumbers[identifier.index] { return planned }
        let number = UInt32(ledger.identifiers.count + newIdentifiers.count)
        identifierNumbers[identifier.index] = number
        newIdentifiers.append(NewIdentifier(kind: identifier.kind, index: identifier.index))
        identifier.token.withUnsafeBytes { newTokens.append(contentsOf: $0) }
        return number
    }

    private func content(of record: VerifiedRecord, _ parties: [Party]) -> LookupKey {
        .digest("counterfoil/content/v1", [record.fields, Self.bytes(of: parties)])
    }

    private func content(of check: VerifiedCheck, _ parties: [Party]) -> LookupKey {
        let fields = check.check
        let words = [
            fields.purpose.rawValue, fields.mode.name, fields.applicationRef.text, fields.product?.text ?? "",
        ]
        return .digest(
            "counterfoil/inquiry/v1",
            words.map { Array($0.utf8) } + [fields.consent.bytes, Self.bytes(of: parties)])
    }

    private static func bytes(of parties: [Party]) -> [UInt8] {
        var writer = ByteWriter()
        writer.putList(parties) { writer, party in
            writer.put(party.identifier)
            writer.put(party.role.rawValue)
            writer.put(party.subject)
            writer.put(party.subjectRole.rawValue)
        }
        return writer.bytes
    }
}

// What each kind of record means to the ledger.
extension SubmissionPlan {
    private func matter(
        of record: VerifiedRecord, parties: [Party], member: MemberID
    ) throws(Problem) -> Matter {
        switch record.record.body {
        case .loanEvent(let event): return try loanMatter(event, parties: parties, member: member, path: record.path)
        case .report(let report):
            let parent = try report.parent.map { id throws(Problem) in
                try ownRecord(id, of: member, kinds: [.report], path: "\(record.path).parent")
            }
            return .report(StatementFacts(body: record.record.body, parent: parent), parties: parties)
        case .marker: return .marker(StatementFacts(body: record.record.body), parties: parties)
        case .amendment(let amendment): return try amendmentMatter(amendment, member: member, path: record.path)
        case .retraction(let retraction):
            return .retraction(
                of: try ownRecord(
                    retraction.retracts, of: member, kinds: nil, path: "\(record.path).retracts"))
        case .dispute(let dispute):
            return .dispute(of: try disputedRecords(dispute, asker: member, path: "\(record.path).signal"))
        case .disputeOutcome(let outcome):
            let number = try ownRecord(outcome.decides, of: member, kinds: [.report], path: "\(record.path).decides")
            guard isDisputed(number) else {
                throw Problem(
                    .notAdmissible, "This record is not disputed.",
                    hint: "A decision follows a dispute; a report that does not stand is retracted.",
                    path: "\(record.path).decides")
            }
            return .disputeOutcome(of: number, upheld: outcome.outcome == .upheld)
        }
    }

    private func loanMatter(
        _ event: LoanEvent, parties: [Party], member: MemberID, path: String
    ) throws(Problem) -> Matter {
        let loan = LookupKey.loan(event.loanRef, of: member)
        let facts = LoanFacts(
            stage: event.stage.rawValue, product: event.product?.text, amountBand: event.amountBand?.index ?? 255)
        let known = ledger.loans.number(of: loan).map { ledger.loanCases[Int($0)] } ?? loanCases[loan]
        guard let known else {
            guard !parties.isEmpty else {
                throw Problem(
                    .unknownLoan, "No earlier event of this loan brought its people.",
                    hint: "Furnish the loan's first event with its subjects before this one.", path: "\(path).loanRef")
            }
            return .opensLoan(loan, facts, parties: parties)
        }
        guard parties.isEmpty else {
            throw Problem(
                .notAdmissible, "A later event of a loan inherits the subjects of the first and carries none.",
                hint: "Leave the subjects out, or use another loan reference.", path: "\(path).subjects")
        }
        guard eventCount(ofCase: known) < CaseRow.eventLimit else {
            throw Problem(
                .notAdmissible, "This loan has \(CaseRow.eventLimit) events, which is as many as one may have.",
                path: "\(path).loanRef")
        }
        return .continuesLoan(caseNumber: known, facts)
    }

    private func eventCount(ofCase number: UInt32) -> Int {
        let stored = number < ledger.cases.count ? Int(ledger.cases[Int(number)].eventCount) : 1
        return stored + (plannedEvents[number] ?? 0)
    }

    private func amendmentMatter(
        _ amendment: Amendment, member: MemberID, path: String
    ) throws(Problem) -> Matter {
        let number = try ownRecord(
            amendment.amends, of: member, kinds: [.report, .marker], path: "\(path).amends")
        guard let statement = statement(ofRecord: number), let body = amendment.applied(to: statement.body) else {
            throw Problem(.notAdmissible, "This amendment does not fit the record it names.", path: path)
        }
        let (eventTime, subjects) = stated(inRecord: number)
        let amended = Record(recordID: amendment.amends, eventTime: eventTime, subjects: subjects, body: body)
        do throws(AdmissionFailure) { try Admission.check(amended, policy: policy, now: now) } catch {
            throw Problem(error.below(path))
        }
        return .amendment(of: number, StatementFacts(body: body, parent: statement.parent))
    }

    private func disputedRecords(_ dispute: Dispute, asker: MemberID, path: String) throws(Problem) -> [UInt32] {
        guard let (caseNumber, subject) = references.place(of: dispute.signal.text, for: asker),
            caseNumber < ledger.cases.count, ledger.statements[caseNumber] != nil
        else {
            throw Problem(
                .unknownRecord, "No signal of an answer to this member has this reference.", path: path)
        }
        let code = ledger.statements[caseNumber]?.code.flatMap { policy.reasonCodes[$0] }
        let behind = ledger.reportsBehindSignal(of: caseNumber, subject: subject) { identifier, role in
            code?.isCarried(by: identifier, of: role, evidence: policy.evidence) ?? false
        }
        let disputed = behind.filter { record in
            let state = ledger.statements[ledger.rows[Int(record)].caseNumber]
            return state?.isWithdrawn == false && state?.dispute == DisputeState.none
        }
        guard !disputed.isEmpty else {
            throw Problem(.notAdmissible, "What stands behind this signal was disputed or decided before.", path: path)
        }
        return disputed
    }

    private func isDisputed(_ number: UInt32) -> Bool {
        guard number < ledger.rows.count else { return false }
        if case .open = ledger.statements[ledger.rows[Int(number)].caseNumber]?.dispute { return true }
        return false
    }

    private func statement(ofRecord number: UInt32) -> StatementFacts? {
        if let amended = amended[number] { return amended }
        if number < ledger.rows.count { return ledger.statements[ledger.rows[Int(number)].caseNumber]?.facts }
        switch records[Int(number) - ledger.rows.count].matter {
        case .report(let facts, _), .marker(let facts, _): return facts
        case .opensLoan, .continuesLoan, .inquiry, .amendment, .retraction, .dispute, .disputeOutcome: return nil
        }
    }

    /// When the amended record's event was, and whom it named: what its new statement is admitted with.
    private func stated(inRecord number: UInt32) -> (Instant, [Subject<NumberedIdentifier>]) {
        if number < ledger.rows.count {
            let row = ledger.rows[Int(number)]
            return (row.eventTime, ledger.subjects(ofCase: row.caseNumber))
        }
        let facts = records[Int(number) - ledger.rows.count]
        let parties = facts.matter.parties
        return (facts.eventTime, Subject.grouping(parties) { kind(ofIdentifier: $0) })
    }

    private func kind(ofIdentifier number: UInt32) -> IdentifierKind {
        let known = ledger.identifierRows.count
        return number < known ? ledger.identifierRows[Int(number)].kind : newIdentifiers[Int(number) - known].kind
    }

    /// The number of a record of the same member. One answer for what does not exist and for what is another's, so
    /// that nobody can find out which ids others use.
    private func ownRecord(
        _ id: RecordID, of member: MemberID, kinds: [RowKind]?, path: String
    ) throws(Problem) -> UInt32 {
        let key = LookupKey.record(id, of: member)
        guard let number = ledger.records.number(of: key) ?? recordNumbers[key] else {
            throw Problem(
                .notYourRecord, "No record of this member has this id.",
                hint: "Only who furnished a record can amend, retract or decide it.", path: path)
        }
        let kind = kind(ofRecord: number)
        guard kinds?.contains(kind) ?? !(kind == .correction || kind.isInquiry) else {
            throw Problem(.notAdmissible, "The record named is not of a kind that this can be said of.", path: path)
        }
        return number
    }

    private func kind(ofRecord number: UInt32) -> RowKind {
        if number < ledger.rows.count { return ledger.rows[Int(number)].kind }
        switch records[Int(number) - ledger.rows.count].matter {
        case .opensLoan(_, let facts, _), .continuesLoan(_, let facts): return RowKind(stage: facts.stage)
        case .report: return .report
        case .marker: return .marker
        case .inquiry(let purpose, _, _): return purpose == .application ? .inquiry : .otherInquiry
        case .amendment, .retraction, .dispute, .disputeOutcome: return .correction
        }
    }
}

extension Record where ID == IndexedIdentifier {
    /// Every identifier with its subject, in document order.
    func parties(number: (IndexedIdentifier) -> UInt32) -> [Party] {
        var parties: [Party] = []
        for (index, subject) in subjects.enumerated() {
            parties += subject.parties(subject: UInt8(index), number: number)
        }
        return parties
    }
}

extension Subject where ID == IndexedIdentifier {
    func parties(subject: UInt8, number: (IndexedIdentifier) -> UInt32) -> [Party] {
        identifiers.map { identifier in
            Party(identifier: number(identifier), role: identifier.role, subject: subject, subjectRole: role)
        }
    }
}
