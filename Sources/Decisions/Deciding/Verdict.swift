/// A condition's truth with the facts that make it so.
struct Verdict: Hashable, Sendable {
    let truth: Truth
    let facts: [DecisionFact]

    init(_ truth: Truth, _ facts: [DecisionFact]) { (self.truth, self.facts) = (truth, facts) }

    /// A verdict over parts: the facts are those of the parts that have the same truth as the whole.
    init(_ truth: Truth, of parts: [Verdict]) {
        var facts: [DecisionFact] = []
        for fact in parts.lazy.filter({ $0.truth == truth }).flatMap(\.facts) where !facts.contains(fact) {
            guard facts.count < DecisionFact.limit else { break }
            facts.append(fact)
        }
        self.init(truth, facts)
    }
}

extension Condition {
    /// Asks tests until the truth is certain.
    func truth(_ ask: (Test) -> Truth) -> Truth {
        switch self {
        case .test(let test): ask(test)
        case .negation(let part): part.truth(ask).negated
        case .all(let parts): withoutActuallyEscaping(ask) { ask in .all(parts.lazy.map { $0.truth(ask) }) }
        case .any(let parts): withoutActuallyEscaping(ask) { ask in .any(parts.lazy.map { $0.truth(ask) }) }
        }
    }

    /// Asks every test and joins what they say.
    func verdict(_ ask: (Test) -> Verdict) -> Verdict {
        switch self {
        case .test(let test): return ask(test)
        case .negation(let part):
            let inner = part.verdict(ask)
            return Verdict(inner.truth.negated, inner.facts)
        case .all(let parts):
            let verdicts = parts.map { $0.verdict(ask) }
            return Verdict(.all(verdicts.map(\.truth)), of: verdicts)
        case .any(let parts):
            let verdicts = parts.map { $0.verdict(ask) }
            return Verdict(.any(verdicts.map(\.truth)), of: verdicts)
        }
    }
}
