package import Records
package import Vocabulary

/// A ring to look at: its persons, what they share, and who stated what of them, for whoever is entitled to see it.
///
/// Nodes have names of this picture alone: no token, no index and no number of the node's own books is in it, and so
/// nothing that two pictures could be joined by.
package struct RingPicture: Hashable, Sendable {
    package let ring: RingName
    /// What else it was called, before others merged into it.
    package let aliases: [RingName]
    package let status: RingStatus
    package let asOf: Instant
    package let subjects: [Subject]
    package let identifiers: [Identifier]
    package let edges: [Edge]
    /// Whether the ring is larger than what was drawn.
    package let isTruncated: Bool

    /// - Throws: what is wrong with it as a whole: too many nodes, a name used twice, an edge to nobody or twice.
    package init(
        ring: RingName, aliases: [RingName] = [], status: RingStatus, asOf: Instant, subjects: [Subject],
        identifiers: [Identifier], edges: [Edge], isTruncated: Bool = false
    ) throws(FieldFailure) {
        (self.ring, self.aliases, self.status, self.asOf) = (ring, aliases, status, asOf)
        (self.subjects, self.identifiers, self.edges) = (subjects, identifiers, edges)
        self.isTruncated = isTruncated
        try validate()
    }

    /// A person of the ring.
    package struct Subject: Hashable, Sendable {
        package let node: PictureNode
        package let firstSeen: CalendarDate
        package let lastSeen: CalendarDate
        package let reports: [Report]
        /// A protective mark stands: risk is not passed on through this person.
        package let isProtected: Bool
        /// The day of joining, where that was lately.
        package let newSince: CalendarDate?

        package init(
            node: PictureNode, firstSeen: CalendarDate, lastSeen: CalendarDate, reports: [Report] = [],
            isProtected: Bool = false, newSince: CalendarDate? = nil
        ) {
            (self.node, self.firstSeen, self.lastSeen) = (node, firstSeen, lastSeen)
            (self.reports, self.isProtected, self.newSince) = (reports, isProtected, newSince)
        }
    }

    /// What is stated of a person, over all who state it.
    package struct Report: Hashable, Sendable {
        package enum Standing: String, Hashable, Sendable, CaseIterable {
            /// It stands and confirms.
            case confirmed
            /// Suspicion, or seen under a match key alone: told, and never confirms.
            case unconfirmed
            /// Told, and does not confirm until it is decided.
            case disputed
        }

        package let code: CodeName
        package let tier: EvidenceTier?
        package let age: AgeBand
        /// How many members, as a band; `nil` where too few make it up to be told.
        package let reporters: ShownBand?
        package let standing: Standing

        package init(
            code: CodeName, tier: EvidenceTier?, age: AgeBand, reporters: ShownBand?, standing: Standing
        ) {
            (self.code, self.tier, self.age) = (code, tier, age)
            (self.reporters, self.standing) = (reporters, standing)
        }
    }

    /// What several persons share, or one of them has.
    package struct Identifier: Hashable, Sendable {
        package let node: PictureNode
        package let kind: IdentifierKind
        /// Distinct persons whose own it is, those outside of the picture too.
        package let degree: Int
        /// Distinct members who furnished it.
        package let members: Int
        /// Too widely shared to link anybody.
        package let isDemoted: Bool
        package let firstSeen: CalendarDate
        package let lastSeen: CalendarDate

        package init(
            node: PictureNode, kind: IdentifierKind, degree: Int, members: Int, isDemoted: Bool = false,
            firstSeen: CalendarDate, lastSeen: CalendarDate
        ) {
            (self.node, self.kind, self.degree, self.members) = (node, kind, degree, members)
            (self.isDemoted, self.firstSeen, self.lastSeen) = (isDemoted, firstSeen, lastSeen)
        }
    }

    /// That a person has an identifier, and in what role.
    package struct Edge: Hashable, Sendable {
        package let subject: PictureNode
        package let identifier: PictureNode
        package let role: IdentifierRole
        package let members: Int
        package let firstSeen: CalendarDate
        package let lastSeen: CalendarDate

        package init(
            subject: PictureNode, identifier: PictureNode, role: IdentifierRole = .own, members: Int,
            firstSeen: CalendarDate, lastSeen: CalendarDate
        ) {
            (self.subject, self.identifier, self.role) = (subject, identifier, role)
            (self.members, self.firstSeen, self.lastSeen) = (members, firstSeen, lastSeen)
        }
    }
}

/// How far a ring is known to be one.
package enum RingStatus: String, Hashable, Sendable, CaseIterable {
    /// Linked, and nobody in it is reported.
    case group
    /// At least one report in it stands.
    case reported
    /// Found by discovery, not looked at yet.
    case candidate
    /// An analyst says it is a ring.
    case confirmed
    /// An analyst says it is none.
    case dismissed
}

/// A count about others as it may be told: exact, or a band such as `3-4` or `10+`.
package struct ShownBand: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(DecodingFailure) {
        let digits = text.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        let last = digits.count == 1 && text.utf8.last == UInt8(ascii: "+") ? [digits[0].dropLast()] : digits
        let isNumber = { (part: Substring.UTF8View) in !part.isEmpty && part.allSatisfy { (48...57).contains($0) } }
        guard text.utf8.count <= 16, last.allSatisfy(isNumber) else {
            throw .malformed("a count is written as 2, 3-4 or 10+")
        }
        self.text = text
    }

    package var description: String { text }
}
