package import Vocabulary

/// What a policy says to do about an application, from the mildest to the most severe.
package enum Outcome: String, Hashable, Sendable, CaseIterable, Comparable {
    case accept, review, refuse

    package static func < (left: Outcome, right: Outcome) -> Bool { left.severity < right.severity }

    private var severity: Int {
        switch self {
        case .accept: 0
        case .review: 1
        case .refuse: 2
        }
    }
}

/// What a policy decided on one answer, and why.
package struct Decision: Hashable, Sendable {
    package let outcome: Outcome
    /// The reasons that led to this outcome, in the order of the rules: what an adverse-action notice states.
    package let reasons: [DecisionReason]
    /// Every rule whose condition is true, in the order of the policy.
    package let fired: [Fired]
    /// Every rule whose condition the answer leaves open, in the order of the policy.
    package let undecided: [Undecided]
    /// The answer's status; `nil` where it has none that is known here.
    package let status: String?
    package let policy: PolicyReference

    package static let maximumReasons = 4

    package struct Fired: Hashable, Sendable {
        package let rule: String
        package let action: DecisionRule.Action
        /// A refusal that a `hold` turned into a review.
        package let isHeld: Bool
        /// What in the answer made the condition true.
        package let facts: [DecisionFact]
    }

    package struct Undecided: Hashable, Sendable {
        package let rule: String
        package let action: DecisionRule.Action
        /// Whether that alone sends the application to review (`unknown review`).
        package let isReviewed: Bool
        /// What the answer leaves open.
        package let facts: [DecisionFact]
    }
}

/// Which policy decided.
package struct PolicyReference: Hashable, Sendable {
    package let name: String
    package let version: Int
    package let digest: Hash

    package var json: JSON {
        .object(["name": .string(name), "version": .number(version), "digest": .string(digest.value.hex)])
    }
}

extension Decision {
    /// The decision as the gateway gives it to the lender's systems.
    package var json: JSON {
        .object([
            "outcome": .string(outcome.rawValue),
            "policy": policy.json,
            "status": .optional(status) ?? .null,
            "reasons": .array(reasons.map(\.json)),
            "fired": .array(fired.map(\.json)),
            "undecided": .array(undecided.map(\.json)),
        ])
    }
}

extension DecisionReason {
    package var json: JSON {
        .object(["code": .string(code), "labels": .object(["en": .string(english), "zh": .string(chinese)])])
    }
}

extension Decision.Fired {
    fileprivate var json: JSON {
        .object([
            "rule": .string(rule), "action": .string(action.rawValue), "held": .bool(isHeld),
            "facts": .array(facts.map(\.json)),
        ])
    }
}

extension Decision.Undecided {
    fileprivate var json: JSON {
        .object([
            "rule": .string(rule), "action": .string(action.rawValue), "review": .bool(isReviewed),
            "missing": .array(facts.map(\.json)),
        ])
    }
}
