import Linkage
import Vocabulary

/// A few persons and what they share, put into a graph one word at a time.
struct GraphTown {
    private(set) var graph: Graph
    private var nextCase: UInt32 = 1

    init(_ rules: LinkageRules = .example, today: UInt16 = 20_000) {
        graph = Graph(rules: rules, today: GraphDay(today))
    }

    mutating func persons(_ count: Int) -> [SubjectNumber] { (0..<count).map { _ in graph.addSubject() } }

    mutating func identifier(_ kind: IdentifierKind) -> IdentifierNumber { graph.addIdentifier(kind) }

    /// Every one of the members says of every one of the subjects that the identifier is its own.
    @discardableResult
    mutating func say(
        _ members: [UInt16], _ subjects: [SubjectNumber], _ identifier: IdentifierNumber,
        as role: IdentifierRole = .own, age: UInt16 = 0
    ) -> [(edge: Edge, caseNumber: UInt32)] {
        var said: [(edge: Edge, caseNumber: UInt32)] = []
        for subject in subjects {
            for member in members {
                let edge = Edge(subject, identifier, role)
                let day = GraphDay(graph.today.rawValue - age)
                graph.add(edge, Evidence(caseNumber: nextCase, member: member, day: day))
                said.append((edge, nextCase))
                nextCase += 1
            }
        }
        return said
    }

    mutating func takeBack(_ said: [(edge: Edge, caseNumber: UInt32)]) {
        for (edge, caseNumber) in said { graph.remove(edge, caseNumber: caseNumber) }
    }

    mutating func advance(days: UInt16) { graph.advance(to: GraphDay(graph.today.rawValue + days)) }
    mutating func seed(_ identifier: IdentifierNumber) { graph.seed(identifier) }
    mutating func events() -> [LinkageEvent] { graph.takeEvents() }

    /// A ring of persons who share a device and a phone.
    mutating func ring(
        _ count: Int, members: [UInt16] = [1, 2]
    ) -> (persons: [SubjectNumber], device: IdentifierNumber) {
        let persons = persons(count)
        let (device, phone) = (identifier(.device), identifier(.phone))
        say(members, persons, device)
        say(members, persons, phone)
        return (persons, device)
    }

    func areTogether(_ subjects: [SubjectNumber]) -> Bool { Set(subjects.map { graph.component(of: $0) }).count == 1 }
}
