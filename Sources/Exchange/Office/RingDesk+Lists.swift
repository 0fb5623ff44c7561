internal import Linkage
internal import Records
internal import Vocabulary

extension RingDesk {
    // MARK: Rings

    /// Rings in the order of their names: the confirmed candidates that are no ring of linkage, then linkage's.
    package func rings(after name: RingName?, limit: Int) -> RingList {
        var names = confirmedCandidates(after: name, limit: limit + 1)
        var number = name.map { $0.series == .ring ? $0.number : 0 } ?? 0
        while names.count <= limit, number < graph.rings.count {
            number += 1
            if case .live = graph.rings.standing(of: RingNumber(number)) { names.append(RingName(.ring, number)) }
        }
        return RingList(
            asOf: now, rings: names.prefix(limit).compactMap(summary), hasMore: names.count > limit)
    }

    private func confirmedCandidates(after name: RingName?, limit: Int) -> [RingName] {
        if name?.series == .ring { return [] }
        let first = name?.number ?? 0
        let confirmed = ledger.candidates.values.filter { state in
            state.verdict == .confirmed && state.facts.number > first && ring(holding: subjects(of: state)) == nil
        }
        return confirmed.map(\.facts.number).sorted().prefix(limit).map { RingName(.candidate, $0) }
    }

    private func summary(of name: RingName) -> RingSummary? {
        switch name.series {
        case .candidate: return ledger.candidates[name.number].map(summary)
        case .ring:
            guard case .live(let anchor) = graph.rings.standing(of: RingNumber(name.number)),
                anchor.rawValue < graph.subjectCount
            else { return nil }
            return summary(of: name, anchor: anchor)
        }
    }

    private func summary(of name: RingName, anchor: SubjectNumber) -> RingSummary {
        let view = graph.ringView(of: anchor, budget: RingDeskLimits.figuresBudget) { finder.markStanding($0) }
        var figures = RingFigures(today: graph.today)
        var left = RingDeskLimits.figuresBudget
        for subject in graph.members(ofComponentOf: anchor) where left > 0 && graph.hasMarks(subject) {
            left -= 1
            figures.count(reports(on: subject))
        }
        return RingSummary(
            ring: name, status: status(of: graph.members(ofComponentOf: anchor), isFraud: figures.isFraud),
            subjects: graph.componentSize(of: anchor), members: view?.members ?? 0, reported: figures.reported,
            firstSeen: CalendarDate(view?.firstDay ?? graph.today),
            lastSeen: CalendarDate(view?.lastDay ?? graph.today))
    }

    /// A ring's status: what is reported comes before what a discovery found.
    func status(of subjects: some Sequence<SubjectNumber>, isFraud: Bool) -> RingStatus {
        isFraud ? .reported : candidate(of: subjects).map { RingStatus($0.verdict) } ?? .group
    }

    // MARK: Candidates

    /// What is left to decide of the last discovery, in its order. What is reported meanwhile needs nobody's decision.
    package func candidates() -> RingCandidateList {
        guard let run = ledger.discoveryRuns.last else { return RingCandidateList(foundAt: nil, candidates: []) }
        let open = run.candidates.lazy.compactMap { ledger.candidates[$0] }.filter { $0.verdict == .open }
        let summaries = open.map(summary).filter { $0.status == .candidate }
        return RingCandidateList(
            foundAt: finish(of: run), candidates: Array(summaries.prefix(RingLimits.ringsPerPage)))
    }

    func summary(of candidate: RingCandidateState) -> RingSummary {
        let subjects = subjects(of: candidate)
        var figures = RingFigures(today: graph.today)
        for subject in subjects.prefix(RingDeskLimits.figuresBudget) {
            figures.count(subject, in: graph)
            figures.count(reports(on: subject))
        }
        let verdict = RingStatus(candidate.verdict)
        return RingSummary(
            ring: RingName(.candidate, candidate.facts.number),
            status: verdict == .candidate && figures.isFraud ? .reported : verdict, subjects: subjects.count,
            members: figures.members.count, reported: figures.reported,
            firstSeen: CalendarDate(figures.days.lowerBound), lastSeen: CalendarDate(figures.days.upperBound),
            score: Int(min(candidate.facts.score, 1000)),
            reasons: candidate.facts.reasons.prefix(RingLimits.reasons).compactMap(RingReason.init))
    }

    // MARK: Runs

    /// The discoveries so far, the latest first, with what analysts have said of their first twenty since.
    package var runs: [DiscoveryStatus.Run] {
        ledger.discoveryRuns.suffix(RingLimits.runs).reversed().map { run in
            let verdicts = run.candidates.prefix(20).compactMap { ledger.candidates[$0]?.verdict }
            let finishedAt = finish(of: run)
            return DiscoveryStatus.Run(
                finishedAt: finishedAt, seconds: Int(max(0, finishedAt.seconds - run.ranAt.seconds)),
                candidates: run.candidates.count, decidedOf20: verdicts.count { $0 != .open },
                confirmedOf20: verdicts.count { $0 == .confirmed })
        }
    }

    /// When the run's entry was logged: it is found by when the run began.
    private func finish(of run: DiscoveryRun) -> Instant {
        let logIndex = ledger.entries.number(of: .discovery(begunAt: run.ranAt))
        return logIndex.map { ledger.entryTimes[Int($0)] } ?? run.ranAt
    }
}

extension RingStatus {
    init(_ verdict: RingCandidateState.Verdict) {
        self =
            switch verdict {
            case .open: .candidate
            case .confirmed: .confirmed
            case .dismissed: .dismissed
            }
    }
}

/// Counts persons of a ring or a candidate.
struct RingFigures {
    private(set) var members: Set<UInt16> = []
    private(set) var reported = 0
    private(set) var isFraud = false
    private var span: ClosedRange<GraphDay>?
    private let today: GraphDay

    init(today: GraphDay) { self.today = today }

    /// Of nothing that is left, today.
    var days: ClosedRange<GraphDay> { span ?? today...today }

    mutating func count(_ reports: (isReported: Bool, isFraud: Bool)) {
        reported += reports.isReported ? 1 : 0
        isFraud = isFraud || reports.isFraud
    }

    mutating func count(_ subject: SubjectNumber, in graph: Graph) {
        for next in graph.neighbours(of: subject).prefix(RingDeskLimits.neighbours) {
            for word in graph.evidence(of: next.edge).prefix(RingDeskLimits.words) {
                members.insert(word.member)
                span = span.map { min($0.lowerBound, word.day)...max($0.upperBound, word.day) } ?? word.day...word.day
            }
        }
    }
}
