internal import Linkage
internal import Records
internal import Vocabulary

/// Asks the graph what linkage tells one asker of one applicant.
struct NetworkFinder {
    let linkage: LinkageProjection
    let finder: SignalFinder
    let names: RingNames?
    let asker: MemberID

    private var standing: CaseStanding { _read { yield finder.standing } }
    private var ledger: Ledger { _read { yield standing.ledger } }
    private var graph: Graph { _read { yield linkage.graph } }

    /// - Parameter signals: what the person itself, or a thing that it gave, is reported for: nought hops away.
    func network(of match: Match, signals: [Signal]) -> Network {
        let own = match.asked.filter { $0.role == .own && !$0.kind.isComposite }
        // Whoever is protected is known by what was given now alone: what others did in its name is not its own.
        let isProtected = match.hits.contains { finder.protects($0) }
        let subject =
            isProtected
            ? nil
            : own.lazy.filter { $0.kind == .nationalID }
                .compactMap { linkage.subject(ofNationalID: $0.number) }.min()
        let policy = standing.policy.linkage
        let question = Question(
            subject: subject, identifiers: own.compactMap { linkage.place(of: $0.number) },
            budget: SearchBudget(hops: policy.searchHops, edges: policy.searchEdges))
        let result = graph.search(question) { finder.markStanding($0) }
        var network = Network(demoted: result.demotedKinds, isTruncated: result.isTruncated)
        network.nearest = result.nearest.flatMap { nearest($0, among: result.reports) }
        if let own = Self.nearest(in: signals), network.nearest?.hops != 0 { network.nearest = own }
        network.reports = reached(result.reports)
        network.ring = result.ringSubject.flatMap { ring(of: $0, edges: policy.searchEdges) }
        return network
    }

    /// What is stated equally near under the same code is one finding, whoever stated it of whom: which of them came
    /// first decides nothing.
    private func nearest(_ report: NearestReport, among reports: [ReachedReport]) -> Network.Nearest? {
        let equals = reports.filter {
            $0.hops == report.hops && $0.standing == report.standing && ($0.hops == 0 || !$0.isProtected)
        }
        let states = equals.compactMap { standing.view.statement(of: $0.mark.caseNumber) }
        guard let code = states.first?.code else { return nil }
        let reporters = Set(equals.map { ledger.cases[Int($0.mark.caseNumber)].member })
        let isOwn = ledger.names.number(of: asker.name).map(reporters.contains) ?? false
        let ages = states.map { AgeBand(from: $0.statedAt, to: standing.now) }
        return ages.min().map { age in
            Network.Nearest(
                hops: report.hops, path: report.path.steps.map { Network.Step(kind: $0.kind, role: $0.role) },
                code: code, tier: states.compactMap(\.tier).max(), age: age,
                reporters: reporters.count - (isOwn ? 1 : 0), isOwn: isOwn)
        }
    }

    /// The person's own report, met under its ID, exactly and undisputed. What was met under a phone alone is a thing
    /// that it shares with somebody, and for the graph to judge.
    private static func nearest(in signals: [Signal]) -> Network.Nearest? {
        let own = signals.filter { $0.confirms && $0.kinds.contains(.nationalID) }
        let best = own.max { left, right in
            (left.code.severity ?? 0, right.code.name) < (right.code.severity ?? 0, left.code.name)
        }
        return best.map { signal in
            Network.Nearest(
                hops: 0, path: [], code: signal.code.name, tier: signal.tier, age: signal.age,
                reporters: signal.otherReporters.count, isOwn: signal.isOwn)
        }
    }

    private func reached(_ reports: [ReachedReport]) -> [Network.Reached] {
        struct Person: Hashable {
            let subject: SubjectNumber
            let family: CodeFamily
            let isSuspended: Bool
        }
        var least: [Person: Int] = [:]
        // No risk passes on from a victim, whatever it is reported for.
        for report in reports where report.hops == 0 || !report.isProtected {
            guard let family = finder.family(of: report.mark) else { continue }
            let isSuspended = report.standing == .suspended
            let person = Person(subject: report.subject, family: family, isSuspended: isSuspended)
            least[person] = min(least[person] ?? .max, report.hops)
        }
        var lines: [Network.Reached] = []
        for (person, hops) in least {
            let line = lines.firstIndex {
                $0.family == person.family && $0.hops == hops && $0.isSuspended == person.isSuspended
            }
            if let line {
                lines[line].subjects += 1
            } else {
                lines.append(
                    Network.Reached(
                        family: person.family, hops: hops, subjects: 1, isSuspended: person.isSuspended))
            }
        }
        return lines.sorted { left, right in
            (left.hops, left.family.rawValue, left.isSuspended ? 1 : 0)
                < (right.hops, right.family.rawValue, right.isSuspended ? 1 : 0)
        }
    }

    // MARK: The ring

    private func ring(of subject: SubjectNumber, edges: Int) -> Network.Ring? {
        guard
            let view = graph.ringView(
                of: subject, budget: edges, besides: ledger.names.number(of: asker.name),
                standing: { finder.markStanding($0) })
        else {
            return nil
        }
        var ring = Network.Ring(
            status: .group, subjects: view.size, members: view.members, isTruncated: view.isTruncated)
        for count in view.identifiers { ring.kinds[count.kind] = count.identifiers }
        ring.since = view.firstDay.map { AgeBand(from: $0.instant, to: standing.now) }
        for tally in view.marks {
            guard case .confirmed(let number, _) = tally.standing, let family = CodeFamily(rawValue: number) else {
                continue
            }
            ring.reported[family] = tally.subjects
        }
        if let number = graph.ring(of: subject), let names {
            ring.name = names.name(of: number, for: asker)
            ring.formerNames = ledger.aliases(of: number).suffix(8).map { names.name(of: $0, for: asker) }
        }
        ring.status = status(of: subject, isReported: ring.reported[.fraud] ?? 0 > 0)
        return ring
    }

    private func status(of subject: SubjectNumber, isReported: Bool) -> Network.Ring.Status {
        if isReported { return .reported }
        // Candidates are of today, and named by today's subjects: an answer about the past knows none.
        guard names != nil else { return .group }
        switch ledger.candidate(holding: subject)?.verdict {
        case .confirmed: return .confirmed
        case .open: return standing.policy.linkage.tellsCandidates ? .candidate : .group
        case .dismissed, nil: return .group
        }
    }
}

extension SignalFinder {
    /// What a mark of the graph stands for now, told by the same rules as a signal.
    func markStanding(_ mark: Mark) -> MarkStanding {
        guard standing.stands(mark.caseNumber), let state = standing.view.statement(of: mark.caseNumber),
            let code = state.code.flatMap({ standing.policy.reasonCodes[$0] }), code.isSignal
        else { return .gone }
        if code.isMarker { return mark.isProtective ? .protective : .gone }
        guard code.effect == .adverse || code.effect == .informational else { return .gone }
        let row = standing.ledger.cases[Int(mark.caseNumber)]
        let isConfirmed = code.effect == .adverse && (state.tier ?? .e1) >= .e2 && dispute(of: state, row) != .disputed
        // A report protects whom it calls a victim only while it confirms: else a suspicion would shield anybody.
        if mark.isProtective { return isConfirmed ? .protective : .gone }
        guard isConfirmed else { return .suspended }
        return .confirmed(family: code.family.rawValue, weight: weight(of: code))
    }

    /// By severity, then by the place in the policy's list: one for each code, so that of two equally near the same one
    /// is told whatever order they came in.
    private func weight(of code: ReasonCode) -> UInt8 {
        let place = standing.policy.reasonCodes.all.firstIndex { $0.name == code.name } ?? 0
        return (code.severity ?? 0) * 40 + UInt8(39 - min(place, 39))
    }

    /// Whether a marker that stands protects the person asked about.
    func protects(_ hit: Match.Hit) -> Bool {
        hit.isSamePerson && hit.subjectRole != .perpetrator && standing.stands(hit.caseNumber)
            && standing.ledger.cases[Int(hit.caseNumber)].kind == .marker
    }

    func family(of mark: Mark) -> CodeFamily? {
        standing.view.statement(of: mark.caseNumber)?.code.flatMap { standing.policy.reasonCodes[$0]?.family }
    }
}

extension Signal {
    /// Whether it is a confirmed report of the person itself.
    fileprivate var confirms: Bool {
        code.effect == .adverse && role != .victim && isExact && dispute != .disputed && (tier ?? .e1) >= .e2
    }
}
