import Vocabulary

/// The identifiers that several persons share, with these persons: what discovery works on.
struct SharedIdentifiers {
    /// Whether an identifier may join persons, or only tells that they live or work together.
    private(set) var joins: [Bool] = []
    /// The identifiers' numbers in the graph, ascending.
    private(set) var numbers: [UInt32] = []
    private(set) var kinds: [IdentifierKind] = []
    private var offsets: [UInt32] = [0]
    private var persons: [UInt32] = []

    var count: Int { numbers.count }

    /// The persons of an identifier, ascending.
    @inline(__always)
    func persons(of link: Int) -> ArraySlice<UInt32> { persons[Int(offsets[link])..<Int(offsets[link + 1])] }

    @inline(__always)
    func personCount(of link: Int) -> Int { Int(offsets[link + 1] - offsets[link]) }

    init(
        in graph: Graph, persons: Persons, options: DiscoveryOptions, progress: (_ done: Int, _ total: Int) -> Void
    ) {
        let uses = KindUses(rules: graph.rules, options: options)
        var found: [UInt32] = []
        for number in 0..<graph.identifierCount {
            if number & 0xF_FFFF == 0 { progress(number, graph.identifierCount) }
            let identifier = IdentifierNumber(UInt32(number))
            let kind = graph.kind(of: identifier)
            guard let use = uses[kind] else { continue }
            let subjects = graph.neighbours(of: identifier)
            guard subjects.count >= 2, subjects.count <= use.limit, !graph.isSeeded(identifier) else { continue }
            found.removeAll(keepingCapacity: true)
            var traders = 0
            for entry in subjects {
                if KindUses.isTrade(entry.role) { traders += 1 }
                if uses.counts(entry.role, of: kind, joins: use.joins) { found.append(persons[entry.subject]) }
            }
            // Two who know it for an agent's or a firm's are enough: one alone might have been told to say so.
            guard traders < 2 else { continue }
            append(number, kind, joins: use.joins, &found, limit: use.persons)
        }
    }

    /// Takes an identifier of two persons or more, but not of a multitude.
    private mutating func append(
        _ number: Int, _ kind: IdentifierKind, joins: Bool, _ found: inout [UInt32], limit: Int
    ) {
        found.sort()
        let start = persons.count
        for person in found where persons.count == start || persons[persons.count - 1] != person {
            persons.append(person)
        }
        guard (2...limit).contains(persons.count - start) else {
            persons.removeSubrange(start...)
            return
        }
        numbers.append(UInt32(number))
        kinds.append(kind)
        self.joins.append(joins)
        offsets.append(UInt32(persons.count))
    }
}

/// What discovery does with each kind and role, by the rules' weights.
struct KindUses {
    struct Use {
        var joins: Bool
        /// Of subjects, before they are drawn together into persons.
        var limit: Int
        var persons: Int
    }

    private var uses: [Use?]
    private let rules: LinkageRules
    private let joiningWeight: Double

    init(rules: LinkageRules, options: DiscoveryOptions) {
        (self.rules, joiningWeight) = (rules, options.joiningWeight)
        uses = Array(repeating: nil, count: 256)
        for kind in IdentifierKind.allCases where !options.personKinds.contains(kind) && rules[kind].weight > 0 {
            let joins = rules[kind].weight >= options.joiningWeight
            let persons = joins ? options.supportedPersons : options.householdPersons
            guard joins || rules[kind].corroborates else { continue }
            uses[Int(kind.rawValue)] = Use(joins: joins, limit: 16 * persons, persons: persons)
        }
    }

    subscript(kind: IdentifierKind) -> Use? { uses[Int(kind.rawValue)] }

    /// Roles in which an identifier is given that serves many by its nature.
    static func isTrade(_ role: IdentifierRole) -> Bool { [.agent, .workplace, .staff].contains(role) }

    /// Whether who has the identifier in this role counts among its persons.
    func counts(_ role: IdentifierRole, of kind: IdentifierKind, joins: Bool) -> Bool {
        if role == .own { return true }
        return joins && rules[kind].weight * rules[role].weight >= joiningWeight
    }
}
