package import Vocabulary

/// A candidate policy beside the active one: both are asked, the active one decides.
package struct Shadow: Sendable {
    package let active: DecisionPolicy
    package let candidate: DecisionPolicy

    package init(active: DecisionPolicy, candidate: DecisionPolicy) {
        (self.active, self.candidate) = (active, candidate)
    }

    package func decide(on answer: JSON) -> ShadowDecision {
        ShadowDecision(active: active.decide(on: answer), candidate: candidate.decide(on: answer))
    }
}

/// What two policies decided on one answer.
package struct ShadowDecision: Hashable, Sendable {
    /// The one that counts.
    package let active: Decision
    package let candidate: Decision

    package init(active: Decision, candidate: Decision) { (self.active, self.candidate) = (active, candidate) }

    package var isChanged: Bool { active.outcome != candidate.outcome }

    /// The candidate's decision as it is kept beside the active one.
    package var json: JSON {
        .object([
            "changed": .bool(isChanged), "active": .string(active.outcome.rawValue), "candidate": candidate.json,
        ])
    }

    /// One line, such as `accept -> review (signed-not-funded)`.
    package var text: String {
        let reasons = candidate.reasons.map(\.code).joined(separator: ", ")
        let change = "\(active.outcome.rawValue) -> \(candidate.outcome.rawValue)"
        return reasons.isEmpty ? change : "\(change) (\(reasons))"
    }
}
