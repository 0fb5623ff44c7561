import Vocabulary

/// A component's subjects in canonical order from one of them: breadth first, over heavier kinds, then over identifiers
/// of fewer subjects, then by number. It is what a bounded view of a large ring shows: the nearest of it.
struct RingWalk {
    private(set) var subjects: [SubjectNumber]
    private var known = NumberTable()
    private let component: ComponentLabel
    private let limit: Int
    private var readsLeft: Int

    /// - Parameters:
    ///   - limit: of the subjects listed.
    ///   - reads: of the neighbours of subjects and identifiers that are read.
    init(from subject: SubjectNumber, in graph: Graph, limit: Int, reads: Int) {
        (subjects, component) = ([subject], graph.component(of: subject))
        (self.limit, readsLeft) = (max(1, limit), reads)
        known.set(subject.rawValue, to: 0)
        var next = 0
        while next < subjects.count, subjects.count < self.limit, readsLeft > 0 {
            visit(subjects[next], in: graph)
            next += 1
        }
    }

    private mutating func visit(_ subject: SubjectNumber, in graph: Graph) {
        let neighbours = graph.neighbours(of: subject)
        readsLeft -= neighbours.ownCount
        guard readsLeft >= 0 else { return }
        for identifier in graph.joining(neighbours) {
            let others = graph.neighbours(of: identifier)
            readsLeft -= others.ownCount
            guard readsLeft >= 0 else { return }
            var found: [SubjectNumber] = []
            for index in 0..<others.ownCount {
                let other = others[index].subject
                guard known[other.rawValue] == nil, graph.component(of: other) == component else { continue }
                found.append(other)
            }
            for other in found.sorted() where subjects.count < limit {
                known.set(other.rawValue, to: 0)
                subjects.append(other)
            }
        }
    }
}

extension Graph {
    /// Those of a subject's own identifiers that may join it to others and that others have, in canonical order.
    func joining(_ neighbours: AdjacentIdentifiers) -> [IdentifierNumber] {
        let joining = (0..<neighbours.ownCount).lazy.map { neighbours[$0].identifier }.filter { identifier in
            degree(of: identifier) > 1 && rules[kind(of: identifier)].union && !isDemoted(identifier)
        }
        return canonical(Array(joining))
    }

    /// In the canonical order of identifiers.
    func canonical(_ identifiers: [IdentifierNumber]) -> [IdentifierNumber] {
        identifiers.map { (order(of: $0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The canonical order of identifiers: by the weight of the kind, descending, then by degree and number.
    func order(of identifier: IdentifierNumber) -> UInt64 {
        let lightness = UInt64(65535 - Int(max(0, min(1, rules[kind(of: identifier)].weight)) * 65535))
        return lightness << 48 | UInt64(min(degree(of: identifier), 65535)) << 32 | UInt64(identifier.rawValue)
    }
}
