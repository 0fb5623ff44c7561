import Vocabulary

/// Counts a candidate's features, scores them and says why.
struct CandidateMeasure {
    let graph: Graph
    let shared: SharedIdentifiers
    let subjects: [UInt32: [SubjectNumber]]
    let division: GroupDivision
    let options: DiscoveryOptions

    func subjects(of person: UInt32) -> [SubjectNumber] { subjects[person] ?? [SubjectNumber(person)] }

    func candidate(_ group: PersonGroup, reported: Int) -> RingCandidate {
        var features = CandidateFeatures()
        features.persons = group.persons.count
        features.reported = reported
        countKinds(group, &features)
        countEdges(group, &features)
        let core = division.peeled(group)
        features.core = core.rows.count
        features.density = density(of: group)
        return RingCandidate(
            subjects: group.persons.flatMap(subjects(of:)).sorted(),
            identifiers: group.links.flatMap(\.places).sorted().map { IdentifierNumber(shared.numbers[$0]) },
            features: features, score: features.score,
            reasons: reasons(features, identifiers: group.identifierCount))
    }

    private func countKinds(_ group: PersonGroup, _ features: inout CandidateFeatures) {
        var kinds = [Set<IdentifierKind>](repeating: [], count: group.persons.count)
        for link in group.links {
            let shared = Set(link.places.map { self.shared.kinds[$0] })
            for person in link.persons { kinds[Int(person)].formUnion(shared) }
        }
        features.kinds = Set(kinds.joined()).sorted()
        features.crossLinked = kinds.count { $0.count > 1 }
    }

    private func density(of group: PersonGroup) -> Double {
        // In the order of the places, so that the last bit of the sum does not depend on what shares its persons.
        let sizes = group.links.flatMap { link in link.places.map { (place: $0, persons: link.persons.count) } }
        let sum = sizes.sorted { $0.place < $1.place }.reduce(0.0) { sum, each in
            let weight = graph.rules[shared.kinds[each.place]].weight
            return sum + weight * Double(each.persons) * DenseCore.damping(degree: each.persons)
        }
        return sum / Double(group.persons.count + group.identifierCount)
    }

    /// Members and days of the edges that join the group, and since when its persons are known.
    private func countEdges(_ group: PersonGroup, _ features: inout CandidateFeatures) {
        let joining = Set(group.links.lazy.flatMap(\.places).map { shared.numbers[$0] })
        var members: Set<UInt16> = []
        for person in group.persons {
            var known = Int.max
            for subject in subjects(of: person) {
                for entry in graph.neighbours(of: subject) {
                    var first = Int.max
                    let isJoining = joining.contains(entry.identifier.rawValue)
                    for evidence in graph.evidence(of: entry.edge) {
                        first = min(first, Int(evidence.day.rawValue))
                        if isJoining { members.insert(evidence.member) }
                    }
                    known = min(known, first)
                    if isJoining { features.count(edgeOf: Int(graph.today.rawValue) - first) }
                }
            }
            if known < Int.max, Int(graph.today.rawValue) - known <= options.freshDays { features.fresh += 1 }
        }
        features.members = members.count
    }

    private func reasons(_ features: CandidateFeatures, identifiers: Int) -> [CandidateReason] {
        var reasons: [CandidateReason] = [
            .joined(persons: features.persons, identifiers: identifiers), .kindsShared(features.kinds),
        ]
        if features.crossLinked > 0 {
            reasons.append(.crossLinked(persons: features.crossLinked, of: features.persons))
        }
        if features.core < features.persons, features.core > 1 { reasons.append(.denseCore(persons: features.core)) }
        if features.members > 1 { reasons.append(.membersSpanned(features.members)) }
        if features.spike > 2 {
            reasons.append(
                .spike(
                    within7Days: features.newWithin7Days, within30Days: features.newWithin30Days,
                    before: features.before))
        }
        if features.fresh > 0 { reasons.append(.freshIdentities(persons: features.fresh, of: features.persons)) }
        if features.reported > 0 { reasons.append(.reportedInside(persons: features.reported)) }
        return reasons
    }
}

extension CandidateFeatures {
    /// - Parameter age: in days, of the edge's first evidence.
    fileprivate mutating func count(edgeOf age: Int) {
        if age <= 7 { newWithin7Days += 1 }
        if age <= 30 { newWithin30Days += 1 } else { before += 1 }
    }

    /// New edges a day within 7 or 30 days against the 150 days before, whichever is the greater ratio.
    ///
    /// One edge is added to what was before, so that a quiet past makes no infinite ratio.
    package var spike: Double {
        let usual = Double(before + 1) / 150
        return max(Double(newWithin7Days) / 7, Double(newWithin30Days) / 30) / usual
    }

    /// Points, each part bounded, so that none can drown the others.
    package var score: Double {
        let crossLinks = Double(crossLinked) / Double(max(1, persons))
        let size = min(1, Double(persons) / 12)
        let breadth = min(1, Double(members) / 6)
        let surge = min(1, spike / 20)
        let freshness = Double(fresh) / Double(max(1, persons))
        let solidity = Double(core) / Double(max(1, persons))
        let variety = min(1, Double(kinds.count - 1) / 2)
        return 3 * crossLinks + 2 * density + 2 * size + 1.5 * variety + breadth + surge + freshness + 0.5 * solidity
    }
}
