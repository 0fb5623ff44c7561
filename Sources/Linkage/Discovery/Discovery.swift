/// Finds rings that nobody has reported: groups of persons joined more densely than families, house-mates, colleagues
/// and a shop's customers are.
///
/// Works on a copy of the graph. The result is a pure function of graph, options and what is reported and dismissed;
/// the order in which edges arrived does not matter. Time and memory are linear in the edges, but for the logarithm
/// of peeling inside large groups. A candidate is for an analyst to look at: it says nothing about anybody's guilt.
package struct Discovery: Sendable {
    package init() {}

    /// - Parameters:
    ///   - isReported: whether a standing report names the subject.
    ///   - progress: told at every stage's beginning, within the longest ones, and at the end.
    package func candidates(
        in graph: Graph, options: DiscoveryOptions = DiscoveryOptions(),
        isReported: (SubjectNumber) -> Bool = { _ in false }, dismissed: [DismissedRing] = [],
        progress: (DiscoveryProgress) -> Void = { _ in }
    ) -> DiscoveryResult {
        progress(DiscoveryProgress(stage: .persons, done: 0, total: graph.subjectCount))
        let persons = Persons(in: graph, options: options)
        let shared = SharedIdentifiers(in: graph, persons: persons, options: options) { done, total in
            progress(DiscoveryProgress(stage: .identifiers, done: done, total: total))
        }
        var acceptance = LinkAcceptance(shared, personCount: graph.subjectCount, options: options)
        let groups = acceptance.personGroups(shared, options: options)
        let judging = GroupJudging(
            graph: graph, options: options, shared: shared, households: acceptance.households,
            subjects: persons.others(), dismissals: DismissalIndex(dismissed))
        var result = DiscoveryResult()
        for (done, group) in groups.enumerated() {
            if done & 0x3FF == 0 {
                progress(DiscoveryProgress(stage: .groups, done: done, total: groups.count))
            }
            judging.judge(group, isReported: isReported, &result)
        }
        result.candidates.sort { $0.isBefore($1) }
        if result.candidates.count > options.limit { result.candidates.removeSubrange(options.limit...) }
        progress(DiscoveryProgress(stage: .done, done: groups.count, total: groups.count))
        return result
    }
}

/// Tells candidates from known rings, dismissed ones and ordinary life.
private struct GroupJudging {
    let division: GroupDivision
    let ordinary: OrdinaryLife
    let measure: CandidateMeasure
    let dismissals: DismissalIndex
    let options: DiscoveryOptions

    init(
        graph: Graph, options: DiscoveryOptions, shared: SharedIdentifiers, households: [UInt32],
        subjects: [UInt32: [SubjectNumber]], dismissals: DismissalIndex
    ) {
        division = GroupDivision(shared: shared, households: households, rules: graph.rules, options: options)
        ordinary = OrdinaryLife(graph: graph, subjects: subjects, shared: shared, options: options)
        measure = CandidateMeasure(
            graph: graph, shared: shared, subjects: subjects, division: division, options: options)
        (self.dismissals, self.options) = (dismissals, options)
    }

    func judge(_ whole: PersonGroup, isReported: (SubjectNumber) -> Bool, _ result: inout DiscoveryResult) {
        var tally = GroupDivision.Tally()
        let parts = division.parts(of: whole, &tally)
        result.leftOutIdentifiers += tally.leftOut
        result.pairsRead += tally.reads
        for group in parts {
            let reported = group.persons.count { measure.subjects(of: $0).contains(where: isReported) }
            if ordinary.explains(group) {
                result.ordinaryCount += 1
            } else if Double(reported) >= options.knownShare * Double(group.persons.count) {
                result.knownCount += 1
            } else {
                let candidate = measure.candidate(group, reported: reported)
                if dismissals.covers(candidate.subjects, options: options) {
                    result.dismissedCount += 1
                } else {
                    result.candidates.append(candidate)
                }
            }
        }
    }
}

extension RingCandidate {
    /// The order of the ranking: by content first, and by number only between equals.
    fileprivate func isBefore(_ other: RingCandidate) -> Bool {
        if score != other.score { return score > other.score }
        if subjects.count != other.subjects.count { return subjects.count > other.subjects.count }
        return subjects.lexicographicallyPrecedes(other.subjects)
    }
}

extension Persons {
    /// The subjects of every person that has several.
    func others() -> [UInt32: [SubjectNumber]] {
        var found: [UInt32: [SubjectNumber]] = [:]
        for (subject, person) in bySubject.enumerated() where person != UInt32(subject) {
            found[person, default: [SubjectNumber(person)]].append(SubjectNumber(UInt32(subject)))
        }
        return found
    }
}

extension LinkAcceptance {
    /// The groups that accepted identifiers join, of enough persons, the one with the smallest person first.
    fileprivate mutating func personGroups(_ shared: SharedIdentifiers, options: DiscoveryOptions) -> [PersonGroup] {
        let labels = groups.smallestElements()
        var members: [UInt32: [UInt32]] = [:]
        for (person, label) in labels.enumerated() where groups.size(of: label) >= options.minimumPersons {
            members[label, default: []].append(UInt32(person))
        }
        var places: [UInt32: [Int]] = [:]
        for place in 0..<shared.count where isAccepted[place] {
            guard let first = shared.persons(of: place).first else { continue }
            let label = labels[Int(first)]
            if members[label] != nil { places[label, default: []].append(place) }
        }
        return members.keys.sorted().map { label in
            PersonGroup(persons: members[label] ?? [], places: places[label] ?? [], in: shared)
        }
    }
}
