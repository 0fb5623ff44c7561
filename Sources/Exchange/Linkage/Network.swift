internal import Linkage
package import Records
package import Vocabulary

/// What linkage tells of an applicant (DOMAIN §6): never who, only how near, over what kinds of thing, and how many.
package struct Network: Hashable, Sendable {
    /// The nearest confirmed report; `nil` where none is within reach.
    package var nearest: Nearest?
    /// Reported persons within reach, by family of code and least number of hops.
    package var reports: [Reached] = []
    package var ring: Ring?
    /// Kinds of the asked identifiers that are too widely shared to link anybody.
    package var demoted: [IdentifierKind] = []
    /// Whether the search's budget left anything unseen.
    package var isTruncated = false

    package struct Nearest: Hashable, Sendable {
        /// 0 where it is the person, 1 where one thing is between.
        package var hops: Int
        /// From the applicant: each thing's kind, and what it is to the person before it.
        package var path: [Step]
        package var code: CodeName
        package var tier: EvidenceTier?
        package var age: AgeBand
        /// Distinct members other than the asker that state it of that person.
        package var reporters: Int
        package var isOwn: Bool
    }

    package struct Step: Hashable, Sendable {
        package let kind: IdentifierKind
        package let role: IdentifierRole
    }

    package struct Reached: Hashable, Sendable {
        package let family: CodeFamily
        package let hops: Int
        package var subjects: Int
        /// Disputed or under investigation: told, and confirming nothing.
        package let isSuspended: Bool
    }

    package struct Ring: Hashable, Sendable {
        /// This member's own name for it; `nil` in an answer about the past.
        package var name: String?
        /// Names under which this member may have met it before it was joined with another.
        package var formerNames: [String] = []
        package var status: Status
        package var subjects: Int
        package var members: Int
        /// How many things of each kind are in it.
        package var kinds: [IdentifierKind: Int] = [:]
        /// Persons in it with confirmed reports, by family.
        package var reported: [CodeFamily: Int] = [:]
        package var since: AgeBand?
        package var isTruncated = false

        package enum Status: String, Hashable, Sendable, CaseIterable {
            /// People who share things; nothing more is known.
            case group
            /// Found by the machine, and nobody has decided.
            case candidate
            /// A candidate that an analyst of the consortium confirmed.
            case confirmed
            /// A fraud report about somebody in it is confirmed.
            case reported
        }
    }

    var isEmpty: Bool { nearest == nil && reports.isEmpty && ring == nil && demoted.isEmpty }
}
