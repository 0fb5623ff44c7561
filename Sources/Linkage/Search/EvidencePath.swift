package import Vocabulary

/// One step of an evidence path: from a subject over an identifier to the next subject, whose own it is.
package struct EvidenceStep: Hashable, Sendable, Comparable {
    package let kind: IdentifierKind
    /// What the identifier is to the subject that the step leaves: `own`, or a role that may carry a search on.
    package let role: IdentifierRole

    package init(_ kind: IdentifierKind, _ role: IdentifierRole = .own) { (self.kind, self.role) = (kind, role) }

    package static func < (left: EvidenceStep, right: EvidenceStep) -> Bool { left.order < right.order }

    var order: UInt64 { UInt64(kind.rawValue) << 8 | UInt64(role.rawValue) }
}

/// How the applicant is connected to a report: kinds only, from the applicant to the reported subject (DOMAIN §6).
///
/// It has as many steps as the report has hops: none where the applicant is the reported subject.
package struct EvidencePath: Hashable, Sendable, Comparable {
    package let steps: [EvidenceStep]
    /// The report at its end.
    package let mark: Mark

    package init(steps: [EvidenceStep], mark: Mark) { (self.steps, self.mark) = (steps, mark) }

    /// By the steps; the shorter first.
    package static func < (left: EvidencePath, right: EvidencePath) -> Bool {
        left.steps.count != right.steps.count
            ? left.steps.count < right.steps.count : left.steps.lexicographicallyPrecedes(right.steps)
    }
}
