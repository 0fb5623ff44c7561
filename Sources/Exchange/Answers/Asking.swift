internal import Lending
internal import Records
internal import Registry
internal import Vocabulary

/// One request's answering: what all its questions share, looked at once.
struct Asking {
    let exchange: Exchange
    let rules: AnswerRules
    let asker: MemberID
    let view: LedgerView
    let now: Instant
    let checkpoint: PublishedCheckpoint
    let disclosure: Disclosure
    /// Set for a question about the past.
    let present: Present?
    private let askerNumber: UInt16?

    init(
        _ exchange: Exchange, rules: AnswerRules, asker: MemberID, view: LedgerView, checkpoint: PublishedCheckpoint,
        now: Instant, present: Present? = nil
    ) {
        (self.exchange, self.rules, self.asker, self.view) = (exchange, rules, asker, view)
        (self.checkpoint, self.now, self.present) = (checkpoint, now, present)
        disclosure = rules.disclosure(to: asker, now: now)
        askerNumber = exchange.ledger.names.number(of: asker.name)
    }

    func answer(_ check: VerifiedCheck) -> AnswerBody {
        let match = Match(check.check.subject, in: view, rules: rules.policy.identifierKinds)
        let refusal = refusal(of: check, match)
        guard refusal == nil || refusal == .noRecord else { return AnswerBody(check, status: refusal ?? .noRecord) }
        let standing = CaseStanding(view: view, policy: rules.policy, now: now, present: present)
        let finder = SignalFinder(
            standing: standing, chain: rules.chain, references: exchange.references, asker: asker,
            offersOthers: disclosure.offersOthers, publishedSize: checkpoint.size)
        var body = AnswerBody(check, status: .noRecord)
        (body.signals, body.told) = finder.signals(in: match)
        body.sharing = Sharing.lines(match, by: standing) { disclosure.offersOthers || $0 == askerNumber }
        body.network = network(of: match, finder, body.signals)
        let identity = IdentityFinder(standing: standing) { disclosure.offersOthers || $0 == askerNumber }
            .findings(in: match, askedUnder: Self.ownKinds(of: check))
        body.duplicates = identity.findings
        body.isTruncated = match.isTruncated || identity.isTruncated
        body.hasExpiredSince = match.hits.contains {
            standing.hasExpiredSince($0.caseNumber) && standing.stood($0.caseNumber)
        }
        body.statistics = statistics(of: check, match, standing)
        let isFound =
            !body.signals.isEmpty || body.statistics?.hasEvents == true || !body.sharing.isEmpty
            || body.network?.isEmpty == false || !body.duplicates.isEmpty
        if isFound { body.status = .found }
        return body
    }

    /// Of what is known now from the graph that follows every entry; of a past moment from the cases around the person.
    private func network(of match: Match, _ finder: SignalFinder, _ signals: [Signal]) -> Network? {
        guard disclosure.offersOthers else { return nil }
        if present == nil {
            guard let linkage = exchange.linkage else { return nil }
            let network = NetworkFinder(linkage: linkage, finder: finder, names: exchange.ringNames, asker: asker)
            return network.network(of: match, signals: signals)
        }
        let surroundings = Surroundings(
            of: match, in: view, kinds: rules.policy.identifierKinds, budget: rules.policy.linkage.searchEdges * 4)
        let linkage = LinkageProjection(surroundings.cases.sorted(), in: view, rules: rules.linkage, now: now)
        var network = NetworkFinder(linkage: linkage, finder: finder, names: nil, asker: asker)
            .network(of: match, signals: signals)
        if !surroundings.isWhole { network.isTruncated = true }
        return network
    }

    private func statistics(
        of check: VerifiedCheck, _ match: Match, _ standing: CaseStanding
    ) -> AnswerBody.Statistics {
        var gathered = SubjectEvents(
            view: view, rules: rules, now: now, asker: askerNumber, publishedSize: checkpoint.size, present: present)
        gathered.gather(match) { disclosure.offersOthers || $0 == askerNumber }
        let subject = SubjectView(
            events: gathered.events, askedKinds: Self.ownKinds(of: check).bits, now: now,
            reservations: gathered.reservations,
            identity: IdentityConsistency(standing).measures(of: match.asked, askedUnder: Self.ownKinds(of: check)))
        let prepared = PreparedSubject(subject, rules.lending)
        let profile = rules.profile(named: check.check.profile)
        let hasReservation = gathered.reservations.own + gathered.reservations.others > 0
        return AnswerBody.Statistics(
            profile: profile, values: prepared.values(of: profile),
            score: rules.scorecard.score(prepared, disclosure),
            findings: rules.findings.findings(prepared, disclosure),
            hasEvents: !gathered.events.isEmpty || hasReservation, isUnpublished: gathered.isUnpublished)
    }

    private static func ownKinds(of check: VerifiedCheck) -> KindSet {
        var kinds = KindSet()
        for identifier in check.check.subject.identifiers where identifier.role == .own {
            kinds.insert(identifier.kind)
        }
        return kinds
    }

    private func refusal(of check: VerifiedCheck, _ match: Match) -> Answer.Status? {
        guard Self.ownKinds(of: check).grants(by: rules.policy.identifierKinds) else { return .notEnoughIdentifiers }
        guard check.check.purpose == .monitoring else { return nil }
        // Monitoring is for one's own borrowers: what decides is the asker's own open loan, nothing about others.
        let hasOpenLoan = match.hits.contains { hit in
            let row = view.ledger.cases[Int(hit.caseNumber)]
            return hit.isSamePerson && row.kind == .loan && row.member == askerNumber && view.isOpenLoan(row)
        }
        return hasOpenLoan ? nil : .wrongPurpose
    }
}

extension LedgerView {
    /// Whether money of the loan is out, by its latest stage.
    func isOpenLoan(_ row: CaseRow) -> Bool {
        guard let stage = latestEvent(of: row)?.kind.stage.flatMap(LoanStage.init(rawValue:)) else { return false }
        return !stage.isFinal && !stage.isLiveApplication && stage != .inquired
    }
}
