internal import Lending
internal import Records
internal import Vocabulary

/// Decides, while an entry is being decided, who is to be told of what it changes (DOMAIN §5).
///
/// The author of an entry is told nothing of it. Nobody is told what an answer under the same registry would not tell.
struct NoticePlan {
    /// How many persons' findings one entry evaluates anew; an onboarded book goes beyond it and alerts no further.
    static let evaluationLimit = 1000
    /// How many askers of one person have their findings evaluated anew.
    static let stackingLimit = 50
    /// Whoever furnishes a book's past warns nobody: what is older than this tells of no gap that is open now.
    static let stackingDays = 30
    /// How many of those told of a statement are corrected, the newest first.
    static let correctionLimit = 10_000

    let exchange: Exchange
    let rules: AnswerRules
    let author: MemberID
    let signedBy: KeyID
    /// Never before the log's last entry, so that what was released keeps its place.
    let now: Instant
    let newIdentifiers: [NewIdentifier]

    private let view: LedgerView
    private let authorNumber: UInt16?
    private var disclosures: [UInt16: Disclosure] = [:]
    private var evaluations = 0
    private(set) var notices: [NoticeFacts] = []

    init(
        _ entry: EntryFacts, of author: MemberID, in exchange: Exchange, rules: AnswerRules, now: Instant
    ) {
        (self.exchange, self.rules, self.author) = (exchange, rules, author)
        (signedBy, newIdentifiers) = (entry.signedBy, entry.newIdentifiers)
        self.now = max(now, exchange.ledger.entryTimes.last ?? now)
        view = LedgerView(exchange.ledger)
        authorNumber = exchange.ledger.names.number(of: author.name)
    }

    private var ledger: Ledger { _read { yield exchange.ledger } }

    /// What an entry that was decided, but for its notices, gives to tell.
    static func notices(
        of entry: EntryFacts, in exchange: Exchange, rules: AnswerRules, now: Instant
    ) -> [NoticeFacts] {
        guard let author = entry.member else { return [] }
        var plan = NoticePlan(entry, of: author, in: exchange, rules: rules, now: now)
        let changes = EntryChanges(entry.records, after: exchange.ledger)
        for statement in changes.statements { plan.alert(to: statement) }
        for (statement, before) in changes.recoded where !plan.isSignal(before) { plan.alert(to: statement) }
        for correction in changes.corrections { plan.correct(correction) }
        plan.warn(of: changes.events)
        return plan.notices
    }

    // MARK: Alerts

    private mutating func alert(to statement: EntryChanges.Statement) {
        let state = StatementState(
            facts: statement.facts, statedAt: statement.statedAt, signedBy: signedBy)
        guard let code = state.code.flatMap({ rules.policy.reasonCodes[$0] }), code.isSignal, !isExpired(state) else {
            return
        }
        var told: Set<Asker> = []
        for (position, subject) in subjects(of: statement.parties).enumerated() {
            let askers = search.askers(knowing: subject.identifiers) { asked in
                let hit = Match.Hit(
                    asked, meeting: subject.identifiers, as: subject.role, rules: rules.policy.identifierKinds)
                return code.isSignal(of: hit, about: subject.identifiers, policy: rules.policy)
            }
            for asker in askers where disclosure(to: asker.member).offersOthers && told.insert(asker).inserted {
                let news = NoticeFacts.News.alert(statement: statement.caseNumber, subject: UInt8(position))
                tell(asker.member, asker.about, news, at: nextBeat)
            }
        }
    }

    private func isSignal(_ code: CodeName?) -> Bool {
        code.flatMap { rules.policy.reasonCodes[$0] }?.isSignal ?? false
    }

    private var search: AskerSearch { AskerSearch(view: view, rules: rules, author: authorNumber, now: now) }

    private func isExpired(_ state: StatementState) -> Bool {
        // A cure of a report in the same entry is as fresh as that.
        if let parent = state.facts.parent, parent >= ledger.rows.count { return false }
        return CaseStanding(view: view, policy: rules.policy, now: now).expiry(of: state).isOver(at: now)
    }

    // MARK: Corrections

    private mutating func correct(_ correction: EntryChanges.Correction) {
        let open = OpenDecision(view: view, rules: rules, now: now)
        var corrected: Set<Recipient> = []
        for told in (ledger.told[correction.caseNumber] ?? []).reversed().prefix(Self.correctionLimit) {
            let recipient = Recipient(member: told.member, about: told.about)
            guard told.member != authorNumber, !corrected.contains(recipient), open.isOwedCorrection(told) else {
                continue
            }
            corrected.insert(recipient)
            let news = NoticeFacts.News.correction(
                statement: correction.caseNumber, subject: told.subject, correction.change)
            tell(told.member, told.about, news, at: nextBeat)
        }
    }

    private struct Recipient: Hashable {
        let member: UInt16
        let about: NoticeFacts.About
    }

    // MARK: Stacking and reservations

    /// Tells at once every other member that has the person reserved, and who is open about a person for whom a
    /// finding of the policy is met from now on.
    private mutating func warn(of events: [EntryChanges.Event]) {
        let oldest = now.adding(days: -Self.stackingDays)
        let warnings = events.filter { $0.isWarning && $0.time > oldest }
        guard !warnings.isEmpty else { return }
        let grouped = EventsByPerson(events) { subjects(of: parties(of: $0)) }
        var warned: Set<UInt32> = []
        var evaluated: Set<Asker> = []
        for event in warnings where warned.insert(event.caseNumber).inserted {
            var named: Set<UInt16> = []
            var told: Set<UInt16> = []
            for subject in subjects(of: parties(of: event)) where subject.role == .borrower {
                if event.loan == nil { tellReservers(of: subject, &named) }
                guard evaluations < Self.evaluationLimit else { continue }
                for asker in stackingAskers(of: subject) where told.insert(asker.member).inserted {
                    // Looked at with all the entry's events, so that a second look finds nothing else.
                    guard evaluated.insert(asker).inserted else { continue }
                    let own = grouped.events(of: ledger.borrowers(ofCase: asker.caseNumber), among: events)
                    warn(asker, of: own, isNamed: named.contains(asker.member))
                }
            }
        }
    }

    private mutating func tellReservers(of subject: Subject<NumberedIdentifier>, _ named: inout Set<UInt16>) {
        let own = subject.identifiers.filter { $0.role == .own }
        for asker in search.reservers(knowing: own, accepts: { isSamePerson($0, own) })
        where disclosure(to: asker.member).offersOthers {
            tell(asker.member, asker.about, .reservation, at: now)
            named.insert(asker.member)
        }
    }

    /// The findings are one member's, whatever it did about the person: its first doing stands for the others.
    private func stackingAskers(of subject: Subject<NumberedIdentifier>) -> [Asker] {
        let own = subject.identifiers.filter { $0.role == .own }
        return search.askers(knowing: own, limit: Self.stackingLimit) { isSamePerson($0, own) }
    }

    private func isSamePerson(_ asked: [NumberedIdentifier], _ own: [NumberedIdentifier]) -> Bool {
        Match.Hit(asked, meeting: own, as: .borrower, rules: rules.policy.identifierKinds).isSamePerson
    }

    /// - Parameter isNamed: whether the asker was just told of the reservation, in so many words.
    private mutating func warn(_ asker: Asker, of events: [EntryChanges.Event], isNamed: Bool) {
        let disclosure = disclosure(to: asker.member)
        guard disclosure.offersOthers, evaluations < Self.evaluationLimit else { return }
        evaluations += 1
        let situation = StackingSituation(exchange, view: view, rules: rules, asker: asker, now: now)
        for rule in situation.newlyMet(through: events, by: author, in: self, disclosure) {
            if isNamed, rule.cell.text.hasPrefix("exposure.others.reservation") { continue }
            tell(asker.member, asker.about, .stacking(rule.code.text), at: now)
        }
    }

    // MARK: Parts

    func parties(of event: EntryChanges.Event) -> [Party] {
        event.parties ?? ledger.links(ofCase: event.caseNumber).map {
            Party(identifier: $0.identifier, role: $0.role, subject: $0.subject, subjectRole: $0.subjectRole)
        }
    }

    func subjects(of parties: [Party]) -> [Subject<NumberedIdentifier>] {
        Subject.grouping(parties) { number in
            let known = ledger.identifierRows.count
            return number < known ? ledger.identifierRows[Int(number)].kind : newIdentifiers[Int(number) - known].kind
        }
    }

    private mutating func disclosure(to member: UInt16) -> Disclosure {
        if let known = disclosures[member] { return known }
        let asker = ledger.memberID(member)
        let disclosure = rules.disclosure(to: asker, now: now)
        disclosures[member] = disclosure
        return disclosure
    }

    private mutating func tell(
        _ member: UInt16, _ about: NoticeFacts.About, _ news: NoticeFacts.News, at releaseAt: Instant
    ) {
        notices.append(
            NoticeFacts(member: ledger.memberID(member), about: about, news: news, releaseAt: releaseAt))
    }

    /// The end of the running beat. Beats begin at whole multiples since 1970, so that they depend on nobody's doing.
    private var nextBeat: Instant { rules.policy.notices.nextBeat(after: now) }
}

extension NoticeRules {
    /// The end of the beat that runs at an instant.
    func nextBeat(after now: Instant) -> Instant {
        let beat = Int64(beatSeconds) * 1000
        return Instant(milliseconds: (now.milliseconds / beat + 1) * beat)
    }
}

/// The events of an entry by their borrowers' own identifiers, so that each asker is held against its person's alone.
private struct EventsByPerson {
    private var positions: [UInt32: [Int]] = [:]

    init(_ events: [EntryChanges.Event], subjects: (EntryChanges.Event) -> [Subject<NumberedIdentifier>]) {
        for (position, event) in events.enumerated() {
            for subject in subjects(event) where subject.role == .borrower {
                for identifier in subject.identifiers where identifier.role == .own {
                    positions[identifier.number, default: []].append(position)
                }
            }
        }
    }

    func events(
        of asked: [[NumberedIdentifier]], among events: [EntryChanges.Event]
    ) -> [EntryChanges.Event] {
        var found: Set<Int> = []
        for identifier in asked.joined() { found.formUnion(positions[identifier.number] ?? []) }
        return found.sorted().map { events[$0] }
    }
}

extension EntryChanges.Event {
    /// Whether findings are looked at anew for it: what takes on or loses money, and what is about to.
    fileprivate var isWarning: Bool {
        guard let loan else { return true }
        switch LoanStage(rawValue: loan.stage) {
        case .signed, .disbursed, .writtenOff: return true
        case .overdue: return loan.dueBucket == DueBucket.daysOver90.rawValue
        case .inquired, .applied, .approved, .refused, .withdrawn, .paid, .debitFailed, .cured, .restructured,
            .settled, nil:
            return false
        }
    }
}

extension Ledger {
    /// A member by its number in the name table.
    func memberID(_ number: UInt16) -> MemberID {
        // The ledger interns members' names alone under the numbers of cases and feeds, each from a MemberID.
        guard let member = try? MemberID(names.name(number)) else {
            preconditionFailure("Cases belong to members.")
        }
        return member
    }
}
