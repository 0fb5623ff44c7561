internal import Records
internal import Vocabulary

/// What became of the loan that a member gave after it asked.
struct LoanOutcome {
    /// When a loan went bad.
    enum Definition: String, CaseIterable {
        /// More than 90 days past due, written off, or reported for fraud or default.
        case over90
        /// More than 30 days past due, or any of those.
        case over30
    }

    /// Good, bad or not known yet, by definition.
    let isBad: (over90: Bool, over30: Bool)
    /// Six months or more without going bad.
    let isSeasoned: Bool

    static let observedDays = 365
    static let seasonedDays = 180
}

/// Finds the outcomes of application checks: the first own loan of the person with money out at or after the check.
struct OutcomeSearch {
    let view: LedgerView
    let rules: AnswerRules
    let now: Instant

    private var ledger: Ledger { _read { yield view.ledger } }

    /// `nil` where no loan followed, or where a later check of the member preceded the same loan and stands for it.
    func outcome(ofInquiry number: UInt32) -> LoanOutcome? {
        let inquiry = ledger.cases[Int(number)]
        let asked = ledger.borrowers(ofCase: number).flatMap(\.self)
        let askedAt = ledger.rows[Int(inquiry.firstRow - 1)].eventTime
        let match = Match(
            asked, in: view, rules: rules.policy.identifierKinds, chains: [.statements, .loans, .inquiries])
        let loans = match.samePersonCases(as: .borrower).compactMap { found -> (row: CaseRow, paidOut: Instant)? in
            let row = ledger.cases[Int(found.caseNumber)]
            guard row.kind == .loan, row.member == inquiry.member, let paidOut = paidOut(row) else { return nil }
            return paidOut >= askedAt && paidOut <= askedAt.adding(days: LoanOutcome.observedDays)
                ? (row, paidOut) : nil
        }
        guard let loan = loans.min(by: { ($0.paidOut, $0.row.firstRow) < ($1.paidOut, $1.row.firstRow) }),
            !isAskedAgain(number, by: inquiry.member, until: loan.paidOut, match)
        else { return nil }
        return outcome(
            of: loan.row, paidOut: loan.paidOut, askedAt: askedAt, isReported: isReported(match, inquiry, askedAt))
    }

    /// The codes of the signals in the answer itself: what an alert told later, the lender decided without.
    func codes(toldWith number: UInt32) -> Set<CodeName> {
        let inquiry = ledger.rows[Int(ledger.cases[Int(number)].firstRow - 1)]
        let before = LedgerView(ledger, size: inquiry.logIndex)
        var codes: Set<CodeName> = []
        for asked in ledger.borrowers(ofCase: number) {
            let match = Match(asked, in: before, rules: rules.policy.identifierKinds, chains: [.statements])
            for statement in Set(match.hits.map(\.caseNumber)) {
                let isTold = (ledger.told[statement] ?? []).contains {
                    $0.about == .inquiry(number) && $0.toldAt == inquiry.eventTime
                }
                if isTold, let code = before.statement(of: statement)?.code { codes.insert(code) }
            }
        }
        return codes
    }

    private func paidOut(_ row: CaseRow) -> Instant? {
        var earliest: Instant?
        view.events(of: row) { event, _ in
            guard event.kind.stage == LoanStage.disbursed.rawValue else { return }
            earliest = min(earliest ?? event.eventTime, event.eventTime)
        }
        return earliest
    }

    private func isAskedAgain(_ number: UInt32, by member: UInt16, until: Instant, _ match: Match) -> Bool {
        match.samePersonCases(as: .borrower).contains { found in
            let row = ledger.cases[Int(found.caseNumber)]
            guard found.caseNumber > number, row.kind == .inquiry, row.member == member else { return false }
            let event = ledger.rows[Int(row.firstRow - 1)]
            return event.kind == .inquiry && event.eventTime <= until
                && ledger.inquiries[Int(row.detail)].score != .max
        }
    }

    private func outcome(of row: CaseRow, paidOut: Instant, askedAt: Instant, isReported: Bool) -> LoanOutcome {
        let end = askedAt.adding(days: LoanOutcome.observedDays)
        var isBad = (over90: isReported, over30: isReported)
        view.events(of: row) { event, _ in
            guard event.eventTime >= paidOut, event.eventTime <= end else { return }
            switch event.kind.stage.flatMap(LoanStage.init(rawValue:)) {
            case .writtenOff: isBad = (true, true)
            case .overdue:
                if event.dueBucket >= DueBucket.days31To60.rawValue { isBad.over30 = true }
                if event.dueBucket >= DueBucket.daysOver90.rawValue { isBad.over90 = true }
            case .inquired, .applied, .approved, .refused, .withdrawn, .signed, .disbursed, .paid, .debitFailed,
                .cured, .restructured, .settled, nil:
                break
            }
        }
        return LoanOutcome(
            isBad: isBad, isSeasoned: paidOut.adding(days: LoanOutcome.seasonedDays) <= now)
    }

    /// Whether the member itself reported the person for fraud or default within a year of the check.
    private func isReported(_ match: Match, _ inquiry: CaseRow, _ askedAt: Instant) -> Bool {
        match.hits.contains { hit in
            let row = ledger.cases[Int(hit.caseNumber)]
            guard hit.isSamePerson, hit.subjectRole != .victim, row.kind == .report, row.member == inquiry.member,
                let state = view.statement(of: hit.caseNumber), !state.isWithdrawn, state.statedAt >= askedAt,
                state.statedAt <= askedAt.adding(days: LoanOutcome.observedDays),
                let code = state.code.flatMap({ rules.policy.reasonCodes[$0] })
            else { return false }
            return code.family == .fraud || code.name.text == "CRD-DEFAULT" || code.name.text == "CRD-WRITEOFF"
        }
    }
}
