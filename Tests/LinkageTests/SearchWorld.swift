import Linkage
import Vocabulary

/// A small world as plain facts, from which a graph can be built in any order and under any numbering.
struct SearchWorld {
    var rules: LinkageRules
    var subjects = 0
    var kinds: [IdentifierKind] = []
    var words: [(edge: Edge, evidence: Evidence)] = []
    var seeds: [IdentifierNumber] = []
    var marks: [(subject: SubjectNumber, mark: Mark)] = []
    /// By case number; a case that is not named is gone.
    var standings: [UInt32: MarkStanding] = [:]
    private var nextCase: UInt32 = 1

    init(rules: LinkageRules = .example) { self.rules = rules }

    func standing(_ mark: Mark) -> MarkStanding { standings[mark.caseNumber] ?? .gone }

    func graph() -> Graph {
        var graph = Graph(rules: rules, today: GraphDay(100))
        for kind in kinds { graph.addIdentifier(kind) }
        for _ in 0..<subjects { graph.addSubject() }
        for word in words { graph.add(word.edge, word.evidence) }
        for seed in seeds { graph.seed(seed) }
        for each in marks { graph.mark(each.subject, each.mark) }
        return graph
    }

    mutating func subject() -> SubjectNumber {
        subjects += 1
        return SubjectNumber(UInt32(subjects - 1))
    }

    mutating func identifier(_ kind: IdentifierKind) -> IdentifierNumber {
        kinds.append(kind)
        return IdentifierNumber(UInt32(kinds.count - 1))
    }

    /// Each member's word, a case each.
    mutating func tie(
        _ subject: SubjectNumber, _ identifier: IdentifierNumber, by members: UInt16..., as role: IdentifierRole = .own
    ) {
        for member in members {
            let evidence = Evidence(caseNumber: nextCase, member: member, day: GraphDay(UInt16(50 + nextCase % 50)))
            words.append((Edge(subject, identifier, role), evidence))
            nextCase += 1
        }
    }

    /// Returns the case.
    @discardableResult
    mutating func mark(_ subject: SubjectNumber, _ standing: MarkStanding) -> UInt32 {
        let mark = Mark(caseNumber: nextCase, position: 0, isProtective: standing == .protective)
        marks.append((subject, mark))
        standings[nextCase] = standing
        nextCase += 1
        return mark.caseNumber
    }

    /// A new subject that shares a new identifier of each kind with `other`, on two members' word for both.
    mutating func neighbour(of other: SubjectNumber, over kinds: IdentifierKind...) -> SubjectNumber {
        let new = subject()
        for kind in kinds {
            let shared = identifier(kind)
            tie(other, shared, by: 1, 2)
            tie(new, shared, by: 1, 2)
        }
        return new
    }
}

extension SearchWorld {
    static func random(_ random: inout some RandomNumberGenerator) -> SearchWorld {
        var rules = LinkageRules.example
        for kind in IdentifierKind.allCases { rules[kind].cap = Int.random(in: 2...5, using: &random) }
        rules.needsCorroboration = Int.random(in: 0..<5, using: &random) > 0
        var world = SearchWorld(rules: rules)
        let kinds: [IdentifierKind] = [
            .nationalID, .phone, .phone, .phone, .card, .device, .device, .email, .address, .employer, .namePhone,
        ]
        for _ in 0..<Int.random(in: 4...20, using: &random) { _ = world.subject() }
        for _ in 0..<Int.random(in: 6...24, using: &random) {
            _ = world.identifier(kinds.randomElement(using: &random) ?? .phone)
        }
        let isChain = Bool.random(using: &random)
        if isChain { world.chain(over: kinds, &random) }
        for _ in 0..<Int.random(in: isChain ? 0...12 : 10...60, using: &random) {
            let subject = SubjectNumber(.random(in: 0..<UInt32(world.subjects), using: &random))
            let identifier = IdentifierNumber(.random(in: 0..<UInt32(world.kinds.count), using: &random))
            let roles: [IdentifierRole] = [.own, .own, .own, .own, .own, .own, .guarantor, .contact, .coBorrower]
            let role = roles.randomElement(using: &random) ?? .own
            world.tie(subject, identifier, by: .random(in: 1...3, using: &random), as: role)
            if Bool.random(using: &random) {
                world.tie(subject, identifier, by: .random(in: 1...3, using: &random), as: role)
            }
        }
        if Int.random(in: 0..<4, using: &random) == 0 { world.seeds = [IdentifierNumber(0)] }
        world.markAtRandom(&random)
        return world
    }

    /// Ties most subjects to the one before, so that there are long ways to go.
    private mutating func chain(over kinds: [IdentifierKind], _ random: inout some RandomNumberGenerator) {
        for next in 1..<UInt32(subjects) where Int.random(in: 0..<6, using: &random) > 0 {
            let shared = identifier(kinds.randomElement(using: &random) ?? .phone)
            for subject in [next - 1, next] {
                tie(SubjectNumber(subject), shared, by: 1)
                if Int.random(in: 0..<5, using: &random) > 0 { tie(SubjectNumber(subject), shared, by: 2) }
            }
        }
    }

    private mutating func markAtRandom(_ random: inout some RandomNumberGenerator) {
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let subject = SubjectNumber(.random(in: 0..<UInt32(subjects), using: &random))
            let family = UInt8.random(in: 1...3, using: &random)
            let weight = UInt8.random(in: 1...5, using: &random)
            let standings: [MarkStanding] = [
                .confirmed(family: family, weight: weight), .confirmed(family: family, weight: weight), .suspended,
                .protective, .gone,
            ]
            let named = mark(subject, standings.randomElement(using: &random) ?? .gone)
            // The same case may name a second subject.
            if Int.random(in: 0..<3, using: &random) == 0 {
                let other = SubjectNumber(.random(in: 0..<UInt32(subjects), using: &random))
                marks.append((other, Mark(caseNumber: named, position: 1, isProtective: false)))
            }
        }
    }

    func question(_ random: inout some RandomNumberGenerator) -> Question {
        let knows = Int.random(in: 0..<4, using: &random) > 0
        let asked = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            IdentifierNumber(.random(in: 0..<UInt32(kinds.count), using: &random))
        }
        return Question(
            subject: knows ? SubjectNumber(.random(in: 0..<UInt32(subjects), using: &random)) : nil,
            identifiers: asked,
            budget: SearchBudget(hops: .random(in: 0...4, using: &random), edges: 1_000_000, reads: 1_000_000))
    }

    /// The same world as told in another order, with other numbers for everything.
    func retold(_ random: inout some RandomNumberGenerator) -> (world: SearchWorld, ask: (Question) -> Question) {
        let subject = (0..<UInt32(subjects)).shuffled(using: &random).map(SubjectNumber.init)
        let identifier = kinds.indices.shuffled(using: &random).map { IdentifierNumber(UInt32($0)) }
        var world = self
        for (old, new) in identifier.enumerated() { world.kinds[Int(new.rawValue)] = kinds[old] }
        world.words = words.shuffled(using: &random).map { word in
            let new = Edge(
                subject[Int(word.edge.subject.rawValue)], identifier[Int(word.edge.identifier.rawValue)],
                word.edge.role)
            return (new, word.evidence)
        }
        world.seeds = seeds.map { identifier[Int($0.rawValue)] }
        world.marks = marks.shuffled(using: &random).map { (subject[Int($0.subject.rawValue)], $0.mark) }
        return (world, { question in
            var asked = question
            asked.subject = question.subject.map { subject[Int($0.rawValue)] }
            asked.identifiers = question.identifiers.map { identifier[Int($0.rawValue)] }.reversed()
            return asked
        })
    }
}
