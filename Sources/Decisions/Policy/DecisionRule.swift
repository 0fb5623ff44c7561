/// One rule of a policy.
package struct DecisionRule: Hashable, Sendable {
    /// What a rule does when its condition is true.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case accept, review
        /// Review, and no rule may refuse: for protective markers.
        case hold
        case refuse
    }

    package let name: String
    package let action: Action
    /// Every rule that is not for accepting has one.
    package let reason: DecisionReason?
    /// Whether a condition that the answer leaves open sends the application to review.
    package let reviewsUnknown: Bool
    /// The line of the policy file on which it starts.
    package let line: Int
    let condition: Condition
}

/// A reason for the adverse-action notice, in both languages of the exchange.
package struct DecisionReason: Hashable, Sendable {
    /// The lender's own stable code.
    package let code: String
    package let english: String
    package let chinese: String

    package init(code: String, english: String, chinese: String) {
        (self.code, self.english, self.chinese) = (code, english, chinese)
    }
}
