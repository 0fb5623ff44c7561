import Vocabulary

/// Chooses what a drawing shows, then lists the edges between.
struct RingDrafting {
    /// Of one subject no more identifiers are considered, of one identifier no more subjects.
    private static let neighbourLimit = 1024

    private let limit: Int
    private var subjects: [SubjectNumber] = []
    private var identifiers: [IdentifierNumber] = []
    private var subjectPlaces = NumberTable()
    private var identifierPlaces = NumberTable()
    private var isTruncated = false

    init(limit: Int) { self.limit = max(1, limit) }

    private var isFull: Bool { subjects.count + identifiers.count >= limit }

    mutating func draft(_ subject: SubjectNumber, in graph: Graph) {
        place(subject)
        var next = 0
        while next < subjects.count {
            spread(from: subjects[next], in: graph)
            next += 1
        }
        for identifier in shared(in: graph) { place(identifier) }
        let own = graph.neighbours(of: subject).prefix(Self.neighbourLimit).filter { $0.role == .own }
        for identifier in graph.canonical(own.map(\.identifier)) where !isFull { place(identifier) }
    }

    /// Draws what joins a subject to others of its component, and those others.
    private mutating func spread(from subject: SubjectNumber, in graph: Graph) {
        for identifier in graph.joining(graph.neighbours(of: subject)) {
            let others = graph.neighbours(of: identifier)
            let found = (0..<others.ownCount).lazy.map { others[$0].subject }.filter { other in
                other != subject && graph.component(of: other) == graph.component(of: subject)
            }
            guard !found.isEmpty else { continue }
            place(identifier)
            for other in found.sorted() { place(other) }
        }
    }

    /// The identifiers, not yet drawn, that at least two of the subjects drawn have in any role.
    private mutating func shared(in graph: Graph) -> [IdentifierNumber] {
        var holders = NumberTable()
        var shared: [IdentifierNumber] = []
        for subject in subjects {
            let neighbours = graph.neighbours(of: subject)
            guard neighbours.count <= Self.neighbourLimit else {
                isTruncated = true
                continue
            }
            // Once for a subject, whatever roles it has it in.
            for identifier in Set(neighbours.lazy.map(\.identifier))
            where identifierPlaces[identifier.rawValue] == nil && holders.countOnce(identifier.rawValue) == 2 {
                shared.append(identifier)
            }
        }
        return graph.canonical(shared)
    }

    private mutating func place(_ subject: SubjectNumber) {
        guard subjectPlaces[subject.rawValue] == nil else { return }
        guard !isFull else { return isTruncated = true }
        subjectPlaces.set(subject.rawValue, to: UInt32(subjects.count))
        subjects.append(subject)
    }

    private mutating func place(_ identifier: IdentifierNumber) {
        guard identifierPlaces[identifier.rawValue] == nil else { return }
        guard !isFull else { return isTruncated = true }
        identifierPlaces.set(identifier.rawValue, to: UInt32(identifiers.count))
        identifiers.append(identifier)
    }

    func drawing(in graph: Graph, size: Int) -> RingDrawing {
        RingDrawing(
            subjects: subjects.map { subject in
                let marks = graph.marks(of: subject).sorted {
                    ($0.caseNumber, $0.position) < ($1.caseNumber, $1.position)
                }
                return RingDrawing.DrawnSubject(subject: subject, marks: marks)
            },
            identifiers: identifiers.map { identifier in
                RingDrawing.DrawnIdentifier(
                    identifier: identifier, kind: graph.kind(of: identifier), degree: graph.degree(of: identifier),
                    isDemoted: graph.isDemoted(identifier))
            },
            edges: subjects.indices.flatMap { edges(from: $0, in: graph) }, size: size, isTruncated: isTruncated)
    }

    private func edges(from subject: Int, in graph: Graph) -> [RingDrawing.DrawnEdge] {
        let edges = graph.neighbours(of: subjects[subject]).lazy.compactMap { next in
            identifierPlaces[next.identifier.rawValue].map { edge(from: subject, to: Int($0), next, in: graph) }
        }
        return edges.sorted { ($0.identifier, $0.role.rawValue) < ($1.identifier, $1.role.rawValue) }
    }

    private func edge(
        from subject: Int, to identifier: Int, _ next: AdjacentIdentifier, in graph: Graph
    ) -> RingDrawing.DrawnEdge {
        var members = MemberSet()
        var (first, last) = (GraphDay(.max), GraphDay(0))
        for word in graph.evidence(of: next.edge) {
            members.insert(word.member)
            (first, last) = (min(first, word.day), max(last, word.day))
        }
        return RingDrawing.DrawnEdge(
            subject: subject, identifier: identifier, role: next.role, members: members.count, firstDay: first,
            lastDay: last)
    }
}
