internal import Lending
internal import Records
internal import Registry
internal import Vocabulary

/// Writes one member's notices as it may read them: what a notice points at is looked up when it is served, so that it
/// says how things stand by then.
struct NoticeWriter {
    private let exchange: Exchange
    private let rules: AnswerRules
    private let member: MemberID
    private let number: UInt16
    private let now: Instant
    private let telling: Telling

    init(_ exchange: Exchange, rules: AnswerRules, member: MemberID, now: Instant) {
        (self.exchange, self.rules, self.member, self.now) = (exchange, rules, member, now)
        number = exchange.ledger.names.number(of: member.name) ?? 0
        telling = Telling(disclosure: rules.disclosure(to: member, now: now), now: now)
    }

    private var ledger: Ledger { _read { yield exchange.ledger } }

    func json(of notice: NoticeFacts, sequence: Int) -> JSON {
        let news = self.news(of: notice)
        return .object([
            "sequence": .number(sequence),
            "kind": .string(news.kind),
            "releasedAt": .string(notice.releaseAt.description),
            "about": json(of: notice.about),
            "signal": news.signal,
            "change": .optional(news.change?.name),
            "finding": news.finding,
        ])
    }

    private struct News {
        let kind: String
        var signal: JSON?
        var change: NoticeFacts.Change?
        var finding: JSON?
    }

    private func news(of notice: NoticeFacts) -> News {
        switch notice.news {
        case .alert(let statement, let subject):
            News(kind: "alert", signal: signal(notice, statement, subject, isOver: false))
        case .correction(let statement, let subject, let change):
            News(
                kind: "correction",
                signal: signal(notice, statement, subject, isOver: change == .retracted), change: change)
        case .reservation: News(kind: "reservation")
        case .stacking(let code): News(kind: "stacking", finding: finding(code, notice))
        }
    }

    private func json(of about: NoticeFacts.About) -> JSON {
        switch about {
        case .inquiry(let number):
            let check = ledger.inquiries[Int(ledger.cases[Int(number)].detail)].check
            return .object(["check": .string(check.description)])
        case .reservation(let number):
            let id = ledger.reservations[Int(ledger.cases[Int(number)].detail)].current.id
            return .object(["reservation": .string(id.description)])
        case .watch(let id): return .object(["watch": .string(id.description)])
        }
    }

    // MARK: Signals

    /// The signal under the name that the member knows it by; what does not stand any more is named and no more.
    private func signal(_ notice: NoticeFacts, _ statement: UInt32, _ subject: UInt8, isOver: Bool) -> JSON? {
        guard let caseNumber = ledger.caseNumber(of: notice.about, by: number) else { return nil }
        let role = ledger.links(ofCase: statement).first { $0.subject == subject }?.subjectRole
        let view = LedgerView(ledger)
        let current = view.statement(of: statement).flatMap { state in
            isOver ? nil : signal(of: state.code, role, asked: caseNumber, in: view, at: now)
        }
        let told = toldSignal(notice.about, caseNumber, statement, role)
        let reference = told?.reference
            ?? current?.reference
            ?? exchange.references.reference(to: statement, subject: subject, for: member)
        if let current { return telling.json(of: current).replacing("reference", by: .string(reference)) }
        guard let code = told?.code ?? view.statement(of: statement)?.code.flatMap({ rules.policy.reasonCodes[$0] })
        else { return .object(["reference": .string(reference)]) }
        return .object([
            "reference": .string(reference), "code": .string(code.name.text),
            "labels": .object(["en": .string(code.english), "zh": .string(code.chinese)]),
        ])
    }

    /// The signal that the answer to the member's check gave, which may have stood for several statements.
    private func toldSignal(
        _ about: NoticeFacts.About, _ caseNumber: UInt32, _ statement: UInt32, _ role: SubjectRole?
    ) -> Signal? {
        guard case .inquiry = about else { return nil }
        let inquiry = ledger.rows[Int(ledger.cases[Int(caseNumber)].firstRow - 1)]
        let view = LedgerView(ledger, size: inquiry.logIndex)
        guard let state = view.statement(of: statement) else { return nil }
        return signal(of: state.code, role, asked: caseNumber, in: view, at: inquiry.eventTime)
    }

    private func signal(
        of code: CodeName?, _ role: SubjectRole?, asked caseNumber: UInt32, in view: LedgerView, at instant: Instant
    ) -> Signal? {
        guard let code, let role else { return nil }
        let finder = SignalFinder(
            standing: CaseStanding(view: view, policy: rules.policy, now: instant), chain: rules.chain,
            references: exchange.references, asker: member, offersOthers: telling.disclosure.offersOthers,
            publishedSize: .max)
        for asked in ledger.borrowers(ofCase: caseNumber) {
            let match = Match(asked, in: view, rules: rules.policy.identifierKinds, chains: [.statements])
            let found = finder.signals(in: match).signals.first { $0.code.name == code && $0.role == role }
            if let found { return found }
        }
        return nil
    }

    // MARK: Findings

    /// The finding with its value as it is by now; its name alone where it is not met any more.
    private func finding(_ code: String, _ notice: NoticeFacts) -> JSON {
        guard let caseNumber = ledger.caseNumber(of: notice.about, by: number) else {
            return .object(["code": .string(code)])
        }
        let asker = Asker(member: number, about: notice.about, caseNumber: caseNumber)
        let situation = StackingSituation(
            exchange, view: LedgerView(ledger), rules: rules, asker: asker, now: now)
        if let met = situation.met(telling.disclosure).first(where: { $0.rule.code.text == code }) {
            return telling.json(of: met)
        }
        guard let rule = rules.policy.lending.findings.first(where: { $0.code.text == code }) else {
            return .object(["code": .string(code)])
        }
        return .object([
            "code": .string(code), "effect": .string(rule.effect.name), "labels": rule.labels.json,
            "cell": .string(rule.cell.text), "value": .null,
        ])
    }
}

extension JSON {
    /// The object with another value for one of its members.
    fileprivate func replacing(_ name: String, by value: JSON) -> JSON {
        .object((members ?? []).map { $0.name == name ? Member(name, value) : $0 })
    }
}
