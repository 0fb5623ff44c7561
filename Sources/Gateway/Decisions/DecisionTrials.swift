internal import Decisions
internal import Vocabulary

/// Policies held against answers that were given.
struct DecisionTrials: Sendable {
    static let usualAnswers = 1000
    static let maximumAnswers = 100_000

    let outbox: Outbox

    /// What a candidate would have decided on the last answers.
    func dryRun(
        _ candidate: DecisionPolicy, active: DecisionPolicy, last count: Int
    ) async throws(Problem) -> DecisionChanges {
        var run = DryRun(active: active, candidate: candidate)
        try await go(through: count, &run) { place async throws(Problem) in
            try await outbox.pastAnswers(before: place)
        }
        return run.changes
    }

    /// The differences since these two stand beside each other: decided again on the very answers, which gives the
    /// same, as a policy knows nothing else.
    func shadowed(
        _ candidate: DecisionPolicy, active: DecisionPolicy, last count: Int
    ) async throws(Problem) -> DecisionChanges {
        var run = DryRun(active: active, candidate: candidate)
        let (first, second) = (active.reference, candidate.reference)
        try await go(through: count, &run) { place async throws(Problem) in
            try await outbox.pastAnswers(before: place, active: first, candidate: second)
        }
        return run.changes
    }

    private func go(
        through count: Int, _ run: inout DryRun,
        _ page: (PastAnswers.Place) async throws(Problem) -> PastAnswers
    ) async throws(Problem) {
        var place: PastAnswers.Place? = .latest
        var left = count
        while left > 0, let here = place {
            let answers = try await page(here)
            for (id, answer) in answers.answers.prefix(left) { run.take(answer, named: id) }
            (left, place) = (left - answers.answers.count, answers.next)
        }
    }
}
