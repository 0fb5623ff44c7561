internal import Lending
internal import Records
internal import Vocabulary

/// Who else is about to lend to a person, as one member may be told of it.
struct OtherReservers {
    private let view: LedgerView
    private let rules: AnswerRules
    private let asker: UInt16?
    private let disclosure: Disclosure
    private let now: Instant

    init(_ view: LedgerView, rules: AnswerRules, asker: MemberID, now: Instant) {
        (self.view, self.rules, self.now) = (view, rules, now)
        self.asker = view.ledger.names.number(of: asker.name)
        disclosure = rules.disclosure(to: asker, now: now)
    }

    func told(of asked: [NumberedIdentifier]) -> ReservationAnswer.Others {
        let match = Match(asked, in: view, rules: rules.policy.identifierKinds, chains: [.loans])
        var members: Set<UInt16> = []
        var (live, confirmed, signed) = (0, 0, 0)
        for (number, _) in match.samePersonCases(as: .borrower) {
            let row = view.ledger.cases[Int(number)]
            guard row.member != asker else { continue }
            if row.kind == .loan { signed += isSignedNotFunded(row) ? 1 : 0 }
            guard row.kind == .reservation, let state = view.reservation(of: row), state.isLive(at: now) else {
                continue
            }
            live += 1
            members.insert(row.member)
            confirmed += state.status == .confirmed ? 1 : 0
        }
        return ReservationAnswer.Others(
            live: disclosure.others(live), members: disclosure.others(members.count),
            confirmed: disclosure.others(confirmed), signedNotFunded: disclosure.others(signed))
    }

    /// As the cell `exposure.others.signedNotFunded` counts it: by the latest event that is there and kept.
    private func isSignedNotFunded(_ row: CaseRow) -> Bool {
        let policy = rules.policy
        let last = now.adding(seconds: policy.eventTime.futureSeconds)
        var latest: (row: RecordRow, number: UInt32)?
        view.events(of: row) { event, number in
            let expiry = Retention.expiryOfLoanEvent(at: event.eventTime, policy: policy)
            guard event.eventTime <= last, !expiry.isOver(at: now) else { return }
            if let held = latest, !view.isBefore(held, (event, number)) { return }
            latest = (event, number)
        }
        guard let latest, latest.row.kind.stage == LoanStage.signed.rawValue else { return false }
        return latest.row.eventTime.adding(days: policy.liveApplicationDays) >= now
    }
}
