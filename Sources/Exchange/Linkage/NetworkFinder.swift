internal import Linkage
internal import Records
internal import Vocabulary

/// Asks the graph what linkage tells one asker of one applicant.
struct NetworkFinder {
    let linkage: LinkageProjection
    let finder: SignalFinder
    let names: RingNames?
    let asker: MemberID

    private var standing: CaseStanding { finder.standing }
    private var ledger: Ledger { standing.ledger }
    private var graph: Graph { linkage.graph }

    /// - Parameter signals: what the person itself, or a thing that it gave, is reported for: nought hops away.
    func network(of match: Match, signals: [Signal]) -> Network {
        let own = match.asked.filter { $0.role == .own && !$0.kind.isComposite }
        let subject = own.lazy.filter { $0.kind == .nationalID }
            .compactMap { linkage.subject(ofNationalID: $0.number) }.min()
        let policy = standing.policy.linkage
        let question = Question(
            subject: subject, identifiers: own.compactMap { linkage.place(of: $0.number) },
            budget: SearchBudget(hops: policy.searchHops, edges: policy.searchEdges))
        let result = graph.search(question) { finder.markStanding($0) }
        var network = Network(demoted: result.demotedKinds, isTruncated: result.isTruncated)
        network.nearest = result.nearest.flatMap { nearest($0, among: result.reports) }
        if network.nearest?.hops != 0, let own = Self.nearest(in: signals) { network.nearest = own }
        network.reports = reached(result.reports)
        network.ring = result.ringSubject.flatMap { ring(of: $0, edges: policy.searchEdges) }
        return network
    }

    private func nearest(_ report: NearestReport, among reports: [ReachedReport]) -> Network.Nearest? {
        let mark = report.path.mark
        guard let state = standing.view.statement(of: mark.caseNumber), let code = state.code else { return nil }
        // All who state the same of the same person are one finding.
        let subject = reports.first { $0.mark == mark }?.subject
        var reporters: Set<UInt16> = [ledger.cases[Int(mark.caseNumber)].member]
        for other in reports where other.subject == subject {
            guard case .confirmed = other.standing, standing.view.statement(of: other.mark.caseNumber)?.code == code
            else { continue }
            reporters.insert(ledger.cases[Int(other.mark.caseNumber)].member)
        }
        let isOwn = ledger.names.number(of: asker.name).map(reporters.contains) ?? false
        return Network.Nearest(
            hops: report.hops, path: report.path.steps.map { Network.Step(kind: $0.kind, role: $0.role) }, code: code,
            tier: state.tier, age: AgeBand(from: state.statedAt, to: standing.now),
            reporters: reporters.count - (isOwn ? 1 : 0), isOwn: isOwn)
    }

    /// A report that was met under the asked identifiers themselves, exactly and undisputed.
    private static func nearest(in signals: [Signal]) -> Network.Nearest? {
        let best = signals.filter { $0.confirms }.max { left, right in
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
        for report in reports {
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
        guard let view = graph.ringView(of: subject, budget: edges, standing: { finder.markStanding($0) }) else {
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
        if mark.isProtective { return .protective }
        guard code.effect == .adverse || code.effect == .informational else { return .gone }
        let row = standing.ledger.cases[Int(mark.caseNumber)]
        let isConfirmed = code.effect == .adverse && (state.tier ?? .e1) >= .e2 && dispute(of: state, row) != .disputed
        guard isConfirmed else { return .suspended }
        return .confirmed(family: code.family.rawValue, weight: code.severity ?? 1)
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
