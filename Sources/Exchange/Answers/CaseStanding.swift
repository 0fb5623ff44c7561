internal import Records
internal import Vocabulary

/// The time and the rules at which a question about the past is asked.
struct Present {
    let policy: Policy
    let now: Instant
}

/// Whether a case may still be told of: not taken back, and within its retention (DOMAIN §2: applied when answering).
struct CaseStanding {
    let view: LedgerView
    let policy: Policy
    let now: Instant
    /// For an answer about the past: what has expired since is not told any more.
    var present: Present?

    var ledger: Ledger { _read { yield view.ledger } }

    func stands(_ caseNumber: UInt32) -> Bool { stood(caseNumber) && !hasExpiredSince(caseNumber) }

    /// Whether a case that stood at the past moment has lawfully expired since then.
    func hasExpiredSince(_ caseNumber: UInt32) -> Bool {
        guard let present, ledger.cases[Int(caseNumber)].kind != .reservation else { return false }
        return !CaseStanding(view: view, policy: present.policy, now: present.now).stood(caseNumber)
    }

    func stood(_ caseNumber: UInt32) -> Bool {
        let row = ledger.cases[Int(caseNumber)]
        switch row.kind {
        case .report, .marker:
            guard let state = view.statement(of: caseNumber) else { return false }
            return !state.isWithdrawn && !expiry(of: state).isOver(at: now)
        case .loan:
            guard let latest = view.latestEvent(of: row) else { return false }
            return !Retention.expiryOfLoanEvent(at: latest.eventTime, policy: policy).isOver(at: now)
        case .inquiry:
            let event = ledger.rows[Int(row.firstRow - 1)]
            return event.kind == .inquiry && view.isThere(event)
                && !Retention.expiryOfInquiry(at: event.eventTime, policy: policy).isOver(at: now)
        case .reservation: return view.reservation(of: row)?.isLive(at: now) ?? false
        }
    }

    func expiry(of state: StatementState) -> Expiry {
        switch state.facts.body {
        case .marker(let marker): return Retention.expiry(of: marker, eventTime: state.statedAt, policy: policy)
        case .report(let report):
            let parent = state.facts.parent.flatMap { view.statement(of: ledger.rows[Int($0)].caseNumber) }
            var parentExpiry: Expiry?
            if let parent, case .report(let earlier) = parent.facts.body {
                parentExpiry = Retention.expiry(of: earlier, eventTime: parent.statedAt, policy: policy)
            }
            return Retention.expiry(of: report, eventTime: state.statedAt, parent: parentExpiry, policy: policy)
        case .loanEvent, .amendment, .retraction, .dispute, .disputeOutcome: return .at(state.statedAt)
        }
    }
}
