import Linkage
import TestSupport
import Vocabulary

/// A small world of persons and identifiers, written down first and then played into a graph in any order.
struct DiscoveryWorld {
    private(set) var kinds: [IdentifierKind] = []
    private(set) var personCount = 0
    private var uses: [(edge: Edge, evidence: Evidence)] = []
    /// The day of what is added next, and the member that says it.
    var day: UInt16 = 100
    var member: UInt16 = 1
    static let today: UInt16 = 400

    mutating func identifier(_ kind: IdentifierKind) -> IdentifierNumber {
        kinds.append(kind)
        return IdentifierNumber(UInt32(kinds.count - 1))
    }

    /// Persons with a national ID each, or provisional ones without.
    mutating func persons(_ count: Int, areIdentified: Bool = true) -> [SubjectNumber] {
        (0..<count).map { _ in
            let subject = SubjectNumber(UInt32(personCount))
            personCount += 1
            if areIdentified { use(identifier(.nationalID), by: [subject]) }
            return subject
        }
    }

    mutating func use(_ identifier: IdentifierNumber, by subjects: [SubjectNumber], _ role: IdentifierRole = .own) {
        for subject in subjects {
            uses.append(
                (
                    Edge(subject, identifier, role),
                    Evidence(caseNumber: UInt32(uses.count), member: member, day: GraphDay(day))
                ))
        }
    }

    /// Gives the persons one identifier of the kind.
    @discardableResult
    mutating func share(_ kind: IdentifierKind, _ subjects: [SubjectNumber]) -> IdentifierNumber {
        let shared = identifier(kind)
        use(shared, by: subjects)
        return shared
    }

    /// A ring: a device for all, a phone for each half, a card for each third, seen by several members.
    mutating func ring(_ count: Int) -> [SubjectNumber] {
        let ring = persons(count)
        member = 1
        share(.device, ring)
        for half in 0..<2 {
            member = UInt16(2 + half)
            share(.phone, ring.enumerated().filter { $0.offset % 2 == half }.map(\.element))
        }
        for third in 0..<3 {
            member = UInt16(4 + third)
            share(.card, ring.enumerated().filter { $0.offset % 3 == third }.map(\.element))
        }
        return ring
    }

    func graph(shuffledBy seed: UInt64? = nil, rules: LinkageRules = .example) -> Graph {
        var graph = Graph(rules: rules)
        for kind in kinds { graph.addIdentifier(kind) }
        for _ in 0..<personCount { graph.addSubject() }
        graph.advance(to: GraphDay(Self.today))
        var order = uses
        if let seed {
            var random = SeededGenerator(seed: seed)
            order.shuffle(using: &random)
        }
        for use in order { graph.add(use.edge, use.evidence) }
        return graph
    }

    /// The candidates' subjects, the best candidate first.
    func found(_ options: DiscoveryOptions = DiscoveryOptions()) -> [[SubjectNumber]] {
        Discovery().candidates(in: graph(), options: options).candidates.map(\.subjects)
    }
}

extension DiscoveryWorld {
    /// Persons with identifiers of their own, households of two and three, and shops, agents and dormitories; among
    /// them rings whose persons take some of their identifiers from the ring's few. About five edges a person.
    static func planted(persons count: Int, rings: Int, seed: UInt64) -> (world: DiscoveryWorld, rings: [Set<UInt32>]) {
        var random = SeededGenerator(seed: seed)
        var world = DiscoveryWorld()
        let everybody = world.persons(count)
        world.live(everybody, &random)
        var next = 0
        let planted = (0..<rings).map { _ in
            let ring = Array(everybody[next..<next + Int.random(in: 5...30, using: &random)])
            next += ring.count
            world.plant(ring, &random)
            return Set(ring.map(\.rawValue))
        }
        world.trade(Array(everybody[next...]), &random)
        return (world, planted)
    }

    private mutating func live(_ everybody: [SubjectNumber], _ random: inout SeededGenerator) {
        var rest = everybody.shuffled(using: &random)[...]
        while !rest.isEmpty {
            let home = Array(rest.prefix(Int.random(in: 1...3, using: &random)))
            rest = rest.dropFirst(home.count)
            share(.address, home)
            // One family in twenty has a phone in common.
            if Int.random(in: 0..<20, using: &random) == 0 { share(.phone, home) }
        }
        for person in everybody {
            for kind in [IdentifierKind.phone, .device, .card] { share(kind, [person]) }
        }
    }

    private mutating func plant(_ ring: [SubjectNumber], _ random: inout SeededGenerator) {
        for (kind, share, divisor) in [(IdentifierKind.phone, 7, 4), (.device, 7, 6), (.card, 4, 3)] {
            let pool = (0..<max(1, ring.count / divisor)).map { _ in identifier(kind) }
            for person in ring where Int.random(in: 0..<10, using: &random) < share {
                member = UInt16.random(in: 0..<30, using: &random)
                use(pool[Int.random(in: pool.indices, using: &random)], by: [person])
            }
        }
    }

    /// Customers share a shop's device or an agent's phone, from five of them to hundreds.
    private mutating func trade(_ customers: [SubjectNumber], _ random: inout SeededGenerator) {
        for shop in 0..<customers.count / 400 {
            let size = Int.random(in: 0..<3, using: &random) == 0 ? 5...12 : 13...300
            let chosen = (0..<Int.random(in: size, using: &random)).map { _ in
                customers[Int.random(in: customers.indices, using: &random)]
            }
            share(shop.isMultiple(of: 2) ? .device : .phone, Array(Set(chosen)).sorted())
        }
    }
}
