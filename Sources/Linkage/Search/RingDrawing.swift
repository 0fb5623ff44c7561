package import Vocabulary

/// The neighbourhood of a subject to be drawn: bounded, and the same for the same graph.
///
/// It has the subject's component from the subject outwards, the identifiers that join it, then the others that at
/// least two of the subjects drawn share in any role, demoted ones too, and at last the subject's own that it shares
/// with nobody drawn.
package struct RingDrawing: Hashable, Sendable {
    /// The subject asked about first.
    package var subjects: [DrawnSubject]
    package var identifiers: [DrawnIdentifier]
    /// Every edge between the two, by subject, identifier and role.
    package var edges: [DrawnEdge]
    /// The component's subjects, drawn or not.
    package var size: Int
    /// Whether a subject of the component, or an identifier that those drawn share, is left out.
    package var isTruncated: Bool

    package struct DrawnSubject: Hashable, Sendable {
        package var subject: SubjectNumber
        /// By case and position; whether they stand is for the caller to ask.
        package var marks: [Mark]
    }

    package struct DrawnIdentifier: Hashable, Sendable {
        package var identifier: IdentifierNumber
        package var kind: IdentifierKind
        /// Distinct subjects who have it as their own, drawn or not.
        package var degree: Int
        package var isDemoted: Bool
    }

    package struct DrawnEdge: Hashable, Sendable {
        /// The position in `subjects`.
        package var subject: Int
        /// The position in `identifiers`.
        package var identifier: Int
        package var role: IdentifierRole
        /// Distinct members who vouch for it.
        package var members: Int
        package var firstDay: GraphDay
        package var lastDay: GraphDay
    }
}

extension Graph {
    /// A subject's neighbourhood as a picture of at most `limit` subjects and identifiers together.
    package func drawing(of subject: SubjectNumber, limit: Int = 100) -> RingDrawing {
        var drafting = RingDrafting(limit: limit)
        drafting.draft(subject, in: self)
        return drafting.drawing(in: self, size: componentSize(of: subject))
    }
}
