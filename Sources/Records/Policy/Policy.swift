package import Vocabulary

/// What a consortium agreed on, as the registry's current version has it: codes, kinds, windows, limits, budgets.
///
/// It is data: two processes with the same registry version decide alike.
package struct Policy: Hashable, Sendable {
    /// Counts up with every change; answers name it.
    package let version: UInt32
    /// ISO 4217.
    package let currency: String
    package let timeZone: PolicyTimeZone
    package let reasonCodes: ReasonCodes
    package let identifierKinds: IdentifierRules
    package let evidence: EvidenceRules
    package let products: [ListedName]
    package let memberClasses: [MemberClass]
    /// From short to long.
    package let windows: [Window]
    package let countBands: CountBands
    package let disclosure: DisclosureRules
    package let eventTime: EventTimeRules
    package let limits: PayloadLimits
    package let retention: RecordRetention
    /// A disputed report is out of the score for at most so many days.
    package let disputeDays: Int
    /// An application without a later stage counts as live for so many days.
    package let liveApplicationDays: Int
    /// How often the node signs a checkpoint, at most.
    package let checkpointBeatMilliseconds: Int
    package let budgets: TokenBudgets
    package let lending: LendingPolicy
    /// The score of stacking.
    package let scorecard: Scorecard
    package let reservation: ReservationRules
    package let notices: NoticeRules
    package let reciprocity: ReciprocityRules
    package let quotas: CheckQuotas
    package let linkage: LinkagePolicy

    package func memberClass(named name: ListedName) -> MemberClass? { memberClasses.first { $0.name == name } }
}

/// A span that statistics count in, back from now.
package struct Window: Hashable, Sendable {
    package let name: String
    package let seconds: Int64
}

/// A class of members, and the segment it belongs to in statistics.
package struct MemberClass: Hashable, Sendable {
    package let name: ListedName
    package let segment: Segment

    package enum Segment: UInt8, Hashable, Sendable, CaseIterable {
        case bank = 1
        case nonBank
        static let names = NameTable(allCases)
        package var name: String { Self.names.name(of: self) }
    }
}

/// What a report needs beside its code's own row.
package struct EvidenceRules: Hashable, Sendable {
    /// From this severity on two different persons must have reviewed the report.
    package let twoReviewersFromSeverity: UInt8
    /// The kinds that a code attached to an instrument may name.
    package let instrumentKinds: [IdentifierKind]
    /// The red flags and findings that a report may name.
    package let grounds: [ListedName]
}

/// What an asker may learn, decided by the registry and never by the subject (DOMAIN §5).
package struct DisclosureRules: Hashable, Sendable {
    /// A segment is offered only if so many active members other than the asker belong to it.
    package let minimumSegmentMembers: Int
    /// From so many members on others' counts may be exact.
    package let exactCountsFromMembers: Int
    /// With fewer members a node starts only in demo mode.
    package let demoBelowMembers: Int
}

/// How far from now an event may lie.
package struct EventTimeRules: Hashable, Sendable {
    package let futureSeconds: Int64
    package let pastDays: Int64
}

/// How long records that have no reason code may be used in an answer, in days after the event.
package struct RecordRetention: Hashable, Sendable {
    package let loanEventDays: Int
    package let inquiryDays: Int
}
