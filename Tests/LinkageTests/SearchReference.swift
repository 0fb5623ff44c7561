import Linkage
import Vocabulary

/// The search by its definition, over sets of plain facts: slow, and without a line of the one it checks.
struct SearchReference {
    let world: SearchWorld
    private var members: [Edge: Set<UInt16>] = [:]
    private var days: [Edge: [GraphDay]] = [:]
    private var owners: [IdentifierNumber: Set<SubjectNumber>] = [:]
    private(set) var groups: [Set<SubjectNumber>] = []

    private var owned: [SubjectNumber: Set<IdentifierNumber>] = [:]
    private var demoted: Set<IdentifierNumber> = []
    private var outs: [SubjectNumber: Set<Out>] = [:]

    /// How a subject is reached.
    struct Found: Hashable {
        var hops: Int
        var path: [EvidenceStep]
    }

    init(_ world: SearchWorld) {
        self.world = world
        for word in world.words {
            members[word.edge, default: []].insert(word.evidence.member)
            days[word.edge, default: []].append(word.evidence.day)
            if word.edge.role == .own { owners[word.edge.identifier, default: []].insert(word.edge.subject) }
        }
        for (identifier, subjects) in owners {
            if subjects.count > world.rules[kind(identifier)].cap { demoted.insert(identifier) }
            for subject in subjects { owned[subject, default: []].insert(identifier) }
        }
        demoted.formUnion(world.seeds)
        groups = components()
        for (edge, members) in members where world.rules[edge.role].forward {
            let out = Out(identifier: edge.identifier, role: edge.role, isBacked: members.count >= 2)
            outs[edge.subject, default: []].insert(out)
        }
    }

    func kind(_ identifier: IdentifierNumber) -> IdentifierKind { world.kinds[Int(identifier.rawValue)] }

    func isDemoted(_ identifier: IdentifierNumber) -> Bool { demoted.contains(identifier) }

    func own(_ subject: SubjectNumber) -> Set<IdentifierNumber> { owned[subject] ?? [] }

    private func isBacked(_ subject: SubjectNumber, _ identifier: IdentifierNumber, _ role: IdentifierRole) -> Bool {
        members[Edge(subject, identifier, role), default: []].count >= 2
    }

    private func linked(_ left: SubjectNumber, _ right: SubjectNumber) -> Bool {
        let common = own(left).intersection(own(right)).filter { !isDemoted($0) }
        let union = common.filter { world.rules[kind($0)].union }
        if union.isEmpty { return false }
        if !world.rules.needsCorroboration { return true }
        if union.contains(where: { isBacked(left, $0, .own) && isBacked(right, $0, .own) }) { return true }
        let saying = common.map(kind).filter { world.rules[$0].union || world.rules[$0].corroborates }
        return Set(saying).count >= 2
    }

    private func components() -> [Set<SubjectNumber>] {
        var left = Set((0..<UInt32(world.subjects)).map(SubjectNumber.init))
        var groups: [Set<SubjectNumber>] = []
        while let first = left.popFirst() {
            var (group, fresh) = (Set([first]), [first])
            while let next = fresh.popLast() {
                let joined = left.filter { linked(next, $0) }
                left.subtract(joined)
                group.formUnion(joined)
                fresh += joined
            }
            groups.append(group)
        }
        return groups
    }

    func group(of subject: SubjectNumber) -> Set<SubjectNumber> { groups.first { $0.contains(subject) } ?? [] }

    func isProtected(_ subject: SubjectNumber) -> Bool {
        world.marks.contains { $0.subject == subject && world.standing($0.mark) == .protective }
    }
}

extension SearchReference {
    /// An edge out of the applicant or a subject: where to, in what role, and whether two members vouch for it.
    private struct Out: Hashable {
        var identifier: IdentifierNumber
        var role: IdentifierRole
        var isBacked: Bool
    }

    private func outs(_ subject: SubjectNumber) -> Set<Out> { outs[subject] ?? [] }

    private func carries(_ identifier: IdentifierNumber) -> Bool {
        world.rules[kind(identifier)].forward && !kind(identifier).isComposite && !isDemoted(identifier)
    }

    /// The steps over which a link from one with `outs` to `other` counts.
    private func steps(
        from outs: Set<Out>, of subject: SubjectNumber?, to other: SubjectNumber
    ) -> [EvidenceStep] {
        let theirs = own(other)
        let common = outs.filter { theirs.contains($0.identifier) && !isDemoted($0.identifier) }
        if common.isEmpty { return [] }
        let kinds = Set(
            common.map { kind($0.identifier) }.filter { kind in
                let rule = world.rules[kind]
                return !kind.isComposite && (rule.union || rule.corroborates || rule.forward)
            })
        let isOneGroup = subject.map { group(of: $0).contains(other) } ?? false
        return common.filter { out in
            carries(out.identifier)
                && (!world.rules.needsCorroboration || isOneGroup || kinds.count >= 2
                    || out.isBacked && isBacked(other, out.identifier, .own))
        }.map { EvidenceStep(kind($0.identifier), $0.role) }
    }

    /// Every subject reached, with its hops and its least path.
    func reached(_ question: Question) -> [SubjectNumber: Found] {
        var applicant = Set(question.identifiers.map { Out(identifier: $0, role: .own, isBacked: true) })
        let known = question.subject.flatMap { isProtected($0) ? nil : $0 }
        if let known {
            applicant.formUnion(outs(known).filter { $0.role != .own || !question.identifiers.contains($0.identifier) })
        }
        var found: [SubjectNumber: Found] = [:]
        if let subject = question.subject { found[subject] = Found(hops: 0, path: []) }
        for hop in 0..<question.budget.hops {
            var next: [SubjectNumber: Found] = [:]
            for other in (0..<UInt32(world.subjects)).map(SubjectNumber.init) where found[other] == nil {
                var paths = hop == 0 ? steps(from: applicant, of: known, to: other).map { [$0] } : []
                for (subject, way) in found where hop > 0 && way.hops == hop && !isProtected(subject) {
                    paths += steps(from: outs(subject), of: subject, to: other).map { way.path + [$0] }
                }
                let least = paths.min { $0.lexicographicallyPrecedes($1) }
                if let least { next[other] = Found(hops: hop + 1, path: least) }
            }
            found.merge(next) { old, _ in old }
        }
        return found
    }

    func sharing(_ identifier: IdentifierNumber, besides applicant: SubjectNumber?) -> SharingHistory {
        let others = owners[identifier, default: []]
        let edges = others.map { Edge($0, identifier) }
        let degree = SharingDegree(
            identifier: identifier, kind: kind(identifier), subjects: others.filter { $0 != applicant }.count,
            isDemoted: isDemoted(identifier))
        return SharingHistory(
            degree: degree, members: edges.reduce(into: Set<UInt16>()) { $0.formUnion(members[$1, default: []]) }.count,
            firstDay: edges.flatMap { days[$0, default: []] }.min())
    }

    func ringView(of subject: SubjectNumber, besides asker: UInt16? = nil) -> RingView? {
        let ring = group(of: subject)
        guard ring.count >= world.rules.minimumRingSubjects else { return nil }
        let words = world.words.filter {
            ring.contains($0.edge.subject) && $0.edge.role == .own && $0.evidence.member != asker
        }
        let counted = asker == nil ? ring : Set(words.map(\.edge.subject))
        let held = Dictionary(grouping: Set(words.map(\.edge)), by: \.identifier)
        let counts = Dictionary(grouping: held.keys, by: kind).map { kind, all in
            RingView.KindCount(
                kind: kind, identifiers: all.count,
                shared: all.filter { held[$0, default: []].count >= 2 && !isDemoted($0) }.count)
        }
        let (marks, protected) = (tallies(counted), tallies(counted.filter(isProtected)))
        return RingView(
            size: counted.count, members: Set(words.map(\.evidence.member)).count,
            identifiers: counts.sorted { $0.kind < $1.kind },
            marks: tallies(counted.filter { !isProtected($0) }).filter { isConfirmed($0.standing) }
                + marks.filter { !isConfirmed($0.standing) },
            protectedMarks: protected.filter { isConfirmed($0.standing) },
            firstDay: words.map(\.evidence.day).min(), lastDay: words.map(\.evidence.day).max(), isTruncated: false)
    }

    private func isConfirmed(_ standing: MarkStanding) -> Bool {
        if case .confirmed = standing { true } else { false }
    }

    private func tallies(_ ring: Set<SubjectNumber>) -> [RingView.MarkTally] {
        let inside = world.marks.filter { ring.contains($0.subject) }
        func tally(_ standing: MarkStanding, _ marks: [(subject: SubjectNumber, mark: Mark)]) -> [RingView.MarkTally] {
            guard !marks.isEmpty else { return [] }
            return [
                RingView.MarkTally(
                    standing: standing, cases: Set(marks.map(\.mark.caseNumber)).count,
                    subjects: Set(marks.map(\.subject)).count)
            ]
        }
        var confirmed: [(weight: UInt8, family: UInt8, tally: [RingView.MarkTally])] = []
        for family in UInt8(1)...3 {
            let of = inside.filter {
                if case .confirmed(family, _) = world.standing($0.mark) { true } else { false }
            }
            let weight = of.map { each -> UInt8 in
                if case .confirmed(_, let weight) = world.standing(each.mark) { weight } else { 0 }
            }.max()
            guard let weight else { continue }
            confirmed.append((weight, family, tally(.confirmed(family: family, weight: weight), of)))
        }
        confirmed.sort { ($1.weight, $0.family) < ($0.weight, $1.family) }
        return confirmed.flatMap(\.tally)
            + tally(.suspended, inside.filter { world.standing($0.mark) == .suspended })
            + tally(.protective, inside.filter { world.standing($0.mark) == .protective })
    }
}
