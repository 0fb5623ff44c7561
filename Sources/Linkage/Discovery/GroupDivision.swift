import Vocabulary

/// Divides groups: shops and agents out of all, communities and dense cores out of large ones.
struct GroupDivision {
    let shared: SharedIdentifiers
    let households: [UInt32]
    let rules: LinkageRules
    let options: DiscoveryOptions

    /// What of the group may be a ring, each part connected.
    func parts(of group: PersonGroup) -> [PersonGroup] {
        communities(of: group).flatMap { withoutCrowds($0) }.flatMap { cores(of: $0) }
            .filter { $0.persons.count >= options.minimumPersons }
    }

    // MARK: Communities

    private func communities(of group: PersonGroup) -> [PersonGroup] {
        guard group.persons.count > options.largeGroup else { return [group] }
        let leiden = Leiden(quality: .constantPotts(resolution: options.resolution), seed: options.seed)
        let labels = leiden.communities(of: projection(of: group))
        var members: [[UInt32]] = []
        for (number, label) in labels.enumerated() {
            if Int(label) == members.count { members.append([]) }
            members[Int(label)].append(UInt32(number))
        }
        return members.filter { $0.count >= options.minimumPersons }.flatMap { group.part($0).connectedParts() }
    }

    /// Persons to persons: an identifier's weight is divided among the others who have it.
    private func projection(of group: PersonGroup) -> Adjacency {
        var (sources, targets, weights): ([UInt32], [UInt32], [Float]) = ([], [], [])
        for link in group.links {
            let weight = Float(rules[shared.kinds[link.place]].weight) / Float(link.persons.count - 1)
            for (place, person) in link.persons.enumerated() {
                for other in link.persons[(place + 1)...] {
                    sources.append(person)
                    targets.append(other)
                    weights.append(weight)
                }
            }
        }
        return Adjacency(
            nodeCount: group.persons.count, sources: sources, targets: targets, weights: weights, isMirrored: true)
    }

    // MARK: Crowds

    /// Takes out, one by one, the identifier of a crowd whose persons have least in common beside it.
    private func withoutCrowds(_ group: PersonGroup) -> [PersonGroup] {
        guard group.persons.count >= options.minimumPersons else { return [] }
        guard let crowd = leastSupported(in: group) else { return [group] }
        var rest = group
        rest.links.remove(at: crowd)
        return rest.connectedParts().flatMap { withoutCrowds($0) }
    }

    private func leastSupported(in group: PersonGroup) -> Int? {
        var least: (link: Int, share: Double, size: Int)?
        for (place, link) in group.links.enumerated() where link.persons.count >= options.crowdPersons {
            let share = support(of: place, in: group)
            guard share < options.supportShare else { continue }
            let isLess = least.map { share < $0.share || share == $0.share && link.persons.count > $0.size } ?? true
            if isLess { least = (place, share, link.persons.count) }
        }
        return least?.link
    }

    /// The share of an identifier's persons who are linked to anybody of another household without it.
    private func support(of place: Int, in group: PersonGroup) -> Double {
        var sets = DisjointSets(count: group.persons.count)
        for (other, link) in group.links.enumerated() where other != place { sets.unite(link.persons[...]) }
        let labels = sets.smallestElements()
        // A set whose persons are not all of its first one's household.
        var isMixed = [Bool](repeating: false, count: labels.count)
        for (person, label) in labels.enumerated() where home(person, in: group) != home(Int(label), in: group) {
            isMixed[Int(label)] = true
        }
        let persons = group.links[place].persons
        return Double(persons.count { isMixed[Int(labels[Int($0)])] }) / Double(persons.count)
    }

    private func home(_ person: Int, in group: PersonGroup) -> UInt32 { households[Int(group.persons[person])] }

    // MARK: Cores

    /// Peels what is still large to its dense cores, one after the other, while they are dense enough.
    private func cores(of group: PersonGroup) -> [PersonGroup] {
        guard group.persons.count > options.largeGroup else { return [group] }
        var (rest, cores, densest): (PersonGroup, [PersonGroup], Double) = (group, [], 0)
        while rest.persons.count >= options.minimumPersons {
            let core = peeled(rest)
            densest = max(densest, core.density)
            guard core.rows.count >= options.minimumPersons, core.density >= densest / 2 else { break }
            cores += rest.part(core.rows).connectedParts()
            let isInside = Set(core.rows)
            rest = rest.part((0..<UInt32(rest.persons.count)).filter { !isInside.contains($0) })
        }
        return cores
    }

    func peeled(_ group: PersonGroup) -> DenseCore {
        DenseCore(
            rows: group.rows, columnCount: group.links.count,
            columnWeights: group.links.map { rules[shared.kinds[$0.place]].weight })
    }
}
