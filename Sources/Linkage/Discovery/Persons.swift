import Vocabulary

/// Which subjects are one person: discovery's units. A person is known by its smallest subject.
struct Persons {
    /// For every subject its person.
    let bySubject: [UInt32]

    init(in graph: Graph, options: DiscoveryOptions) {
        var sets = DisjointSets(count: graph.subjectCount)
        for number in 0..<UInt32(graph.identifierCount) {
            let identifier = IdentifierNumber(number)
            let kind = graph.kind(of: identifier)
            let isPersonal = options.personKinds.contains(kind)
            guard isPersonal || options.likenessKinds.contains(kind) else { continue }
            let subjects = graph.neighbours(of: identifier)
            // What many share is an invention of the paperwork, not a person.
            guard (2...options.freePersons).contains(subjects.ownCount) else { continue }
            for right in 1..<subjects.ownCount {
                for left in 0..<right {
                    let (one, other) = (subjects[left].subject, subjects[right].subject)
                    if isPersonal || Self.areAlike(one, other, in: graph, options) {
                        sets.union(one.rawValue, other.rawValue)
                    }
                }
            }
        }
        bySubject = sets.smallestElements()
    }

    subscript(subject: SubjectNumber) -> UInt32 { bySubject[Int(subject.rawValue)] }

    private static func areAlike(
        _ left: SubjectNumber, _ right: SubjectNumber, in graph: Graph, _ options: DiscoveryOptions
    ) -> Bool {
        let (mine, others) = (graph.neighbours(of: left), graph.neighbours(of: right))
        let isIdentified = { (neighbours: AdjacentIdentifiers) in
            neighbours.prefix(neighbours.ownCount).contains {
                options.personKinds.contains(graph.kind(of: $0.identifier))
            }
        }
        guard !(isIdentified(mine) && isIdentified(others)) else { return false }
        return mine.prefix(mine.ownCount).contains { entry in
            !graph.kind(of: entry.identifier).isComposite
                && others.prefix(others.ownCount).contains { $0.identifier == entry.identifier }
        }
    }
}
