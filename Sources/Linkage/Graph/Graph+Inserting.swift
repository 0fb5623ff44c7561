import Vocabulary

extension Graph {
    /// Adds a word for an edge. The same case again on the same edge keeps the later day; what has expired is left out.
    package mutating func add(_ edge: Edge, _ evidence: Evidence) {
        let (subject, identifier) = (edge.subject.rawValue, edge.identifier.rawValue)
        precondition(Int(subject) < subjects.rows.count, "An edge of a subject that was not added.")
        precondition(Int(identifier) < identifiers.rows.count, "An edge of an identifier that was not added.")
        let lastDay = facts(of: identifier).lastDay(of: evidence.day)
        guard lastDay >= today.rawValue else { return }
        if let number = find(edge) {
            addWord(evidence, to: number, edge, lastDay: lastDay)
        } else {
            insert(edge, evidence, lastDay: lastDay)
            if edge.role == .own { grew(identifier, by: subject, evidence.day) }
        }
    }

    /// Puts a new edge in place, with no regard to what follows from it.
    mutating func insert(_ edge: Edge, _ evidence: Evidence, lastDay: UInt16) {
        let (subject, identifier) = (edge.subject.rawValue, edge.identifier.rawValue)
        let number = edges.insert(subject: subject, identifier: identifier, evidence, lastDay: lastDay)
        let inSubject = subjects.insert(
            AdjacencyEntry(neighbour: identifier, edge: number, role: edge.role), into: Int(subject))
        if let moved = inSubject.moved {
            edges.rows[Int(moved)].subjectPosition = UInt32(subjects.rows[Int(subject)].count - 1)
        }
        let inIdentifier = identifiers.insert(
            AdjacencyEntry(neighbour: subject, edge: number, role: edge.role), into: Int(identifier))
        if let moved = inIdentifier.moved {
            edges.rows[Int(moved)].identifierPosition = UInt32(identifiers.rows[Int(identifier)].count - 1)
        }
        edges.rows[Int(number)].subjectPosition = inSubject.position
        edges.rows[Int(number)].identifierPosition = inIdentifier.position
        if subjects.rows[Int(subject)].count > Self.heavyCount { noteHeavy(edge, number) }
        if identifiers.rows[Int(identifier)].flags & AdjacencyRow.isHub != 0 {
            if edge.role == .own { hubs[identifier]?.count(evidence.member, isNew: true, evidence.day, today: today) }
        } else if identifiers.rows[Int(identifier)].count > Hub.edgeCount {
            makeHub(identifier)
        }
    }

    private mutating func addWord(_ evidence: Evidence, to number: UInt32, _ edge: Edge, lastDay: UInt16) {
        if let known = edges.word(of: number, caseNumber: evidence.caseNumber) {
            guard (known.day, known.member) < (evidence.day, evidence.member) else { return }
            if known.member == evidence.member {
                edges.setDay(evidence.day, of: evidence.caseNumber, on: number)
                return
            }
            // Another member's word under the same case takes the place of the first one's.
            remove(edge, caseNumber: evidence.caseNumber)
            return add(edge, evidence)
        }
        let wasBacked = edges.rows[Int(number)].isBacked
        edges.addWord(evidence, to: number, lastDay: lastDay)
        guard edge.role == .own else { return }
        let identifier = edge.identifier.rawValue
        if identifiers.rows[Int(identifier)].flags & AdjacencyRow.isHub != 0 {
            hubs[identifier]?.count(evidence.member, isNew: false, evidence.day, today: today)
        }
        if rules.needsCorroboration, !wasBacked, edges.rows[Int(number)].isBacked, links(identifier) {
            joinThose(sharing: identifier, with: edge.subject.rawValue, isNew: false)
        }
    }

    /// What follows from one more subject's having an identifier.
    private mutating func grew(_ identifier: UInt32, by subject: UInt32, _ day: GraphDay) {
        let row = identifiers.rows[Int(identifier)]
        guard row.own > 1 || row.flags != 0 || facts[Int(row.kind)].cap == 0 else { return }
        let facts = facts[Int(row.kind)]
        let isSeeded = row.flags & AdjacencyRow.isSeeded != 0
        if row.own <= facts.cap, !isSeeded {
            if facts.links { joinThose(sharing: identifier, with: subject, isNew: true) }
        } else if row.own == facts.cap + 1, !isSeeded {
            demote(identifier, newcomer: subject)
        } else {
            tellBurst(identifier)
        }
    }

    /// More edges than this and a subject's are found by a dictionary, where the identifier has as many too.
    static let heavyCount = 32

    /// Where an edge is: the shorter list is looked through, unless both are long.
    @inline(__always)
    func find(_ edge: Edge) -> UInt32? {
        let (subject, identifier) = (Int(edge.subject.rawValue), Int(edge.identifier.rawValue))
        let ofSubject = subjects.rows[subject].count
        let ofIdentifier = identifiers.rows[identifier].count
        guard ofSubject > 0, ofIdentifier > 0 else { return nil }
        let roleBits = UInt32(edge.role.rawValue &- 1)
        if ofIdentifier <= min(ofSubject, Self.heavyCount) {
            return identifiers.position(of: edge.subject.rawValue, roleBits: roleBits, in: identifier)
                .map { identifiers[identifier, $0].edge }
        }
        if subjects.rows[subject].flags & AdjacencyRow.isHeavy == 0 {
            return subjects.position(of: edge.identifier.rawValue, roleBits: roleBits, in: subject)
                .map { subjects[subject, $0].edge }
        }
        return heavyEdges[edge]
    }

    private mutating func noteHeavy(_ edge: Edge, _ number: UInt32) {
        let subject = Int(edge.subject.rawValue)
        if subjects.rows[subject].flags & AdjacencyRow.isHeavy != 0 {
            heavyEdges[edge] = number
            return
        }
        subjects.rows[subject].flags |= AdjacencyRow.isHeavy
        for position in 0..<subjects.rows[subject].count {
            let entry = subjects[subject, position]
            heavyEdges[Edge(edge.subject, IdentifierNumber(entry.neighbour), entry.role)] = entry.edge
        }
    }
}
