import Linkage
import TestSupport
import Vocabulary

/// Random changes, applied to a graph and to the reference alike.
struct GraphSequence {
    private(set) var graph: Graph
    private(set) var reference: GraphReference
    /// All that the graph told.
    private(set) var told = RingBook()
    private(set) var events: [LinkageEvent] = []
    var random: SeededGenerator
    private var nextCase: UInt32 = 1

    /// Small caps and short days, so that everything happens often.
    static func rules(needsCorroboration: Bool) -> LinkageRules {
        var rules = LinkageRules.example
        rules.needsCorroboration = needsCorroboration
        rules[.nationalID].cap = 4
        (rules[.phone].cap, rules[.phone].days) = (3, 12)
        (rules[.device].cap, rules[.device].days) = (4, 20)
        (rules[.card].cap, rules[.card].days) = (2, 30)
        (rules[.address].cap, rules[.address].days) = (5, 25)
        return rules
    }

    static let kinds: [IdentifierKind] = [
        .phone, .phone, .phone, .device, .device, .card, .card, .address, .address, .nationalID, .employer, .nameStreet,
    ]

    init(seed: UInt64, needsCorroboration: Bool, subjects: Int = 11) {
        let rules = Self.rules(needsCorroboration: needsCorroboration)
        graph = Graph(rules: rules, today: GraphDay(100))
        reference = GraphReference(rules: rules, today: GraphDay(100))
        random = SeededGenerator(seed: seed)
        for kind in Self.kinds {
            graph.addIdentifier(kind)
            reference.kinds.append(kind)
        }
        for _ in 0..<subjects { graph.addSubject() }
        reference.subjectCount = subjects
    }

    private mutating func edge() -> Edge {
        let roles: [IdentifierRole] = [.own, .own, .own, .own, .own, .own, .contact, .guarantor, .agent]
        return Edge(
            SubjectNumber(.random(in: 0..<UInt32(reference.subjectCount), using: &random)),
            IdentifierNumber(.random(in: 0..<UInt32(reference.kinds.count), using: &random)),
            roles.randomElement(using: &random) ?? .own)
    }

    private mutating func held() -> (Edge, Evidence)? {
        let all = reference.words.flatMap { edge, cases in cases.values.map { (edge, $0) } }
        let sorted = all.sorted {
            ($0.0.subject, $0.0.identifier, $0.0.role.rawValue, $0.1.caseNumber)
                < ($1.0.subject, $1.0.identifier, $1.0.role.rawValue, $1.1.caseNumber)
        }
        return sorted.randomElement(using: &random)
    }

    /// - Returns: what was done, in words.
    mutating func step() -> String {
        defer { collect() }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<55: return addOne()
        case 55..<85: return removeOne()
        case 85..<92: return refreshOne()
        case 92..<99: return advance(by: UInt16.random(in: 1...3, using: &random))
        default: return Int.random(in: 0..<4, using: &random) == 0 ? seedOne() : addOne()
        }
    }

    private mutating func addOne() -> String {
        let edge = edge()
        let age = UInt16.random(in: 0...15, using: &random)
        let late = Bool.random(using: &random) && Bool.random(using: &random)
        let caseNumber = late ? UInt32.random(in: 1...nextCase, using: &random) * 1000 + nextCase : nextCase * 1001
        nextCase += 1
        let word = Evidence(
            caseNumber: caseNumber, member: .random(in: 1...3, using: &random),
            day: GraphDay(graph.today.rawValue - age))
        graph.add(edge, word)
        reference.add(edge, word)
        return "add \(edge) \(word)"
    }

    private mutating func removeOne() -> String {
        if Int.random(in: 0..<10, using: &random) == 0 {
            let edge = edge()
            graph.remove(edge, caseNumber: 0)
            return "remove nothing from \(edge)"
        }
        guard let (edge, word) = held() else { return "nothing to remove" }
        graph.remove(edge, caseNumber: word.caseNumber)
        reference.remove(edge, caseNumber: word.caseNumber)
        return "remove \(edge) \(word)"
    }

    private mutating func refreshOne() -> String {
        guard let (edge, known) = held() else { return "nothing to refresh" }
        var word = known
        word.day = GraphDay(UInt16(max(0, Int(word.day.rawValue) + .random(in: -3...6, using: &random))))
        graph.add(edge, word)
        reference.add(edge, word)
        return "refresh \(edge) \(word)"
    }

    private mutating func advance(by days: UInt16) -> String {
        let today = GraphDay(graph.today.rawValue + days)
        graph.advance(to: today)
        reference.advance(to: today)
        return "advance to \(today)"
    }

    private mutating func seedOne() -> String {
        let identifier = edge().identifier
        graph.seed(identifier)
        reference.seeds.insert(identifier)
        return "seed \(identifier)"
    }

    mutating func change(rules: LinkageRules) {
        graph.change(rules: rules)
        reference.rules = rules
        reference.dropExpired()
        collect()
    }

    private mutating func collect() {
        let news = graph.takeEvents()
        for event in news { told.apply(event) }
        events += news
    }

    mutating func mark(_ marks: Mark...) {
        for mark in marks { graph.mark(SubjectNumber(mark.caseNumber), mark) }
    }

    mutating func bind(_ graph: Graph) { self.graph = graph }
}
