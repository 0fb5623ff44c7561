internal import Linkage
internal import Vocabulary

/// Which persons, things and edges a picture has.
struct RingSketch {
    let subjects: [SubjectNumber]
    let identifiers: [IdentifierNumber]
    private(set) var edges: [SketchedEdge] = []
    private(set) var isTruncated: Bool

    struct SketchedEdge {
        /// The place in `subjects`.
        let subject: Int
        /// The place in `identifiers`.
        let identifier: Int
        let role: IdentifierRole
        /// Distinct members who stand for it.
        let members: Int
        let days: ClosedRange<GraphDay>
    }

    /// A ring from its anchor on.
    init(of anchor: SubjectNumber, in graph: Graph) {
        let drawing = graph.drawing(of: anchor, limit: RingDeskLimits.drawnNodes)
        (subjects, identifiers) = (drawing.subjects.map(\.subject), drawing.identifiers.map(\.identifier))
        isTruncated = drawing.isTruncated
        addEdges(in: graph)
    }

    /// A candidate: its persons, and what at least two of them have in any role, the least shared first.
    init(of all: [SubjectNumber], in graph: Graph) {
        let subjects = Array(all.prefix(RingDeskLimits.drawnNodes / 2))
        let shared = Self.shared(by: subjects, in: graph)
        let room = RingDeskLimits.drawnNodes - subjects.count
        self.subjects = subjects
        identifiers = Array(shared.prefix(room))
        isTruncated = subjects.count < all.count || shared.count > room
        addEdges(in: graph)
    }

    private static func shared(by subjects: [SubjectNumber], in graph: Graph) -> [IdentifierNumber] {
        var holders: [IdentifierNumber: Int] = [:]
        for subject in subjects {
            let neighbours = graph.neighbours(of: subject).prefix(RingDeskLimits.neighbours)
            for identifier in Set(neighbours.lazy.map(\.identifier)) { holders[identifier, default: 0] += 1 }
        }
        return holders.filter { $1 > 1 }.keys.sorted { (graph.degree(of: $0), $0) < (graph.degree(of: $1), $1) }
    }

    private mutating func addEdges(in graph: Graph) {
        let places = Dictionary(uniqueKeysWithValues: zip(identifiers, identifiers.indices))
        for (place, subject) in subjects.enumerated() {
            let neighbours = graph.neighbours(of: subject)
            if neighbours.count > RingDeskLimits.neighbours { isTruncated = true }
            var found: [SketchedEdge] = []
            for next in neighbours.prefix(RingDeskLimits.neighbours) {
                guard let identifier = places[next.identifier] else { continue }
                found.append(Self.edge(place, identifier, next, in: graph))
            }
            found.sort { ($0.identifier, $0.role.rawValue) < ($1.identifier, $1.role.rawValue) }
            let room = RingLimits.edges - edges.count
            if found.count > room { isTruncated = true }
            edges += found.prefix(room)
        }
    }

    private static func edge(
        _ subject: Int, _ identifier: Int, _ next: AdjacentIdentifier, in graph: Graph
    ) -> SketchedEdge {
        var members: Set<UInt16> = []
        var days: ClosedRange<GraphDay>?
        for word in graph.evidence(of: next.edge).prefix(RingDeskLimits.words) {
            members.insert(word.member)
            days = days.map { min($0.lowerBound, word.day)...max($0.upperBound, word.day) } ?? word.day...word.day
        }
        return SketchedEdge(
            subject: subject, identifier: identifier, role: next.role, members: max(1, members.count),
            days: days ?? graph.today...graph.today)
    }
}
