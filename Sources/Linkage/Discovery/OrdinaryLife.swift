import Vocabulary

/// Groups that are ordinary life: families, house-mates, colleagues.
///
/// What one household shares has joined nobody before; what is left is judged here.
struct OrdinaryLife {
    let graph: Graph
    let subjects: [UInt32: [SubjectNumber]]
    let shared: SharedIdentifiers
    let options: DiscoveryOptions

    func explains(_ group: PersonGroup) -> Bool { isFamilyPhone(group) || isOneHouse(group) }

    /// A couple or a family of three behind one phone number or mailbox.
    private func isFamilyPhone(_ group: PersonGroup) -> Bool {
        guard group.persons.count <= 3, group.identifierCount == 1, let place = group.links.first?.places.first else {
            return false
        }
        return [.phone, .email].contains(shared.kinds[place])
    }

    /// People of one address or employer, joined by one identifier or among many others who live or work there and have
    /// no part in it; customers of one agent, joined by one kind. One agent does not explain who shares several kinds.
    private func isOneHouse(_ group: PersonGroup) -> Bool {
        var counts: [Common: Int] = [:]
        for person in group.persons {
            for common in commons(of: person) { counts[common, default: 0] += 1 }
        }
        let size = Double(group.persons.count)
        let isOneKind = Set(group.links.lazy.flatMap(\.places).map { shared.kinds[$0] }).count == 1
        return counts.contains { common, count in
            if common.isTrade { return isOneKind && count > 1 && Double(count) >= options.agentShare * size }
            guard Double(count) >= options.commonShare * size else { return false }
            return group.identifierCount == 1
                || Double(graph.degree(of: common.identifier)) >= options.crowdedTimes * size
        }
    }

    /// Something that people have in common without being a ring.
    private struct Common: Hashable {
        var identifier: IdentifierNumber
        /// Named as an agent's or a firm's.
        var isTrade: Bool
    }

    private func commons(of person: UInt32) -> Set<Common> {
        var found: Set<Common> = []
        for subject in subjects[person] ?? [SubjectNumber(person)] {
            for entry in graph.neighbours(of: subject) {
                let kind = graph.kind(of: entry.identifier)
                if entry.role == .agent || entry.role == .workplace {
                    found.insert(Common(identifier: entry.identifier, isTrade: true))
                } else if entry.role == .own, kind == .address || kind == .employer {
                    found.insert(Common(identifier: entry.identifier, isTrade: false))
                }
            }
        }
        return found
    }
}
