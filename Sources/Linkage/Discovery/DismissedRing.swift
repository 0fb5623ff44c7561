/// A candidate that an analyst has dismissed, as it was then.
package struct DismissedRing: Hashable, Sendable {
    /// Ascending.
    package let subjects: [SubjectNumber]

    package init(subjects: some Sequence<SubjectNumber>) { self.subjects = Set(subjects).sorted() }

    /// Whether the candidate is this ring still: alike, and not grown by the share that makes it news.
    func covers(_ candidate: [SubjectNumber], options: DiscoveryOptions) -> Bool {
        let common = countOfCommon(candidate)
        let all = candidate.count + subjects.count - common
        guard all > 0, Double(common) >= options.dismissedOverlap * Double(all) else { return false }
        return Double(candidate.count) < Double(subjects.count) * (1 + options.dismissedGrowth) - 1e-9
    }

    private func countOfCommon(_ others: [SubjectNumber]) -> Int {
        var (left, right, common) = (0, 0, 0)
        while left < subjects.count, right < others.count {
            let (mine, other) = (subjects[left], others[right])
            if mine == other { common += 1 }
            if mine <= other { left += 1 }
            if other <= mine { right += 1 }
        }
        return common
    }
}

/// Dismissed rings, found by the subjects they have.
struct DismissalIndex {
    private let rings: [DismissedRing]
    private var bySubject: [SubjectNumber: [Int]] = [:]

    init(_ rings: [DismissedRing]) {
        self.rings = rings
        for (place, ring) in rings.enumerated() {
            for subject in ring.subjects { bySubject[subject, default: []].append(place) }
        }
    }

    func covers(_ candidate: [SubjectNumber], options: DiscoveryOptions) -> Bool {
        guard !bySubject.isEmpty else { return false }
        let places = Set(candidate.flatMap { bySubject[$0] ?? [] })
        return places.contains { rings[$0].covers(candidate, options: options) }
    }
}
