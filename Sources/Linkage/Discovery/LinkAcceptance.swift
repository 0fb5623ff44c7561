/// Which shared identifiers join their persons: judged from the smallest up, in time linear in their edges.
///
/// Few persons join on the identifier's own word. More of them need support: a share of them must be linked to another
/// of them by smaller accepted identifiers, beyond one household. That divides a ring's device from a shop's, whose
/// customers have nothing else in common. Those of equal size do not support each other, so no order matters.
struct LinkAcceptance {
    var groups: DisjointSets
    private(set) var isAccepted: [Bool]
    /// For every person its household: persons who share a small address.
    let households: [UInt32]

    init(_ links: SharedIdentifiers, personCount: Int, options: DiscoveryOptions) {
        households = Self.households(links, personCount: personCount, options: options)
        groups = DisjointSets(count: personCount)
        isAccepted = Array(repeating: false, count: links.count)

        var bySize = [[Int]](repeating: [], count: options.supportedPersons + 1)
        for link in 0..<links.count where links.joins[link] && leavesHome(links.persons(of: link)) {
            bySize[links.personCount(of: link)].append(link)
        }
        for (size, same) in bySize.enumerated() {
            let accepted = same.filter { link in
                size <= options.freePersons
                    || hasSupport(links.persons(of: link), share: options.supportShare)
            }
            for link in accepted {
                isAccepted[link] = true
                groups.unite(links.persons(of: link))
            }
        }
    }

    /// People who were drawn together over several addresses to more than a household are none.
    private static func households(
        _ links: SharedIdentifiers, personCount: Int, options: DiscoveryOptions
    ) -> [UInt32] {
        var sets = DisjointSets(count: personCount)
        for link in 0..<links.count where !links.joins[link] { sets.unite(links.persons(of: link)) }
        var labels = sets.smallestElements()
        for person in labels.indices where sets.size(of: UInt32(person)) > options.householdPersons {
            labels[person] = UInt32(person)
        }
        return labels
    }

    /// What only one household has is a family's, and joins nobody: a ring does not take in its members' families.
    private func leavesHome(_ persons: ArraySlice<UInt32>) -> Bool {
        guard let first = persons.first else { return false }
        return persons.contains { households[Int($0)] != households[Int(first)] }
    }

    private mutating func hasSupport(_ persons: ArraySlice<UInt32>, share: Double) -> Bool {
        let pairs = persons.map { (groups.find($0), households[Int($0)]) }
        return Double(supportedCount(pairs)) >= share * Double(persons.count)
    }
}

/// How many are in a group with another of them who is of another household.
func supportedCount(_ places: [(group: UInt32, household: UInt32)]) -> Int {
    let sorted = places.sorted { $0 < $1 }
    var (count, start) = (0, 0)
    for place in sorted.indices where place + 1 == sorted.count || sorted[place + 1].group != sorted[place].group {
        // Sorted by household within the group: they differ when the first and the last do.
        if sorted[start].household != sorted[place].household { count += place + 1 - start }
        start = place + 1
    }
    return count
}

extension DisjointSets {
    mutating func unite(_ elements: ArraySlice<UInt32>) {
        guard let first = elements.first else { return }
        for element in elements.dropFirst() { union(first, element) }
    }
}
