internal import Lending
internal import Records
internal import Vocabulary

/// Takes the events that statistics count out of the cases of one person.
struct SubjectEvents {
    let view: LedgerView
    let rules: AnswerRules
    let now: Instant
    let asker: UInt16?
    /// How many entries the checkpoint holds that the answer names.
    let publishedSize: UInt64
    /// For an answer about the past: what has expired since is not counted any more.
    private let present: Present?

    private(set) var events: [LendingEvent] = []
    private(set) var reservations = LiveReservations()
    /// Whether any of it is newer than the checkpoint.
    private(set) var isUnpublished = false

    init(
        view: LedgerView, rules: AnswerRules, now: Instant, asker: UInt16?, publishedSize: UInt64,
        present: Present? = nil
    ) {
        (self.view, self.rules, self.now) = (view, rules, now)
        (self.asker, self.publishedSize, self.present) = (asker, publishedSize, present)
        events.reserveCapacity(64)
    }

    /// - Parameter isTold: whether a member's cases may be counted for this asker at all.
    mutating func gather(_ match: Match, isTold: (UInt16) -> Bool) {
        var reservers: Set<UInt16> = []
        for (caseNumber, own) in match.samePersonCases(as: .borrower) {
            let row = view.ledger.cases[Int(caseNumber)]
            guard isTold(row.member) else { continue }
            switch row.kind {
            case .loan, .inquiry: gather(row, caseNumber, met: own)
            case .reservation: if isLive(row) { count(row, &reservers) }
            case .report, .marker: break
            }
        }
        reservations.otherMembers = reservers.count
    }

    private func isLive(_ row: CaseRow) -> Bool { view.reservation(of: row)?.isLive(at: now) ?? false }

    private mutating func count(_ row: CaseRow, _ reservers: inout Set<UInt16>) {
        if row.member == asker {
            reservations.own += 1
        } else {
            reservations.others += 1
            reservers.insert(row.member)
        }
    }

    private mutating func gather(_ row: CaseRow, _ caseNumber: UInt32, met own: KindSet) {
        let memberClass = rules.memberClass(of: view.ledger.names.name(row.member)) ?? .max
        let policy = rules.policy
        let latest = now.adding(seconds: policy.eventTime.futureSeconds)
        view.events(of: row) { event, number in
            guard let stage = event.kind.stage ?? (event.kind == .inquiry ? LendingEvent.inquiryStage : nil) else {
                return
            }
            guard event.eventTime <= latest, !isOver(event, row, policy, now),
                present.map({ !isOver(event, row, $0.policy, $0.now) }) ?? true
            else { return }
            if UInt64(event.logIndex) >= publishedSize { isUnpublished = true }
            let content = view.ledger.contents[Int(number)]
            let product = rules.product(named: view.ledger.names.name(event.product), interned: event.product)
            events.append(
                LendingEvent(
                    time: event.eventTime, stage: stage, member: row.member, isOwn: row.member == asker,
                    loan: caseNumber, kinds: own.bits, product: product, memberClass: memberClass,
                    amountBand: event.amountBand, instalmentBand: event.instalmentBand,
                    balanceBand: event.balanceBand, dueBucket: event.dueBucket, tie: (content.high, content.low)))
        }
    }

    private func isOver(_ event: RecordRow, _ row: CaseRow, _ policy: Policy, _ now: Instant) -> Bool {
        let expiry = row.kind == .inquiry
            ? Retention.expiryOfInquiry(at: event.eventTime, policy: policy)
            : Retention.expiryOfLoanEvent(at: event.eventTime, policy: policy)
        return expiry.isOver(at: now)
    }
}
