import Vocabulary

extension Graph {
    /// Demotes an identifier whatever its degree: a public switchboard.
    package mutating func seed(_ identifier: IdentifierNumber) {
        precondition(Int(identifier.rawValue) < identifiers.rows.count, "An identifier that was not added.")
        let wasDemoted = isDemoted(identifier.rawValue)
        identifiers.rows[Int(identifier.rawValue)].flags |= AdjacencyRow.isSeeded
        guard !wasDemoted else { return }
        demote(identifier.rawValue, newcomer: nil)
    }

    /// What follows from an identifier's being demoted: its owners are linked by it no more.
    /// - Parameter newcomer: the owner that made it one too many, which was never linked by it.
    mutating func demote(_ identifier: UInt32, newcomer: UInt32?) {
        let facts = facts(of: identifier)
        if facts.cap > 0 || newcomer == nil {
            if identifiers.rows[Int(identifier)].flags & AdjacencyRow.isHub == 0 { makeHub(identifier) }
            tellDemotion(identifier)
        }
        guard facts.links else { return }
        var groups: [(label: UInt32, owners: [UInt32])] = []
        for owner in owners(of: identifier) where owner != newcomer {
            let label = components.label[Int(owner)]
            guard components.size[Int(label)] > 1 else { continue }
            if let index = groups.firstIndex(where: { $0.label == label }) {
                groups[index].owners.append(owner)
            } else {
                groups.append((label, [owner]))
            }
        }
        for group in groups where group.owners.count > 1 { separate(group.owners) }
    }

    /// What follows from one subject less at an identifier that was demoted.
    mutating func shrank(_ identifier: UInt32) {
        guard links(identifier) else { return }
        joinAll(sharing: identifier)
    }

    mutating func makeHub(_ identifier: UInt32) {
        var hub = Hub(today: today)
        for position in 0..<Int(identifiers.rows[Int(identifier)].own) {
            var (day, words) = (GraphDay(.max), 0)
            for word in edges.words(of: identifiers[Int(identifier), position].edge) {
                day = min(day, word.day)
                words += 1
                hub.count(word.member, isNew: false, word.day, today: today)
            }
            if words > 0 { hub.countNew(day, today: today) }
        }
        hubs[identifier] = hub
        identifiers.rows[Int(identifier)].flags |= AdjacencyRow.isHub
    }

    /// An identifier keeps its counters until it has far fewer edges and is demoted no more.
    mutating func dropHubIfSmall(_ identifier: UInt32) {
        guard identifiers.rows[Int(identifier)].count <= Hub.edgeCount / 2, !isDemoted(identifier) else { return }
        identifiers.rows[Int(identifier)].flags &= ~AdjacencyRow.isHub
        hubs[identifier] = nil
    }
}

// Alerts: what is told has hysteresis, what holds has none.
extension Graph {
    /// Tells of a demotion, unless it was told and the promotion since has not been.
    mutating func tellDemotion(_ identifier: UInt32) {
        let number = IdentifierNumber(identifier)
        guard !rings.toldDemoted.contains(number) else { return }
        tell(.demoted(number, subjects: identifiers.rows[Int(identifier)].own))
    }

    /// Tells of a promotion once the degree is at most three quarters of the cap.
    mutating func tellPromotion(_ identifier: UInt32) {
        let row = identifiers.rows[Int(identifier)]
        guard row.flags & AdjacencyRow.isSeeded == 0, Int(row.own) * 4 <= Int(facts[Int(row.kind)].cap) * 3,
            !rings.toldDemoted.isEmpty, rings.toldDemoted.contains(IdentifierNumber(identifier))
        else { return }
        tell(.promoted(IdentifierNumber(identifier)))
    }

    mutating func tellBurst(_ identifier: UInt32) {
        guard let count = hubs[identifier]?.tellBurst(today: today) else { return }
        tell(.hubBurst(IdentifierNumber(identifier), newSubjects: count))
    }

    mutating func tell(_ event: LinkageEvent) {
        rings.apply(event)
        events.append(event)
    }
}
