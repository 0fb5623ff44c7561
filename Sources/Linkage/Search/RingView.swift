package import Vocabulary

/// A ring in figures: what an answer tells of it (DOMAIN §6).
package struct RingView: Hashable, Sendable {
    /// The ring's subjects: exact, even where the view is truncated.
    package var size: Int
    /// Distinct members who furnished the own edges of the ring's subjects.
    package var members: Int
    /// What the ring's subjects have as their own, by kind; kinds that none has are left out.
    package var identifiers: [KindCount]
    /// The marks on the ring's subjects, the confirmed first, the heavier first.
    package var marks: [MarkTally]
    /// The earliest and the latest day of the evidence for the own edges of the ring's subjects.
    package var firstDay: GraphDay?
    package var lastDay: GraphDay?
    /// Whether the budget left anything uncounted; what is counted then is nearest to the subject asked about.
    package var isTruncated: Bool

    package init(
        size: Int, members: Int, identifiers: [KindCount], marks: [MarkTally], firstDay: GraphDay?, lastDay: GraphDay?,
        isTruncated: Bool
    ) {
        (self.size, self.members, self.identifiers, self.marks) = (size, members, identifiers, marks)
        (self.firstDay, self.lastDay, self.isTruncated) = (firstDay, lastDay, isTruncated)
    }

    /// Distinct identifiers of one kind.
    package struct KindCount: Hashable, Sendable {
        package var kind: IdentifierKind
        package var identifiers: Int
        /// Those that at least two of the ring's subjects have, and that are not demoted.
        package var shared: Int

        package init(kind: IdentifierKind, identifiers: Int, shared: Int) {
            (self.kind, self.identifiers, self.shared) = (kind, identifiers, shared)
        }
    }

    /// Marks of one standing, confirmed reports by family.
    package struct MarkTally: Hashable, Sendable {
        /// With the weight of the heaviest.
        package var standing: MarkStanding
        /// Distinct cases.
        package var cases: Int
        /// Distinct subjects.
        package var subjects: Int

        package init(standing: MarkStanding, cases: Int, subjects: Int) {
            (self.standing, self.cases, self.subjects) = (standing, cases, subjects)
        }
    }
}

extension Graph {
    /// The ring that a subject is in, in figures; `nil` where its component is too small to be one.
    ///
    /// - Parameters:
    ///   - budget: of the identifiers, words of evidence and marks that are read, give or take one subject's.
    ///   - standing: what has become of a mark's statement at the instant asked.
    package func ringView(
        of subject: SubjectNumber, budget: Int = 20_000, standing: (Mark) -> MarkStanding
    ) -> RingView? {
        let size = componentSize(of: subject)
        guard size >= rules.minimumRingSubjects else { return nil }
        if size <= budget {
            var census = RingCensus(budget: budget)
            for member in members(ofComponentOf: subject) where !census.isSpent {
                census.count(member, in: self, standing)
            }
            if !census.isSpent { return census.view(size: size, in: self) }
        }
        // What is left out must not depend on the order in which the component grew together.
        var census = RingCensus(budget: budget)
        for member in RingWalk(from: subject, in: self, limit: budget, reads: budget).subjects where !census.isSpent {
            census.count(member, in: self, standing)
        }
        census.isSpent = true
        return census.view(size: size, in: self)
    }
}
