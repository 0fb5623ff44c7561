internal import Lending
internal import Records
internal import Vocabulary

/// What the policy finds about a person for one asker, before and after an entry that is being decided.
///
/// Of the findings those over events, exposure and reservations: identity is the same before and after, for an entry
/// is judged by what it says of money.
struct StackingSituation {
    private let view: LedgerView
    private let rules: AnswerRules
    private let asked: [NumberedIdentifier]
    private let match: Match
    private let before: SubjectEvents
    private let now: Instant

    init(_ exchange: Exchange, view: LedgerView, rules: AnswerRules, asker: Asker, now: Instant) {
        (self.view, self.rules, self.now) = (view, rules, now)
        asked = Array(exchange.ledger.borrowers(ofCase: asker.caseNumber).joined())
        match = Match(asked, in: view, rules: rules.policy.identifierKinds, chains: [.loans, .inquiries])
        var before = SubjectEvents(view: view, rules: rules, now: now, asker: asker.member, publishedSize: .max)
        before.gather(match) { _ in true }
        self.before = before
    }

    /// The adverse findings that are met now.
    func met(_ disclosure: Disclosure) -> [LendingFinding] {
        findings(before.events, before.reservations, disclosure).filter { $0.rule.effect == .adverse }
    }

    /// The adverse findings that these events of one other member bring about.
    func newlyMet(
        through events: [EntryChanges.Event], by author: MemberID, in plan: NoticePlan, _ disclosure: Disclosure
    ) -> [FindingRule] {
        var (lending, reservations) = (before.events, before.reservations)
        var isReserved = false
        for event in events {
            guard let own = kinds(of: event, in: plan) else { continue }
            guard let loan = event.loan else {
                reservations.others += 1
                isReserved = true
                continue
            }
            if let event = lendingEvent(event, loan, met: own, by: author) { lending.append(event) }
        }
        if isReserved, !hasReservation(author) { reservations.otherMembers += 1 }
        let held = Set(findings(before.events, before.reservations, disclosure).map(\.rule.code))
        return findings(lending, reservations, disclosure).map(\.rule).filter { rule in
            rule.effect == .adverse && !held.contains(rule.code)
        }
    }

    private func findings(
        _ events: [LendingEvent], _ reservations: LiveReservations, _ disclosure: Disclosure
    ) -> [LendingFinding] {
        var kinds = KindSet()
        for identifier in asked where identifier.role == .own { kinds.insert(identifier.kind) }
        let subject = SubjectView(events: events, askedKinds: kinds.bits, now: now, reservations: reservations)
        return rules.findings.findings(PreparedSubject(subject, rules.lending), disclosure)
    }

    /// The kinds under which the asker's person is met in the event's case; `nil` where it is about somebody else.
    private func kinds(of event: EntryChanges.Event, in plan: NoticePlan) -> KindSet? {
        guard event.parties != nil else {
            return match.samePersonCases(as: .borrower).first { $0.caseNumber == event.caseNumber }?.own
        }
        var own = KindSet()
        for subject in plan.subjects(of: plan.parties(of: event)) where subject.role == .borrower {
            let hit = Match.Hit(
                asked, meeting: subject.identifiers, as: .borrower, rules: rules.policy.identifierKinds)
            if hit.isSamePerson { own.formUnion(hit.own) }
        }
        return own.isEmpty ? nil : own
    }

    private func lendingEvent(
        _ event: EntryChanges.Event, _ loan: LoanFacts, met own: KindSet, by author: MemberID
    ) -> LendingEvent? {
        let latest = now.adding(seconds: rules.policy.eventTime.futureSeconds)
        let expiry = Retention.expiryOfLoanEvent(at: event.time, policy: rules.policy)
        guard event.time <= latest, !expiry.isOver(at: now) else { return nil }
        let product = loan.product ?? ""
        // A name that the ledger has not met is like no other, and as one it is counted.
        let interned = product.isEmpty ? 0 : view.ledger.names.number(of: product) ?? .max / 2
        return LendingEvent(
            time: event.time, stage: loan.stage, member: view.ledger.names.number(of: author.name) ?? .max,
            isOwn: false, loan: event.caseNumber, kinds: own.bits,
            product: rules.product(named: product, interned: interned),
            memberClass: rules.memberClass(of: author.name) ?? .max, amountBand: loan.amountBand,
            instalmentBand: loan.instalmentBand, balanceBand: loan.balanceBand, dueBucket: loan.dueBucket,
            tie: (event.content.high, event.content.low))
    }

    private func hasReservation(_ author: MemberID) -> Bool {
        guard let number = view.ledger.names.number(of: author.name) else { return false }
        return match.samePersonCases(as: .borrower).contains { found in
            let row = view.ledger.cases[Int(found.caseNumber)]
            return row.kind == .reservation && row.member == number
                && view.reservation(of: row)?.isLive(at: now) == true
        }
    }
}
