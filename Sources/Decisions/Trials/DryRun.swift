package import Vocabulary

/// A candidate policy over past answers, against the active one. It changes nothing.
package struct DryRun: Sendable {
    private let shadow: Shadow
    package private(set) var changes: DecisionChanges

    /// - Parameter examples: how many answers to name for each change of outcome.
    package init(active: DecisionPolicy, candidate: DecisionPolicy, examples: Int = 10) {
        shadow = Shadow(active: active, candidate: candidate)
        changes = DecisionChanges(active: active.reference, candidate: candidate.reference, examples: examples)
    }

    /// Takes one past answer up, so that a million need not be in memory at once.
    package mutating func take(_ answer: JSON, named id: String) {
        changes.count(shadow.decide(on: answer), of: id)
    }

    /// Runs over all answers.
    package func run(_ answers: some Sequence<(id: String, answer: JSON)>) -> DecisionChanges {
        var run = self
        for (id, answer) in answers { run.take(answer, named: id) }
        return run.changes
    }
}
