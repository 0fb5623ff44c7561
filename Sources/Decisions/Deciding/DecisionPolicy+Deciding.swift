package import Vocabulary

extension DecisionPolicy {
    package var reference: PolicyReference { PolicyReference(name: name, version: version, digest: digest) }

    /// Decides on an answer as the gateway gives it.
    ///
    /// All rules are asked, and the most severe outcome of those that are true stands, whatever their order; where none
    /// is true, that of `otherwise`. Then `unknown review` may raise it to review, and `hold` lower a refusal to it. An
    /// answer that says nothing about the person goes to review unless a rule that asks for its status is true.
    package func decide(on answer: JSON) -> Decision {
        let facts = AnswerFacts(answer, cells: cells)
        let asked = rules.map { (rule: $0, truth: facts.truth(of: $0.condition)) }
        let course = Course(of: self, asked, isAnswered: facts.isAnswered)
        return Decision(
            outcome: course.outcome, reasons: course.reasons,
            fired: asked.filter { $0.truth == .isTrue }.map { rule, _ in
                Decision.Fired(
                    rule: rule.name, action: rule.action, isHeld: course.isHeld && rule.action == .refuse,
                    facts: facts.behind(.isTrue, rule.condition))
            },
            undecided: asked.filter { $0.truth == .unknown }.map { rule, _ in
                Decision.Undecided(
                    rule: rule.name, action: rule.action, isReviewed: rule.reviewsUnknown && facts.isAnswered,
                    facts: facts.behind(.unknown, rule.condition))
            },
            status: facts.status, policy: reference)
    }

    /// Given where the node said nothing about the person and no rule asks for that.
    package static let noAnswerReason = DecisionReason(
        code: "no-answer", english: "The exchange gave no information about the applicant.",
        chinese: "未能从共享系统取得申请人的信息。")

    /// Given where `unknown review` sent the application to review: the rule's own reason is not known to hold.
    package static let openReason = DecisionReason(
        code: "incomplete-information", english: "The information received leaves a question open.",
        chinese: "所获信息不足以作出判断。")
}

/// From the rules' truths to the outcome and its reasons.
private struct Course {
    let outcome: Outcome
    let reasons: [DecisionReason]
    /// Whether a rule's refusal was turned into a review.
    let isHeld: Bool

    init(of policy: DecisionPolicy, _ truths: [(rule: DecisionRule, truth: Truth)], isAnswered: Bool) {
        let fired = truths.filter { $0.truth == .isTrue }.map(\.rule)
        // Where nothing is told everything is open, and what a rule says of the status stands.
        let open = !isAnswered ? [] : truths.filter { $0.truth == .unknown && $0.rule.reviewsUnknown }.map(\.rule)
        let fallback: Outcome? = !fired.isEmpty ? nil : isAnswered ? policy.otherwise : .review
        let fallbackReason = isAnswered ? policy.otherwiseReason : DecisionPolicy.noAnswerReason
        let stated = fallback ?? fired.map(\.action.outcome).max() ?? .review
        let raised = open.isEmpty ? stated : max(stated, .review)
        let isHolding = (fired + open).contains { $0.action == .hold }
        isHeld = isHolding && raised == .refuse
        let outcome = isHolding ? .review : raised
        self.outcome = outcome
        let ruled = fired.filter { $0.action.outcome == outcome }.compactMap(\.reason)
        let unruled = fallback == outcome ? [fallbackReason].compactMap(\.self) : []
        let isOpen = !open.isEmpty && outcome == .review
        var reasons: [DecisionReason] = []
        for reason in ruled + unruled + (isOpen ? [DecisionPolicy.openReason] : []) where !reasons.contains(reason) {
            reasons.append(reason)
        }
        self.reasons = Array(reasons.prefix(Decision.maximumReasons))
    }
}

extension DecisionRule.Action {
    fileprivate var outcome: Outcome {
        switch self {
        case .accept: .accept
        case .review, .hold: .review
        case .refuse: .refuse
        }
    }
}
