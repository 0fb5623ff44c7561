import Vocabulary

/// Persons joined by identifiers, numbered from 0 within the group.
struct PersonGroup {
    /// Ascending.
    var persons: [UInt32]
    /// The identifiers as their places among the shared ones, ascending, with the persons here who have them.
    var links: [Link]

    struct Link {
        var place: Int
        /// Numbers within the group, ascending; two at least.
        var persons: [UInt32]
    }

    init(persons: [UInt32], links: [Link]) { (self.persons, self.links) = (persons, links) }

    /// - Parameter places: of identifiers that are accepted and have a person of the group.
    init(persons: [UInt32], places: [Int], in shared: SharedIdentifiers) {
        let numbers = Dictionary(uniqueKeysWithValues: persons.enumerated().map { ($0.element, UInt32($0.offset)) })
        self.persons = persons
        links = places.compactMap { place in
            let inside = shared.persons(of: place).compactMap { numbers[$0] }
            return inside.count > 1 ? Link(place: place, persons: inside) : nil
        }
    }

    /// The group of some of its persons, with what still joins two of them.
    ///
    /// - Parameter numbers: ascending.
    func part(_ numbers: [UInt32]) -> PersonGroup {
        var places = [UInt32?](repeating: nil, count: persons.count)
        for (place, number) in numbers.enumerated() { places[Int(number)] = UInt32(place) }
        return PersonGroup(
            persons: numbers.map { persons[Int($0)] },
            links: links.compactMap { link in
                let inside = link.persons.compactMap { places[Int($0)] }
                return inside.count > 1 ? Link(place: link.place, persons: inside) : nil
            })
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
        return members.keys.sorted().map { part(members[$0] ?? []) }
    }

    /// Persons by identifiers, for peeling.
    var rows: Adjacency {
        var (sources, targets): ([UInt32], [UInt32]) = ([], [])
        for (column, link) in links.enumerated() {
            sources += link.persons
            targets += repeatElement(UInt32(column), count: link.persons.count)
        }
        return Adjacency(nodeCount: persons.count, sources: sources, targets: targets)
    }
}
