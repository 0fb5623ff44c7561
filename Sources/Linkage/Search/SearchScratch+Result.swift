import Vocabulary

extension SearchScratch {
    /// Gathers what was found.
    mutating func result(of question: Question, in graph: Graph) -> SearchResult {
        var subjectsReached = Array(repeating: 0, count: question.budget.hops + 1)
        for subject in reached { subjectsReached[subject.hops] += 1 }
        return SearchResult(
            nearest: nearest(), reports: told(),
            sharing: asked.map { graph.sharingDegree(of: $0, besides: question.subject) }
                .sorted { ($0.kind, $0.identifier) < ($1.kind, $1.identifier) },
            subjectsReached: subjectsReached, edgesFollowed: question.budget.edges - edgesLeft,
            ringSubject: ringSubject(in: graph), isTruncated: isTruncated)
    }

    /// The confirmed report of the fewest hops, heaviest first, least path first. Numbers decide between equals only.
    private func nearest() -> NearestReport? {
        let confirming = reports.lazy.filter { each in
            each.report.standing.isConfirmed && (each.report.hops == 0 || !each.report.isProtected)
        }
        let found = confirming.min { left, right in
            let (one, other) = (left.report, right.report)
            guard one.hops == other.hops, one.standing == other.standing else {
                return (one.hops, one.standing.order) < (other.hops, other.standing.order)
            }
            return (reached[left.place].key, one.mark.caseNumber, one.mark.position)
                < (reached[right.place].key, other.mark.caseNumber, other.mark.position)
        }
        return found.map { found in
            NearestReport(
                hops: found.report.hops, path: EvidencePath(steps: steps(to: found.place), mark: found.report.mark),
                standing: found.report.standing)
        }
    }

    private func steps(to place: Int) -> [EvidenceStep] {
        var steps: [EvidenceStep] = []
        var place = place
        while place != 0 {
            steps.append(reached[place].step)
            place = reached[place].parent
        }
        return steps.reversed()
    }

    /// Each case once: a case may mark several of its subjects.
    private mutating func told() -> [ReachedReport] {
        guard !reports.isEmpty else { return [] }
        reports.sort { left, right in
            let (one, other) = (left.report, right.report)
            guard one.mark.caseNumber == other.mark.caseNumber else {
                return one.mark.caseNumber < other.mark.caseNumber
            }
            return (one.hops, one.isProtected ? 1 : 0, one.standing.order, one.mark.position, one.subject)
                < (other.hops, other.isProtected ? 1 : 0, other.standing.order, other.mark.position, other.subject)
        }
        var told: [ReachedReport] = []
        for each in reports where told.last?.mark.caseNumber != each.report.mark.caseNumber { told.append(each.report) }
        told.sort { one, other in
            (one.hops, one.standing.order, one.mark.caseNumber)
                < (other.hops, other.standing.order, other.mark.caseNumber)
        }
        return told
    }

    /// See ``SearchResult/ringSubject``.
    private func ringSubject(in graph: Graph) -> SubjectNumber? {
        if let applicant = reached[0].subject, !reached[0].isProtected, !reached[0].isUnread,
            graph.ring(of: applicant) != nil
        {
            return applicant
        }
        var best: (key: UInt64, size: Int, ring: RingNumber, subject: SubjectNumber)?
        for next in reached.dropFirst().prefix(while: { $0.hops == 1 }) where !next.isProtected && !next.isUnread {
            guard let subject = next.subject, let ring = graph.ring(of: subject) else { continue }
            let size = graph.componentSize(of: subject)
            if let best, (best.key, -best.size, best.ring, best.subject) < (next.key, -size, ring, subject) { continue }
            best = (next.key, size, ring, subject)
        }
        return best?.subject
    }
}
