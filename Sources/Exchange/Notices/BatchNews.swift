internal import Lending
internal import Records
internal import Vocabulary

/// What became known while a batch was answered in turns, between the moment of its answers and its inquiries.
///
/// Until the inquiries are stored nobody finds the asker, so that alerts and corrections of that time pass it by. They
/// are told with the entry that stores the inquiries.
struct BatchNews {
    private let exchange: Exchange
    private let rules: AnswerRules
    private let asker: MemberID
    /// How many entries the log held at the batch's moment.
    private let since: UInt32
    private let releaseAt: Instant
    private let finder: SignalFinder
    private let view: LedgerView
    /// The identifiers of statements that came or changed since.
    private let touched: Set<UInt32>

    init(_ exchange: Exchange, rules: AnswerRules, asker: MemberID, since: UInt32, now: Instant) {
        (self.exchange, self.rules, self.asker, self.since) = (exchange, rules, asker, since)
        let ledger = exchange.ledger
        let now = max(now, ledger.entryTimes.last ?? now)
        releaseAt = rules.policy.notices.nextBeat(after: now)
        view = LedgerView(ledger)
        finder = SignalFinder(
            standing: CaseStanding(view: view, policy: rules.policy, now: now), chain: rules.chain,
            references: exchange.references, asker: asker,
            offersOthers: rules.disclosure(to: asker, now: now).offersOthers, publishedSize: .max)
        var touched: Set<UInt32> = []
        for row in ledger.rows.reversed() {
            guard row.logIndex >= since else { break }
            guard [.report, .marker, .correction].contains(row.kind) else { continue }
            touched.formUnion(ledger.links(ofCase: row.caseNumber).map(\.identifier))
        }
        self.touched = touched
    }

    private var ledger: Ledger { _read { yield exchange.ledger } }

    /// - Parameter inquiry: the case that the check's inquiry is going to be.
    func notices(of check: VerifiedCheck, answered: AnswerBody, inquiry: UInt32) -> [NoticeFacts] {
        guard answered.status == .found || answered.status == .noRecord, check.check.asOf == nil else { return [] }
        return (corrections(of: answered) + alerts(to: check, answered)).map { news in
            NoticeFacts(member: asker, about: .inquiry(inquiry), news: news, releaseAt: releaseAt)
        }
    }

    private func corrections(of answered: AnswerBody) -> [NoticeFacts.News] {
        var corrected: Set<UInt32> = []
        return answered.told.compactMap { told in
            guard let change = change(of: told.caseNumber), corrected.insert(told.caseNumber).inserted else {
                return nil
            }
            return .correction(statement: told.caseNumber, subject: told.subject, change)
        }
    }

    /// What happened to a statement since; `nil` where it stands as it did.
    private func change(of caseNumber: UInt32) -> NoticeFacts.Change? {
        let before = LedgerView(ledger, size: since).statement(of: caseNumber)
        guard let before, let after = view.statement(of: caseNumber), before != after else { return nil }
        if after.isWithdrawn {
            let row = ledger.rows[Int(ledger.cases[Int(caseNumber)].firstRow - 1)]
            return view.isRetracted(row) ? .retracted : .decided
        }
        guard before.dispute != after.dispute else { return .amended }
        return if case .open = after.dispute { .disputed } else { .decided }
    }

    /// What an answer would tell now and this one did not.
    private func alerts(to check: VerifiedCheck, _ answered: AnswerBody) -> [NoticeFacts.News] {
        let isTouched = check.check.subject.identifiers.contains { identifier in
            ledger.identifiers.number(of: identifier.index).map(touched.contains) ?? false
        }
        guard isTouched, check.check.purpose == .application || check.check.purpose == .monitoring else { return [] }
        let match = Match(check.check.subject, in: view, rules: rules.policy.identifierKinds)
        let known = Set(answered.told.map(\.caseNumber))
        var alerted: Set<UInt32> = []
        return finder.signals(in: match).told.compactMap { told in
            guard !known.contains(told.caseNumber), alerted.insert(told.caseNumber).inserted else { return nil }
            return .alert(statement: told.caseNumber, subject: told.subject)
        }
    }
}
