import Vocabulary

/// Divides groups: shops and agents out of all, communities and dense cores out of large ones.
struct GroupDivision {
    let shared: SharedIdentifiers
    let households: [UInt32]
    let rules: LinkageRules
    let options: DiscoveryOptions

    /// What dividing has cost and left out so far.
    struct Tally {
        /// Pairs of a person and a link that were read.
        var reads = 0
        /// Identifiers beyond a group's limit.
        var leftOut = 0
    }

    /// What of the group may be a ring, each part connected.
    func parts(of group: PersonGroup, _ tally: inout Tally) -> [PersonGroup] {
        var parts: [PersonGroup] = []
        for community in communities(of: group, &tally) {
            for rest in withoutCrowds(limited(community, &tally), &tally) { parts += cores(of: rest, &tally) }
        }
        return parts.filter { $0.persons.count >= options.minimumPersons }
    }

    func weight(of link: PersonGroup.Link) -> Double {
        link.places.reduce(0) { $0 + rules[shared.kinds[$1]].weight }
    }

    // MARK: Communities

    private func communities(of group: PersonGroup, _ tally: inout Tally) -> [PersonGroup] {
        tally.reads += group.pairCount
        guard group.persons.count > options.largeGroup else { return [group] }
        let leiden = Leiden(quality: .constantPotts(resolution: options.resolution), seed: options.seed)
        let labels = leiden.communities(of: projection(of: group))
        var members: [[UInt32]] = []
        for (number, label) in labels.enumerated() {
            if Int(label) == members.count { members.append([]) }
            members[Int(label)].append(UInt32(number))
        }
        return group.parts(members.filter { $0.count >= options.minimumPersons }).flatMap { $0.connectedParts() }
    }

    /// Persons to persons: an identifier's weight is divided among the others who have it.
    private func projection(of group: PersonGroup) -> Adjacency {
        var (sources, targets, weights): ([UInt32], [UInt32], [Float]) = ([], [], [])
        for link in group.links {
            let weight = Float(weight(of: link)) / Float(link.persons.count - 1)
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

    // MARK: Limit

    /// Leaves out what a group has beyond its limit of links: the lightest, and of equal weight those of most persons.
    /// What connects the group stays, the heaviest first, so that nobody is flooded out of it.
    private func limited(_ group: PersonGroup, _ tally: inout Tally) -> PersonGroup {
        let limit = group.persons.count + options.groupLinks
        guard group.links.count > limit else { return group }
        tally.reads += group.pairCount
        let weights = group.links.map(weight(of:))
        let order = group.links.indices.sorted { left, right in
            if weights[left] != weights[right] { return weights[left] > weights[right] }
            let (one, other) = (group.links[left], group.links[right])
            if one.persons.count != other.persons.count { return one.persons.count < other.persons.count }
            return one.persons.lexicographicallyPrecedes(other.persons)
        }
        var sets = DisjointSets(count: group.persons.count)
        let connecting = Set(order.filter { sets.joinsAny(group.links[$0].persons) })
        let others = order.lazy.filter { !connecting.contains($0) }.prefix(limit - connecting.count)
        let kept = connecting.union(others).sorted().map { group.links[$0] }
        let rest = PersonGroup(persons: group.persons, links: kept)
        tally.leftOut += group.identifierCount - rest.identifierCount
        return rest
    }

    // MARK: Crowds

    /// Takes out the identifiers of crowds whose persons have too little in common beside them, until none is left.
    ///
    /// Without one of them the others have still less support, so what is left does not depend on the order.
    private func withoutCrowds(_ group: PersonGroup, _ tally: inout Tally) -> [PersonGroup] {
        var (left, done): ([PersonGroup], [PersonGroup]) = ([group], [])
        while var next = left.popLast() {
            guard next.persons.count >= options.minimumPersons else { continue }
            let count = next.links.count
            next.links = supported(in: next, &tally)
            if next.links.count == count { done.append(next) } else { left += next.connectedParts().reversed() }
        }
        return done
    }

    /// The links of few persons, and those of more of whom a share is linked to another household without it.
    private func supported(in group: PersonGroup, _ tally: inout Tally) -> [PersonGroup.Link] {
        guard group.links.contains(where: { $0.persons.count >= options.crowdPersons }) else { return group.links }
        tally.reads += group.pairCount
        let support = LinkSupport(of: group, homes: group.persons.map { households[Int($0)] })
        return zip(group.links, support.counts).filter { link, count in
            link.persons.count < options.crowdPersons
                || Double(count) / Double(link.persons.count) >= options.supportShare
        }.map(\.0)
    }

    // MARK: Cores

    /// Peels what is still large to its dense cores, one after the other, while they are dense enough.
    private func cores(of group: PersonGroup, _ tally: inout Tally) -> [PersonGroup] {
        guard group.persons.count > options.largeGroup else { return [group] }
        var (rest, cores, densest): (PersonGroup, [PersonGroup], Double) = (group, [], 0)
        while rest.persons.count >= options.minimumPersons {
            tally.reads += rest.pairCount
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
        let (rows, places) = group.identifierRows
        return DenseCore(
            rows: rows, columnCount: places.count, columnWeights: places.map { rules[shared.kinds[$0]].weight })
    }
}

extension DisjointSets {
    /// Unites the elements; returns whether that joined any two sets.
    fileprivate mutating func joinsAny(_ elements: [UInt32]) -> Bool {
        let isNew = elements.dropFirst().contains { find($0) != find(elements[0]) }
        if isNew { unite(elements[...]) }
        return isNew
    }
}
