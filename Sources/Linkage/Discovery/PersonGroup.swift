import Vocabulary

/// Persons joined by identifiers, numbered from 0 within the group.
struct PersonGroup {
    /// Ascending.
    var persons: [UInt32]
    /// In the order of their first places. Identifiers of the same persons are one link, however many they are.
    var links: [Link]

    struct Link {
        /// The identifiers as their places among the shared ones, ascending; one at least.
        var places: [Int]
        /// Who here has them: numbers within the group, ascending; two at least.
        var persons: [UInt32]
    }

    init(persons: [UInt32], links: [Link]) { (self.persons, self.links) = (persons, Self.collapsed(links)) }

    /// - Parameter places: of identifiers that are accepted and have a person of the group; ascending.
    init(persons: [UInt32], places: [Int], in shared: SharedIdentifiers) {
        let numbers = Dictionary(uniqueKeysWithValues: persons.enumerated().map { ($0.element, UInt32($0.offset)) })
        let links = places.compactMap { place -> Link? in
            let inside = shared.persons(of: place).compactMap { numbers[$0] }
            return inside.count > 1 ? Link(places: [place], persons: inside) : nil
        }
        self.init(persons: persons, links: links)
    }

    private static func collapsed(_ links: [Link]) -> [Link] {
        var found: [[UInt32]: Int] = [:]
        found.reserveCapacity(links.count)
        var collapsed: [Link] = []
        var grown: Set<Int> = []
        for link in links {
            if let first = found[link.persons] {
                collapsed[first].places += link.places
                grown.insert(first)
            } else {
                found[link.persons] = collapsed.count
                collapsed.append(link)
            }
        }
        for place in grown { collapsed[place].places.sort() }
        return collapsed
    }

    var identifierCount: Int { links.reduce(0) { $0 + $1.places.count } }

    /// Pairs of a person and a link: what one look at the whole group reads.
    var pairCount: Int { links.reduce(0) { $0 + $1.persons.count } }

    /// The group of some of its persons, with what still joins two of them.
    ///
    /// - Parameter numbers: ascending.
    func part(_ numbers: [UInt32]) -> PersonGroup { parts([numbers])[0] }

    /// The groups of some of its persons each, with what still joins two of one group; looks at every link once.
    ///
    /// - Parameter members: ascending each, and nobody in two of them.
    func parts(_ members: [[UInt32]]) -> [PersonGroup] {
        var homes = [(part: Int, number: UInt32)?](repeating: nil, count: persons.count)
        for (part, numbers) in members.enumerated() {
            for (number, person) in numbers.enumerated() { homes[Int(person)] = (part, UInt32(number)) }
        }
        var links = [[Link]](repeating: [], count: members.count)
        for link in self.links {
            var inside: [Int: [UInt32]] = [:]
            for person in link.persons {
                if let home = homes[Int(person)] { inside[home.part, default: []].append(home.number) }
            }
            for (part, persons) in inside where persons.count > 1 {
                links[part].append(Link(places: link.places, persons: persons))
            }
        }
        return zip(members, links).map { numbers, links in
            PersonGroup(persons: numbers.map { persons[Int($0)] }, links: links)
        }
    }

    /// The connected parts, the one with the smallest person first.
    func connectedParts() -> [PersonGroup] {
        var sets = DisjointSets(count: persons.count)
        for link in links { sets.unite(link.persons[...]) }
        var members: [UInt32: [UInt32]] = [:]
        for (number, label) in sets.smallestElements().enumerated() {
            members[label, default: []].append(UInt32(number))
        }
        if members.count == 1 { return [self] }
        return parts(members.keys.sorted().map { members[$0] ?? [] })
    }

    /// Persons by links.
    var rows: Adjacency { Self.rows(of: persons.count, links.map(\.persons)) }

    /// Persons by identifiers, in the order of their places.
    var identifierRows: (rows: Adjacency, places: [Int]) {
        let columns = links.flatMap { link in link.places.map { (place: $0, persons: link.persons) } }
            .sorted { $0.place < $1.place }
        return (Self.rows(of: persons.count, columns.map(\.persons)), columns.map(\.place))
    }

    private static func rows(of count: Int, _ columns: [[UInt32]]) -> Adjacency {
        var (sources, targets): ([UInt32], [UInt32]) = ([], [])
        for (column, persons) in columns.enumerated() {
            sources += persons
            targets += repeatElement(UInt32(column), count: persons.count)
        }
        return Adjacency(nodeCount: count, sources: sources, targets: targets)
    }
}
