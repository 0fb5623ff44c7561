internal import Modelling
internal import Records
package import Vocabulary

/// Sets scores and signals told against what became of the loans, over all members, a part at a time.
///
/// A part is a few thousand inquiries, so that who holds the exchange can let others in between. What of it is told
/// says nothing of one member: months, scores and signals from too few members or cases are left out.
package struct OutcomeTally: Sendable {
    private var next = 0
    private var scores: [PerformanceTable]
    /// By code and definition.
    private var signals: [String: [PerformanceTable]] = [:]
    /// The codes of the policy that a signal can have.
    private var codes: [CodeName]?
    private let size: UInt32

    package init(_ exchange: Exchange) {
        size = UInt32(exchange.ledger.entries.count)
        scores = LoanOutcome.Definition.allCases.map { _ in PerformanceTable(name: "stacking", range: 0...1000) }
    }

    private mutating func prepare(_ policy: Policy) {
        guard codes == nil else { return }
        let names = policy.reasonCodes.all.filter(\.isSignal).map(\.name).sorted()
        for name in names {
            signals[name.text] = LoanOutcome.Definition.allCases.map { _ in
                PerformanceTable(name: name.text, range: 0...1)
            }
        }
        codes = names
    }

    /// Takes up so many more cases. - Returns: whether there are any left.
    package mutating func advance(_ exchange: Exchange, by rules: AnswerRules, cases: Int, now: Instant) -> Bool {
        prepare(rules.policy)
        let ledger = exchange.ledger
        let search = OutcomeSearch(view: LedgerView(ledger, size: size), rules: rules, now: now)
        let end = min(next + cases, ledger.cases.count)
        for number in next..<max(next, end) where ledger.cases[number].kind == .inquiry {
            take(UInt32(number), ledger, search, rules)
        }
        next = max(next, end)
        return next < ledger.cases.count && search.view.isThere(ledger.cases[next])
    }

    private mutating func take(_ number: UInt32, _ ledger: Ledger, _ search: OutcomeSearch, _ rules: AnswerRules) {
        let row = ledger.cases[Int(number)]
        let inquiry = ledger.inquiries[Int(row.detail)]
        guard search.view.isThere(row), inquiry.isApplication, inquiry.score != .max else { return }
        let date = rules.policy.timeZone.day(of: ledger.rows[Int(row.firstRow - 1)].eventTime)
        guard let month = Month(year: date.year, month: date.month) else { return }
        let outcome = search.outcome(ofInquiry: number)
        let told = search.codes(toldWith: number)
        for (position, definition) in LoanOutcome.Definition.allCases.enumerated() {
            let result = outcome?.result(definition)
            scores[position].add(min(Int(inquiry.score), 1000), result, of: row.member, in: month)
            for code in codes ?? [] {
                signals[code.text]?[position].add(told.contains(code) ? 1 : 0, result, of: row.member, in: month)
            }
        }
    }

    package func json(by rules: AnswerRules, now: Instant) -> JSON {
        // One more than for an answer: a member that takes itself out sees what the others make up.
        let minimum = rules.policy.disclosure.minimumSegmentMembers + 1
        return .object([
            "computedAt": .string(now.description),
            "knownSize": .number(size),
            "minimumMembers": .number(minimum),
            "minimumCases": .number(PerformanceTable.minimumCases),
            "minimumOutcomes": .number(PerformanceTable.minimumOutcomes),
            "observedDays": .number(LoanOutcome.observedDays),
            "seasonedDays": .number(LoanOutcome.seasonedDays),
            "definitions": .array(
                LoanOutcome.Definition.allCases.enumerated().map { position, definition in
                    .object([
                        "bad": .string(definition.rawValue),
                        "scores": .array([scores[position].json(minimumMembers: minimum)].compactMap(\.self)),
                        "signals": .array(
                            (codes ?? []).compactMap { signals[$0.text]?[position].json(minimumMembers: minimum) }),
                    ])
                }),
        ])
    }
}

extension LoanOutcome {
    /// `nil` while it is not known.
    fileprivate func result(_ definition: Definition) -> ScoreHistogram.Outcome? {
        let isBad = definition == .over90 ? isBad.over90 : isBad.over30
        return isBad ? .bad : isSeasoned ? .good : nil
    }
}

extension Exchange {
    /// How well scores and signals told loans that went bad from those that did not, over all members, in one go.
    package func outcomes(by rules: AnswerRules, now: Instant) -> JSON {
        var tally = OutcomeTally(self)
        while tally.advance(self, by: rules, cases: 100_000, now: now) {}
        return tally.json(by: rules, now: now)
    }
}
