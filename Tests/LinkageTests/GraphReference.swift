import Linkage
import Testing
import Vocabulary

/// The graph's definition written down as plainly as can be: sets, and everything computed anew at each question.
struct GraphReference {
    var rules: LinkageRules
    var today: GraphDay
    var kinds: [IdentifierKind] = []
    var subjectCount = 0
    var words: [Edge: [UInt32: Evidence]] = [:]
    var seeds: Set<IdentifierNumber> = []

    private func isExpired(_ edge: Edge, _ word: Evidence) -> Bool {
        guard let days = rules[kinds[Int(edge.identifier.rawValue)]].days else { return false }
        return Int(word.day.rawValue) + days < Int(today.rawValue)
    }

    mutating func add(_ edge: Edge, _ word: Evidence) {
        guard !isExpired(edge, word) else { return }
        if let known = words[edge]?[word.caseNumber], known.day > word.day { return }
        words[edge, default: [:]][word.caseNumber] = word
    }

    mutating func remove(_ edge: Edge, caseNumber: UInt32) {
        words[edge]?[caseNumber] = nil
        if words[edge]?.isEmpty == true { words[edge] = nil }
    }

    mutating func advance(to today: GraphDay) {
        self.today = max(self.today, today)
        dropExpired()
    }

    mutating func dropExpired() {
        for (edge, cases) in words {
            let left = cases.filter { !isExpired(edge, $0.value) }
            words[edge] = left.isEmpty ? nil : left
        }
    }

    func owners(of identifier: IdentifierNumber) -> Set<SubjectNumber> {
        Set(words.keys.filter { $0.identifier == identifier && $0.role == .own }.map(\.subject))
    }

    func isDemoted(_ identifier: IdentifierNumber) -> Bool {
        seeds.contains(identifier)
            || owners(of: identifier).count > rules[kinds[Int(identifier.rawValue)]].cap
    }

    private func isBacked(_ subject: SubjectNumber, _ identifier: IdentifierNumber) -> Bool {
        Set((words[Edge(subject, identifier)] ?? [:]).values.map(\.member)).count >= 2
    }

    /// - Parameter shared: the undemoted identifiers that are both subjects' own.
    private func isLinked(
        _ left: SubjectNumber, _ right: SubjectNumber, sharing shared: Set<IdentifierNumber>
    ) -> Bool {
        let unions = shared.filter { rules[kinds[Int($0.rawValue)]].union && rules[.own].union }
        guard rules.needsCorroboration, !unions.isEmpty else { return !unions.isEmpty }
        if unions.contains(where: { isBacked(left, $0) && isBacked(right, $0) }) { return true }
        let telling = shared.map { kinds[Int($0.rawValue)] }.filter { rules[$0].union || rules[$0].corroborates }
        return Set(telling).count >= 2
    }

    var allIdentifiers: [IdentifierNumber] { kinds.indices.map { IdentifierNumber(UInt32($0)) } }
    var allSubjects: [SubjectNumber] { (0..<subjectCount).map { SubjectNumber(UInt32($0)) } }

    /// By subject: the smallest number of its component.
    func partition() -> [UInt32] {
        let undemoted = Set(allIdentifiers.filter { !isDemoted($0) })
        let own = words.filter { $0.key.role == .own && undemoted.contains($0.key.identifier) }
        var held = [Set<IdentifierNumber>](repeating: [], count: subjectCount)
        for edge in own.keys { held[Int(edge.subject.rawValue)].insert(edge.identifier) }
        var smallest = allSubjects.map(\.rawValue)
        for left in allSubjects {
            for right in allSubjects where left < right {
                let shared = held[Int(left.rawValue)].intersection(held[Int(right.rawValue)])
                guard !shared.isEmpty, isLinked(left, right, sharing: shared) else { continue }
                let (one, other) = (smallest[Int(left.rawValue)], smallest[Int(right.rawValue)])
                for index in smallest.indices where smallest[index] == max(one, other) {
                    smallest[index] = min(one, other)
                }
            }
        }
        return smallest
    }

    /// A graph made from what is left, in an order of the caller's.
    func rebuilt(_ order: (inout [(Edge, Evidence)]) -> Void = { _ in }) -> Graph {
        var graph = Graph(rules: rules, today: today)
        for kind in kinds { graph.addIdentifier(kind) }
        for _ in 0..<subjectCount { graph.addSubject() }
        var all = words.flatMap { edge, cases in cases.values.map { (edge, $0) } }
        order(&all)
        for seed in seeds { graph.seed(seed) }
        for (edge, word) in all { graph.add(edge, word) }
        return graph
    }
}

/// Everything that can be asked of the graph must be as the reference says.
func expectEqual(_ graph: Graph, _ reference: GraphReference, _ note: Comment) {
    let found = GraphComparison(graph, reference).differences
    #expect(found == [], note)
}

/// Where a graph and the reference differ. One expectation a step: thousands of them would take the tests' time.
private struct GraphComparison {
    let graph: Graph
    let reference: GraphReference
    private(set) var differences: [String] = []

    init(_ graph: Graph, _ reference: GraphReference) {
        (self.graph, self.reference) = (graph, reference)
        check(graph.edgeCount == reference.words.count, "edge count")
        check(graph.evidenceCount == reference.words.values.reduce(0) { $0 + $1.count }, "evidence count")
        for identifier in reference.allIdentifiers { compare(identifier) }
        let seen = reference.allSubjects.reduce(0) { $0 + graph.neighbours(of: $1).count }
        check(seen == reference.words.count, "neighbours of subjects")
        for subject in reference.allSubjects { compare(subject) }
        compareComponents()
    }

    private mutating func check(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { differences.append(what()) }
    }

    private mutating func compare(_ identifier: IdentifierNumber) {
        let owners = reference.owners(of: identifier)
        let own = reference.words.filter { $0.key.identifier == identifier && $0.key.role == .own }
        let words = own.flatMap(\.value.values)
        check(graph.degree(of: identifier) == owners.count, "degree of \(identifier)")
        check(graph.isDemoted(identifier) == reference.isDemoted(identifier), "demotion of \(identifier)")
        check(graph.memberCount(of: identifier) == Set(words.map(\.member)).count, "members of \(identifier)")
        check(graph.firstDay(of: identifier) == words.map(\.day).min(), "first day of \(identifier)")
        let neighbours = graph.neighbours(of: identifier)
        check(Set(neighbours.prefix(neighbours.ownCount).map(\.subject)) == owners, "owners of \(identifier)")
        check(neighbours.dropFirst(neighbours.ownCount).allSatisfy { $0.role != .own }, "roles at \(identifier)")
    }

    private mutating func compare(_ subject: SubjectNumber) {
        for neighbour in graph.neighbours(of: subject) {
            let edge = Edge(subject, neighbour.identifier, neighbour.role)
            let cases = reference.words[edge] ?? [:]
            let words = cases.values.sorted { $0.caseNumber > $1.caseNumber }
            check(graph.edge(edge) == neighbour.edge, "number of \(edge)")
            check(Array(graph.evidence(of: neighbour.edge)) == words, "words of \(edge)")
            check(graph.isBacked(neighbour.edge) == (Set(words.map(\.member)).count > 1), "backing of \(edge)")
        }
    }

    private mutating func compareComponents() {
        let partition = reference.partition()
        var members: [UInt32: Set<SubjectNumber>] = [:]
        for subject in reference.allSubjects { members[partition[Int(subject.rawValue)], default: []].insert(subject) }
        var rings: [RingNumber: UInt32] = [:]
        for subject in reference.allSubjects {
            let part = partition[Int(subject.rawValue)]
            let expected = members[part] ?? []
            check(Set(graph.members(ofComponentOf: subject)) == expected, "members with \(subject)")
            check(graph.componentSize(of: subject) == expected.count, "size with \(subject)")
            check(graph.component(of: subject) == graph.component(of: SubjectNumber(part)), "label of \(subject)")
            let ring = graph.ring(of: subject)
            check((ring != nil) == (expected.count >= reference.rules.minimumRingSubjects), "ring of \(subject)")
            guard let ring else { continue }
            check(rings[ring, default: part] == part, "two components are \(ring)")
            rings[ring] = part
        }
        check(Set(graph.rings.live.map(\.ring)) == Set(rings.keys), "live rings")
        for (ring, anchor) in graph.rings.live {
            check(rings[ring] == partition[Int(anchor.rawValue)], "anchor of \(ring)")
        }
    }
}
