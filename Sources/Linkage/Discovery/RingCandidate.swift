package import Vocabulary

/// A group that looks like a ring and that nobody has reported: for analysts to confirm or dismiss, never a report.
package struct RingCandidate: Hashable, Sendable {
    /// Ascending.
    package var subjects: [SubjectNumber]
    /// The identifiers that join them, ascending.
    package var identifiers: [IdentifierNumber]
    package var features: CandidateFeatures
    /// Higher is more of a ring; only good for ranking within one run.
    package var score: Double
    /// In the order in which they are told.
    package var reasons: [CandidateReason]

    /// The same for the same subjects, whenever it is found.
    package var fingerprint: UInt64 {
        // FNV-1a, 64 bits, over the subjects' numbers in ascending order, least byte first.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for subject in subjects {
            for shift in stride(from: 0, to: 32, by: 8) {
                hash ^= UInt64(subject.rawValue >> UInt32(shift) & 0xFF)
                hash &*= 0x100_0000_01B3
            }
        }
        return hash
    }
}

/// What is counted about a candidate.
package struct CandidateFeatures: Hashable, Sendable {
    /// Hard-linked subjects count as one.
    package var persons = 0
    /// Kinds that join the persons, ascending.
    package var kinds: [IdentifierKind] = []
    /// Persons who share identifiers of at least two kinds with others of the group.
    package var crossLinked = 0
    /// Damped, weighted edges over nodes, as in peeling.
    package var density = 0.0
    /// Persons in the densest core.
    package var core = 0
    /// Members that have seen the group's shared identifiers.
    package var members = 0
    /// Edges to the shared identifiers by their first day: within 7 days, within 30, and before.
    package var newWithin7Days = 0
    package var newWithin30Days = 0
    package var before = 0
    /// Persons first seen within the options' `freshDays`.
    package var fresh = 0
    /// Persons with a report.
    package var reported = 0

    package init() {}
}

/// Why a group is a candidate; sentences are made of it elsewhere.
package enum CandidateReason: Hashable, Sendable {
    /// So many persons are joined by so many identifiers.
    case joined(persons: Int, identifiers: Int)
    case kindsShared([IdentifierKind])
    /// So many persons share at least two kinds with others of the group.
    case crossLinked(persons: Int, of: Int)
    /// So many persons make up a core that is denser than the rest.
    case denseCore(persons: Int)
    case membersSpanned(Int)
    /// More new edges than the time before would lead to expect.
    case spike(within7Days: Int, within30Days: Int, before: Int)
    case freshIdentities(persons: Int, of: Int)
    /// Some are reported, too few for a known ring.
    case reportedInside(persons: Int)
}
