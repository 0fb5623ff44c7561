internal import Records
internal import Sodium
internal import Vocabulary

// What each kind of record means to the ledger.
extension SubmissionPlan {
    func matter(
        of record: VerifiedRecord, parties: [Party], member: MemberID
    ) throws(Problem) -> Matter {
        switch record.record.body {
        case .loanEvent(let event):
            return try loanMatter(event, of: record, parties: parties, member: member)
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
        _ event: LoanEvent, of record: VerifiedRecord, parties: [Party], member: MemberID
    ) throws(Problem) -> Matter {
        let loan = LookupKey.loan(event.loanRef, of: member)
        let facts = LoanFacts(
            stage: event.stage.rawValue, product: event.product?.text, amountBand: event.amountBand?.index ?? 255,
            instalmentBand: event.instalmentBand?.index ?? 255, balanceBand: event.balanceBand?.index ?? 255,
            dueBucket: event.dueBucket?.rawValue ?? 0)
        let known = ledger.loans.number(of: loan).map { ledger.loanCases[Int($0)] } ?? loanCases[loan]
        do throws(AdmissionFailure) { try Admission.checkLoan(record.record, isKnown: known != nil) } catch {
            throw Problem(error.below(record.path))
        }
        guard let known else { return .opensLoan(loan, facts, parties: parties) }
        guard eventCount(ofCase: known) < CaseRow.eventLimit else {
            throw Problem(
                .notAdmissible, "This loan has \(CaseRow.eventLimit) events, which is as many as one may have.",
                path: "\(record.path).loanRef")
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
        let code = ledger.statements[caseNumber]?.current.code.flatMap { policy.reasonCodes[$0] }
        let behind = ledger.reportsBehindSignal(of: caseNumber, subject: subject) { identifier, role in
            code?.isCarried(by: identifier, of: role, evidence: policy.evidence) ?? false
        }
        let disputed = behind.filter { record in
            let state = ledger.statements[ledger.rows[Int(record)].caseNumber]?.current
            return state?.isWithdrawn == false && state?.dispute == DisputeState.none
        }
        guard !disputed.isEmpty else {
            throw Problem(.notAdmissible, "What stands behind this signal was disputed or decided before.", path: path)
        }
        return disputed
    }

    private func isDisputed(_ number: UInt32) -> Bool {
        guard number < ledger.rows.count else { return false }
        if case .open = ledger.statements[ledger.rows[Int(number)].caseNumber]?.current.dispute { return true }
        return false
    }

    private func statement(ofRecord number: UInt32) -> StatementFacts? {
        if let amended = amended[number] { return amended }
        if number < ledger.rows.count { return ledger.statements[ledger.rows[Int(number)].caseNumber]?.current.facts }
        switch records[Int(number) - ledger.rows.count].matter {
        case .report(let facts, _), .marker(let facts, _): return facts
        case .opensLoan, .continuesLoan, .inquiry, .reservation, .reservationChange, .watch, .unwatch,
            .acknowledgement, .amendment, .retraction, .dispute, .disputeOutcome:
            return nil
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
        guard kinds?.contains(kind) ?? kind.isFurnished else {
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
        case .inquiry(let facts, _): return facts.purpose == .application ? .inquiry : .otherInquiry
        case .reservation, .reservationChange: return .reservation
        case .watch, .unwatch, .acknowledgement: return .housekeeping
        case .amendment, .retraction, .dispute, .disputeOutcome: return .correction
        }
    }
}
