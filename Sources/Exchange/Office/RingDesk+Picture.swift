internal import Linkage
internal import Records
package import Vocabulary

extension RingDesk {
    /// A ring or a candidate to look at; an alias leads to what it became part of.
    ///
    /// - Throws: `notFound` for what never was, or is a ring no more.
    package func picture(of name: RingName) throws(Problem) -> RingPicture {
        switch name.series {
        case .candidate:
            guard let candidate = ledger.candidates[name.number] else { throw Self.unknown(name) }
            return try picture(of: candidate)
        case .ring:
            guard graph.rings.standing(of: RingNumber(name.number)) != nil else { throw Self.unknown(name) }
            guard let ring = graph.rings.current(RingNumber(name.number)),
                case .live(let anchor) = graph.rings.standing(of: ring), anchor.rawValue < graph.subjectCount
            else {
                throw Problem(.notFound, "This ring has ended: too few are linked any more.")
            }
            return try picture(of: ring, anchor: anchor)
        }
    }

    private static func unknown(_ name: RingName) -> Problem {
        Problem(
            .notFound, "There was never a ring or a candidate of this name.",
            hint: "List the rings or the candidates.")
    }

    private func picture(of ring: RingNumber, anchor: SubjectNumber) throws(Problem) -> RingPicture {
        let isFraud = graph.members(ofComponentOf: anchor).lazy.filter { graph.hasMarks($0) }
            .prefix(RingDeskLimits.figuresBudget).contains { reports(on: $0).isFraud }
        return try draw(
            RingSketch(of: anchor, in: graph), as: name(of: ring),
            aliases: ledger.aliases(of: ring).sorted().suffix(RingLimits.aliases).map(name),
            status: status(of: graph.members(ofComponentOf: anchor), isFraud: isFraud))
    }

    private func picture(of candidate: RingCandidateState) throws(Problem) -> RingPicture {
        try draw(
            RingSketch(of: subjects(of: candidate), in: graph), as: RingName(.candidate, candidate.facts.number),
            aliases: [], status: summary(of: candidate).status)
    }

    private func draw(
        _ sketch: RingSketch, as name: RingName, aliases: [RingName], status: RingStatus
    ) throws(Problem) -> RingPicture {
        do throws(FieldFailure) {
            return try RingPicture(
                ring: name, aliases: aliases, status: status, asOf: now,
                subjects: sketch.subjects.indices.map { subject($0, of: sketch) },
                identifiers: sketch.identifiers.indices.map { identifier($0, of: sketch) },
                edges: sketch.edges.map(Self.edge), isTruncated: sketch.isTruncated)
        } catch { throw Problem(.internalError, "The picture does not hold together.") }
    }

    // MARK: Persons

    private func subject(_ place: Int, of sketch: RingSketch) -> RingPicture.Subject {
        let subject = sketch.subjects[place]
        var figures = RingFigures(today: graph.today)
        figures.count(subject, in: graph)
        // Joined on the day from which it shares anything that is drawn.
        let joined = sketch.edges.lazy.filter { $0.subject == place }.map(\.days.lowerBound).min()
        let isNew = joined.map { Int($0.rawValue) + RingDeskLimits.newDays >= Int(graph.today.rawValue) } ?? false
        let marks = graph.marks(of: subject)
        return RingPicture.Subject(
            node: PictureNode(.subject, UInt32(place + 1)), firstSeen: CalendarDate(figures.days.lowerBound),
            lastSeen: CalendarDate(figures.days.upperBound), reports: reports(of: marks),
            isProtected: marks.contains { finder.markStanding($0) == .protective },
            newSince: isNew ? joined.map { CalendarDate($0) } : nil)
    }

    /// All who state the same are one report, told as an answer would tell it.
    private func reports(of marks: [Mark]) -> [RingPicture.Report] {
        struct Line: Hashable {
            let code: CodeName
            let standing: RingPicture.Report.Standing
        }
        var lines: [Line: (tier: EvidenceTier?, latest: Instant, reporters: Set<UInt16>)] = [:]
        for mark in marks {
            guard let standing = standing(of: mark), let state = finder.standing.view.statement(of: mark.caseNumber),
                let code = state.code
            else { continue }
            let line = Line(code: code, standing: standing)
            var held = lines[line] ?? (nil, state.statedAt, [])
            held.tier = [held.tier, state.tier].compactMap(\.self).max()
            held.latest = max(held.latest, state.statedAt)
            held.reporters.insert(ledger.cases[Int(mark.caseNumber)].member)
            lines[line] = held
        }
        let ordered = lines.keys.sorted { left, right in
            (left.standing.place, left.code) < (right.standing.place, right.code)
        }
        return ordered.prefix(RingLimits.reportsPerSubject).compactMap { line in
            lines[line].map { held in
                RingPicture.Report(
                    code: line.code, tier: held.tier, age: AgeBand(from: held.latest, to: now),
                    reporters: band(held.reporters.count), standing: line.standing)
            }
        }
    }

    /// Only what is told: what has gone is not drawn.
    private func standing(of mark: Mark) -> RingPicture.Report.Standing? {
        switch finder.markStanding(mark) {
        case .confirmed: return .confirmed
        case .suspended:
            let row = ledger.cases[Int(mark.caseNumber)]
            let state = finder.standing.view.statement(of: mark.caseNumber)
            return state.map { finder.dispute(of: $0, row) == .disputed } == true ? .disputed : .unconfirmed
        case .protective, .gone: return nil
        }
    }

    /// As a band always: a picture leaves the node.
    private func band(_ reporters: Int) -> ShownBand? {
        tellsReporters ? try? ShownBand(finder.standing.policy.countBands.band(of: reporters).description) : nil
    }

    // MARK: Things and edges

    private func identifier(_ place: Int, of sketch: RingSketch) -> RingPicture.Identifier {
        let identifier = sketch.identifiers[place]
        let days = sketch.edges.lazy.filter { $0.identifier == place }.map(\.days)
        let first = days.map(\.lowerBound).min() ?? graph.today
        return RingPicture.Identifier(
            node: PictureNode(.identifier, UInt32(place + 1)), kind: graph.kind(of: identifier),
            degree: graph.degree(of: identifier), members: graph.memberCount(of: identifier),
            isDemoted: graph.isDemoted(identifier), firstSeen: CalendarDate(first),
            lastSeen: CalendarDate(days.map(\.upperBound).max() ?? first))
    }

    private static func edge(_ edge: RingSketch.SketchedEdge) -> RingPicture.Edge {
        RingPicture.Edge(
            subject: PictureNode(.subject, UInt32(edge.subject + 1)),
            identifier: PictureNode(.identifier, UInt32(edge.identifier + 1)), role: edge.role, members: edge.members,
            firstSeen: CalendarDate(edge.days.lowerBound), lastSeen: CalendarDate(edge.days.upperBound))
    }
}

extension RingPicture.Report.Standing {
    /// What confirms stands first.
    fileprivate var place: Int {
        switch self {
        case .confirmed: 0
        case .disputed: 1
        case .unconfirmed: 2
        }
    }
}
