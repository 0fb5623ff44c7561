import Vocabulary

extension Graph {
    /// Takes a case's word for an edge back. Nothing where the edge or the case's word is not there.
    package mutating func remove(_ edge: Edge, caseNumber: UInt32) {
        guard Int(edge.subject.rawValue) < subjects.rows.count,
            Int(edge.identifier.rawValue) < identifiers.rows.count, let number = find(edge),
            edges.word(of: number, caseNumber: caseNumber) != nil
        else { return }
        let (subject, identifier) = (edge.subject.rawValue, edge.identifier.rawValue)
        guard edge.role == .own else { return take(number, caseNumber: caseNumber, edge) }
        let wasDemoted = isDemoted(identifier)
        let row = edges.rows[Int(number)]
        let mayUnlink = !wasDemoted && facts(of: identifier).links && (row.next == EdgeRow.none || row.isBacked)
        let linked = mayUnlink ? linked(to: subject, sharing: identifier) : []
        take(number, caseNumber: caseNumber, edge)
        let lost = linked.filter { !isLinked(subject, $0) }
        if !lost.isEmpty { separate([subject] + lost) }
        if wasDemoted { shrank(identifier) }
        tellPromotion(identifier)
    }

    /// Those that a subject is linked to among the ones that share an identifier with it.
    private func linked(to subject: UInt32, sharing identifier: UInt32) -> [UInt32] {
        var linked: [UInt32] = []
        for position in 0..<Int(identifiers.rows[Int(identifier)].own) {
            let other = identifiers[Int(identifier), position].neighbour
            guard other != subject, components.label[Int(other)] == components.label[Int(subject)] else { continue }
            if isLinked(subject, other) { linked.append(other) }
        }
        return linked
    }

    /// Takes a word that is there, and the edge with its last one, with no regard to what follows from it.
    mutating func take(_ number: UInt32, caseNumber: UInt32, _ edge: Edge) {
        let (subject, identifier) = (Int(edge.subject.rawValue), Int(edge.identifier.rawValue))
        if edge.role == .own, identifiers.rows[identifier].flags & AdjacencyRow.isHub != 0,
            let word = edges.word(of: number, caseNumber: caseNumber) {
            hubs[edge.identifier.rawValue]?.discount(word.member)
        }
        guard edges.removeWord(of: caseNumber, from: number) else { return }
        let row = edges.rows[Int(number)]
        let inSubject = subjects.remove(at: Int(row.subjectPosition), from: subject)
        for move in [inSubject.first, inSubject.second] {
            if let move { edges.rows[Int(move.edge)].subjectPosition = move.position }
        }
        let inIdentifier = identifiers.remove(at: Int(row.identifierPosition), from: identifier)
        for move in [inIdentifier.first, inIdentifier.second] {
            if let move { edges.rows[Int(move.edge)].identifierPosition = move.position }
        }
        edges.free(number)
        if subjects.rows[subject].flags & AdjacencyRow.isHeavy != 0 { dropHeavy(edge) }
        if identifiers.rows[identifier].flags & AdjacencyRow.isHub != 0 { dropHubIfSmall(edge.identifier.rawValue) }
    }

    private mutating func dropHeavy(_ edge: Edge) {
        heavyEdges[edge] = nil
        let subject = Int(edge.subject.rawValue)
        guard subjects.rows[subject].count <= Self.heavyCount / 2 else { return }
        subjects.rows[subject].flags &= ~AdjacencyRow.isHeavy
        for position in 0..<subjects.rows[subject].count {
            let entry = subjects[subject, position]
            heavyEdges[Edge(edge.subject, IdentifierNumber(entry.neighbour), entry.role)] = nil
        }
    }

    /// Applies the passing of days: words past their kind's days are gone. A day in the past changes nothing.
    package mutating func advance(to today: GraphDay) {
        guard today > self.today else { return }
        self.today = today
        // The order of expiry within one day decides nothing but names; it does not depend on the past either.
        for word in takeExpired().sorted(by: <) { remove(word.edge, caseNumber: word.caseNumber) }
    }

    struct ExpiredWord: Comparable {
        let edge: Edge
        let caseNumber: UInt32

        static func < (left: ExpiredWord, right: ExpiredWord) -> Bool {
            (left.edge.subject, left.edge.identifier, left.edge.role.rawValue, left.caseNumber)
                < (right.edge.subject, right.edge.identifier, right.edge.role.rawValue, right.caseNumber)
        }
    }

    /// Finds the words that have expired, in the zones that can hold any, and sets those zones' lowest days anew.
    mutating func takeExpired() -> [ExpiredWord] {
        var expired: [ExpiredWord] = []
        for zone in edges.zones.indices where edges.zones[zone] < today.rawValue {
            var lowest = EdgeTable.never
            for number in zone * EdgeTable.zoneSize..<min((zone + 1) * EdgeTable.zoneSize, edges.rows.count) {
                let row = edges.rows[number]
                guard row.subject != EdgeRow.vacant else { continue }
                let facts = facts(of: row.identifier)
                for word in edges.words(of: UInt32(number)) {
                    let lastDay = facts.lastDay(of: word.day)
                    guard lastDay < today.rawValue else {
                        lowest = min(lowest, lastDay)
                        continue
                    }
                    let role = subjects[Int(row.subject), Int(row.subjectPosition)].role
                    let edge = Edge(SubjectNumber(row.subject), IdentifierNumber(row.identifier), role)
                    expired.append(ExpiredWord(edge: edge, caseNumber: word.caseNumber))
                }
            }
            edges.setZone(zone, lowest)
        }
        return expired
    }
}
