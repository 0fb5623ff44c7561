package import Vocabulary

/// What a search found: the same for the same edges, evidence and marks, whatever order they came in.
package struct SearchResult: Hashable, Sendable {
    /// The confirmed report with the fewest hops; of those the heaviest, then the one with the least path.
    package var nearest: NearestReport?
    /// Every report within the hops asked, a case once, at its least hop; the nearest and heaviest first.
    package var reports: [ReachedReport]
    /// Of each identifier asked, in the order of kind and number. ``Graph/sharing(of:besides:)`` tells more of one.
    package var sharing: [SharingDegree]
    /// How many subjects were reached, by hop; at 0 the applicant.
    package var subjectsReached: [Int]
    /// Pairs of an identifier and another subject at it that were looked at.
    package var edgesFollowed: Int
    /// The subject whose ring is the answer's ring: the applicant where that is in a ring, else, of the subjects at one
    /// hop that are in one, the first by path, by the ring's size (larger first) and by the ring's number.
    package var ringSubject: SubjectNumber?
    /// Whether the budget left anything unseen.
    package var isTruncated: Bool

    /// The kinds of the identifiers asked that are too widely shared to be followed.
    package var demotedKinds: [IdentifierKind] {
        Set(sharing.lazy.filter(\.isDemoted).map(\.kind)).sorted()
    }
}

/// The confirmed report nearest to the applicant.
package struct NearestReport: Hashable, Sendable {
    /// 0 where it is the applicant's own.
    package var hops: Int
    package var path: EvidencePath
    package var standing: MarkStanding

    package init(hops: Int, path: EvidencePath, standing: MarkStanding) {
        (self.hops, self.path, self.standing) = (hops, path, standing)
    }
}

/// A report within the hops asked. How many members stand behind it the caller knows.
package struct ReachedReport: Hashable, Sendable {
    package var mark: Mark
    package var subject: SubjectNumber
    /// Of the subject, from the applicant.
    package var hops: Int
    /// Confirmed or suspended, never another.
    package var standing: MarkStanding
    /// Whether the reported subject is protected by a marker. Such a report, of another than the applicant, is told but
    /// is never the nearest: no risk passes on from a victim.
    package var isProtected: Bool

    package init(mark: Mark, subject: SubjectNumber, hops: Int, standing: MarkStanding, isProtected: Bool) {
        (self.mark, self.subject, self.hops) = (mark, subject, hops)
        (self.standing, self.isProtected) = (standing, isProtected)
    }
}
