package import Vocabulary

/// By what discovery tells a ring from people who merely live, work or shop together.
///
/// Its caps are its own: they count persons, not subjects, and do not follow those of the online answer.
package struct DiscoveryOptions: Hashable, Sendable {
    /// Subjects that share one of these are one person.
    package var personKinds: Set<IdentifierKind> = [.nationalID]
    /// Subjects that share one of these and anything of their own beside are one person, unless each has an identifier
    /// of the person kinds: then they are two, or one under two identities, which is for an analyst to see.
    package var likenessKinds: Set<IdentifierKind> = [.nameBirthDate]
    /// A kind of at least this weight (times its role's) joins persons; a lighter one only tells about them.
    package var joiningWeight = 0.4
    /// An identifier of up to so many persons joins them on its own word.
    package var freePersons = 8
    /// One of more persons, up to so many, joins them when they are linked by smaller identifiers too; more never join.
    package var supportedPersons = 32
    /// Which share of its persons must be linked to another of them by other identifiers, beyond one household.
    package var supportShare = 0.2
    /// From so many persons on, such a share of an identifier's persons must be linked to somebody of another household
    /// without it: else it is a shop's or an agent's.
    package var crowdPersons = 5
    /// An address of up to so many persons is a household.
    package var householdPersons = 6
    /// An address or employer that such a share of a group has in common explains the group where one identifier
    /// joins it, or where the address has so many times the group's persons: a dormitory, a factory.
    package var commonShare = 0.8
    package var crowdedTimes = 1.5
    /// An agent that such a share of a group names explains the group where one kind alone joins it.
    package var agentShare = 0.5
    /// A group of fewer persons is no candidate.
    package var minimumPersons = 3
    /// A group of more persons is divided into communities, and what is still larger peeled to its dense core.
    package var largeGroup = 48
    /// A group keeps no more links than its persons and so many: a link is whatever identifiers the same persons share.
    /// Beyond that the lightest and the most numerous are left out, never those that connect the group. So the work
    /// stays near linear, whatever a member furnishes.
    package var groupLinks = 256
    /// The weight that pairs inside a community must have on average (Leiden, constant Potts).
    package var resolution = 0.03
    /// A group with at least this share of persons reported is a known ring.
    package var knownShare = 0.3
    /// A person first seen within so many days is fresh.
    package var freshDays = 45
    /// A candidate this alike (Jaccard, of subjects) to a dismissed one is that one.
    package var dismissedOverlap = 0.5
    /// A dismissed ring that has grown by this share is told again.
    package var dismissedGrowth = 1.0 / 3
    /// No more candidates than this, the best first.
    package var limit = Int.max
    package var seed: UInt64 = 20_190_326

    package init() {}
}
