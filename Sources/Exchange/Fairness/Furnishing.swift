internal import Records
package import Vocabulary

/// How fresh and how complete a member's furnishing is, and what that means for its right to check (DOMAIN §7).
package struct Furnishing: Hashable, Sendable {
    /// A part of a whole, both counted.
    package struct Share: Hashable, Sendable {
        package var part: Int
        package var whole: Int

        package init(part: Int = 0, whole: Int = 0) { (self.part, self.whole) = (part, whole) }

        /// Rounded down; `nil` of nothing.
        package var percent: Int? { whole == 0 ? nil : part * 100 / whole }
    }

    package let member: MemberID
    /// Of the own open loans looked at, those with an event in the policy's days.
    package let fresh: Share
    /// Of the own application checks looked at whose outcome is due, those with a later event of an own loan.
    package let complete: Share
    /// The hard application checks of a year whose outcome is due.
    package let checks: Int
    /// Until when nothing is required.
    package let graceUntil: Instant?
    let rules: ReciprocityRules
    let computedAt: Instant

    package enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Nothing is required yet: the member is new, or has asked little.
        case notJudged
        case sufficient, insufficient
    }

    package var standing: Standing {
        if let graceUntil, graceUntil > computedAt { return .notJudged }
        guard checks >= rules.minimumChecks else { return .notJudged }
        return isFresh && isComplete ? .sufficient : .insufficient
    }

    /// Whether the policy lets the member check.
    package var mayCheck: Bool { standing != .insufficient || !rules.enforced }

    private var isFresh: Bool { fresh.percent.map { $0 >= rules.minimumFreshPercent } ?? true }
    private var isComplete: Bool { complete.percent.map { $0 >= rules.minimumCompletePercent } ?? true }

    package var json: JSON {
        .object([
            "member": .string(member.name),
            "computedAt": .string(computedAt.description),
            "standing": .string(standing.rawValue),
            "mayCheck": .bool(mayCheck),
            "enforced": .bool(rules.enforced),
            "graceUntil": .optional(graceUntil?.description),
            "checks": .number(checks),
            "minimumChecks": .number(rules.minimumChecks),
            "fresh": json(of: fresh, minimum: rules.minimumFreshPercent, days: rules.freshDays),
            "complete": json(of: complete, minimum: rules.minimumCompletePercent, days: rules.outcomeDays),
            "next": .strings(next),
        ])
    }

    private func json(of share: Share, minimum: Int, days: Int) -> JSON {
        .object([
            "percent": share.percent.map { .number($0) } ?? .null, "of": .number(share.whole),
            "minimumPercent": .number(minimum), "days": .number(days),
        ])
    }

    /// What the member can do, in sentences.
    private var next: [String] {
        var steps: [String] = []
        if !isFresh {
            steps.append(
                """
                Furnish an event of every open loan at least every \(rules.freshDays) days, and the end of those that \
                are over.
                """)
        }
        if !isComplete {
            steps.append(
                """
                Furnish what became of each application within \(rules.outcomeDays) days of its check, also where it \
                was refused.
                """)
        }
        return steps
    }

    /// The refusal of a check; `nil` where the member may.
    package var problem: Problem? {
        guard !mayCheck else { return nil }
        return Problem(
            .notEntitled, "This member furnishes too little for its right to check.",
            hint: "GET /v1/furnishing says what is missing. " + next.joined(separator: " "))
    }
}
