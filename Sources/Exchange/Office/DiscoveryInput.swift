package import Linkage
internal import Records
package import Vocabulary

/// What a discovery works on: the graph as it was, who is reported in it, and what analysts have dismissed.
///
/// It is gathered in parts, so that nobody waits for who is reported among a great many.
package struct DiscoveryInput: Sendable {
    /// As it was when the gathering began; also what is kept of the graph for the next start.
    package let snapshot: LinkageSnapshot
    package let dismissed: [DismissedRing]
    /// Persons of whom a confirmed report of fraud stands.
    package private(set) var reported: Set<SubjectNumber> = []
    private var waiting: ArraySlice<SubjectNumber>

    package var graph: Graph { snapshot.graph }
    package var isWhole: Bool { waiting.isEmpty }

    package init(_ exchange: Exchange, by rules: AnswerRules) {
        snapshot = exchange.snapshot(by: rules)
        let known = UInt32(snapshot.graph.subjectCount)
        dismissed = exchange.ledger.candidates.values.filter { $0.verdict == .dismissed }
            .sorted { $0.facts.number < $1.facts.number }
            .map { DismissedRing(subjects: $0.facts.subjects.lazy.filter { $0 < known }.map(SubjectNumber.init)) }
        waiting = snapshot.graph.markedSubjects[...]
    }

    /// Looks at so many more marked subjects.
    package mutating func gather(_ count: Int, from exchange: Exchange, by rules: AnswerRules, now: Instant) {
        let desk = RingDesk(exchange, by: rules, now: now)
        for subject in waiting.prefix(count) where desk.reports(on: subject).isFraud { reported.insert(subject) }
        waiting = waiting.dropFirst(count)
    }
}
