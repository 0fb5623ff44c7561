package import Vocabulary

/// A ring in figures: what an answer tells of it (DOMAIN §6).
package struct RingView: Hashable, Sendable {
    /// The ring's subjects: exact, even where the view is truncated. Besides an asker: those whom others know, and
    /// where even to look for them all would take too long, those of the nearest.
    package var size: Int
    /// Distinct members, other than the asker, who furnished the own edges of the ring's subjects.
    package var members: Int
    /// What the ring's subjects have as their own, by kind; kinds that none has are left out.
    package var identifiers: [KindCount]
    /// The marks on the ring's subjects, the confirmed first, the heavier first; without ``protectedMarks``.
    package var marks: [MarkTally]
    /// Confirmed reports on subjects that a standing marker protects: told apart, for a victim passes no risk on, and
    /// they make no ring a reported one.
    package var protectedMarks: [MarkTally]
    /// The earliest and the latest day of the evidence for the own edges of the ring's subjects.
    package var firstDay: GraphDay?
    package var lastDay: GraphDay?
    /// Whether the budget left anything uncounted; what is counted then is nearest to the subject asked about.
    package var isTruncated: Bool

    package init(
        size: Int, members: Int, identifiers: [KindCount], marks: [MarkTally], protectedMarks: [MarkTally] = [],
        firstDay: GraphDay?, lastDay: GraphDay?, isTruncated: Bool
    ) {
        (self.size, self.members, self.identifiers) = (size, members, identifiers)
        (self.marks, self.protectedMarks) = (marks, protectedMarks)
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
    ///   - asker: a member on whose words alone nothing is counted, so that nobody moves a figure by records of its
    ///     own: no subject (with the marks on it), identifier, member or day. A ring may so be told smaller than the
    ///     rules' minimum. Whose marks count, `standing` says.
    ///   - standing: what has become of a mark's statement at the instant asked.
    package func ringView(
        of subject: SubjectNumber, budget: Int = 20_000, besides asker: UInt16? = nil,
        standing: (Mark) -> MarkStanding
    ) -> RingView? {
        let size = componentSize(of: subject)
        guard size >= rules.minimumRingSubjects else { return nil }
        let told = toldSize(of: subject, budget: budget, besides: asker)
        if size <= budget {
            var census = RingCensus(budget: budget, besides: asker)
            for member in members(ofComponentOf: subject) where !census.isSpent {
                census.count(member, in: self, standing)
            }
            if !census.isSpent, let told { return census.view(size: told, in: self) }
        }
        // What is left out must not depend on the order in which the component grew together.
        let nearest = RingWalk(from: subject, in: self, limit: budget, reads: budget).subjects
        var census = RingCensus(budget: budget, besides: asker)
        for member in nearest where !census.isSpent { census.count(member, in: self, standing) }
        census.isSpent = true
        return census.view(size: told ?? knownCount(nearest, reads: budget * 16, besides: asker), in: self)
    }

    /// How many of a component are known to others than the asker; `nil` where more than the budget's subjects, or more
    /// than sixteen times as many own edges, would have to be looked at.
    private func toldSize(of subject: SubjectNumber, budget: Int, besides asker: UInt16?) -> Int? {
        let size = componentSize(of: subject)
        guard let asker else { return size }
        guard size <= budget else { return nil }
        var edges = 0
        for member in members(ofComponentOf: subject) { edges += neighbours(of: member).ownCount }
        // Asked of the whole first, so that the order of the component means nothing.
        guard edges <= budget * 16 else { return nil }
        return members(ofComponentOf: subject).count { isKnown($0, toOthersThan: asker) }
    }

    private func knownCount(_ nearest: [SubjectNumber], reads: Int, besides asker: UInt16?) -> Int {
        guard let asker else { return nearest.count }
        var (count, readsLeft) = (0, reads)
        for subject in nearest {
            readsLeft -= neighbours(of: subject).ownCount
            guard readsLeft >= 0 else { break }
            if isKnown(subject, toOthersThan: asker) { count += 1 }
        }
        return count
    }
}
