/// How often two policies decided what, over many answers: of a dry run, or of a shadow's days.
package struct DecisionChanges: Hashable, Sendable {
    /// From the active policy's outcome to the candidate's.
    package struct Transition: Hashable, Sendable {
        package let from: Outcome
        package let to: Outcome
        package fileprivate(set) var count = 0
        /// The first answers that went this way; of changes alone.
        package fileprivate(set) var examples: [String] = []
        /// The candidate's reasons and how often each was given.
        fileprivate var reasonCounts: [String: Int] = [:]

        package var isChange: Bool { from != to }

        /// The candidate's reasons, the most frequent first.
        package var reasons: [(code: String, count: Int)] {
            reasonCounts.map { (code: $0.key, count: $0.value) }
                .sorted { (right: $1.count, $0.code) < (right: $0.count, $1.code) }
        }
    }

    package let active: PolicyReference
    package let candidate: PolicyReference
    package private(set) var total = 0
    /// Answers on which the candidate leaves at least one rule open.
    package private(set) var undecided = 0
    /// All nine, in the order of their outcomes.
    package private(set) var transitions: [Transition]
    private let examples: Int

    package init(active: PolicyReference, candidate: PolicyReference, examples: Int = 10) {
        (self.active, self.candidate, self.examples) = (active, candidate, examples)
        transitions = Outcome.allCases.flatMap { from in Outcome.allCases.map { Transition(from: from, to: $0) } }
    }

    package var changed: Int { transitions.filter(\.isChange).reduce(0) { $0 + $1.count } }

    package subscript(from: Outcome, to: Outcome) -> Transition { transitions[Self.place(from, to)] }

    package mutating func count(_ decision: ShadowDecision, of id: String) {
        let place = Self.place(decision.active.outcome, decision.candidate.outcome)
        total += 1
        if !decision.candidate.undecided.isEmpty { undecided += 1 }
        transitions[place].count += 1
        for reason in decision.candidate.reasons { transitions[place].reasonCounts[reason.code, default: 0] += 1 }
        if decision.isChanged, transitions[place].examples.count < examples { transitions[place].examples.append(id) }
    }

    private static func place(_ from: Outcome, _ to: Outcome) -> Int {
        let outcomes = Outcome.allCases
        // Every outcome is one of all outcomes.
        return outcomes.firstIndex(of: from)! * outcomes.count + outcomes.firstIndex(of: to)!
    }
}
