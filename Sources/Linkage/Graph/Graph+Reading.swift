package import Vocabulary

extension Graph {
    package var subjectCount: Int { subjects.rows.count }
    package var identifierCount: Int { identifiers.rows.count }
    /// Distinct live edges.
    package var edgeCount: Int { edges.count }
    /// Live words over all edges.
    package var evidenceCount: Int { edges.wordCount }

    package func kind(of identifier: IdentifierNumber) -> IdentifierKind {
        guard let kind = IdentifierKind(rawValue: identifiers.rows[Int(identifier.rawValue)].kind) else {
            preconditionFailure("An identifier's row holds the raw value of the kind that it was added with.")
        }
        return kind
    }

    /// How many distinct subjects have the identifier as their own.
    package func degree(of identifier: IdentifierNumber) -> Int { Int(identifiers.rows[Int(identifier.rawValue)].own) }

    /// Seeded, or shared by more distinct subjects than its kind's cap: it neither unions nor forwards.
    package func isDemoted(_ identifier: IdentifierNumber) -> Bool { isDemoted(identifier.rawValue) }

    package func isSeeded(_ identifier: IdentifierNumber) -> Bool {
        identifiers.rows[Int(identifier.rawValue)].flags & AdjacencyRow.isSeeded != 0
    }

    /// Distinct members whose word the own edges at an identifier rest on.
    package func memberCount(of identifier: IdentifierNumber) -> Int {
        if let hub = hubs[identifier.rawValue] { return hub.members.count }
        var members: [UInt16] = []
        for neighbour in neighbours(of: identifier).prefix(degree(of: identifier)) {
            for word in evidence(of: neighbour.edge) where !members.contains(word.member) {
                members.append(word.member)
            }
        }
        return members.count
    }

    /// The first day that anybody's own edge at an identifier is known from; `nil` where it is nobody's own. Looks at
    /// every word.
    package func firstDay(of identifier: IdentifierNumber) -> GraphDay? {
        var first: GraphDay?
        for neighbour in neighbours(of: identifier).prefix(degree(of: identifier)) {
            for word in evidence(of: neighbour.edge) { first = min(first ?? word.day, word.day) }
        }
        return first
    }

    package func neighbours(of subject: SubjectNumber) -> AdjacentIdentifiers {
        AdjacentIdentifiers(entries: subjects.entries(of: Int(subject.rawValue)))
    }

    package func neighbours(of identifier: IdentifierNumber) -> AdjacentSubjects {
        AdjacentSubjects(entries: identifiers.entries(of: Int(identifier.rawValue)))
    }

    /// The words that an edge rests on, the latest case first.
    package func evidence(of edge: EdgeNumber) -> EvidenceChain { edges.words(of: edge.rawValue) }

    /// Whether two distinct members stand for the edge.
    package func isBacked(_ edge: EdgeNumber) -> Bool { edges.rows[Int(edge.rawValue)].isBacked }

    package func edge(_ edge: Edge) -> EdgeNumber? {
        guard Int(edge.subject.rawValue) < subjectCount, Int(edge.identifier.rawValue) < identifierCount else {
            return nil
        }
        return find(edge).map(EdgeNumber.init)
    }
}

// Components and rings.
extension Graph {
    package func component(of subject: SubjectNumber) -> ComponentLabel {
        ComponentLabel(components.label[Int(subject.rawValue)])
    }

    package func componentSize(of subject: SubjectNumber) -> Int {
        Int(components.size[Int(components.label[Int(subject.rawValue)])])
    }

    /// Everybody in a subject's component, itself included; the order is without meaning.
    package func members(ofComponentOf subject: SubjectNumber) -> ComponentMembers {
        components.members(of: subject.rawValue)
    }

    /// The name of the ring that a subject is in, where its component is large enough to be one.
    package func ring(of subject: SubjectNumber) -> RingNumber? {
        let ring = components.ring[Int(components.label[Int(subject.rawValue)])]
        return ring == 0 ? nil : RingNumber(ring)
    }
}

// Marks.
extension Graph {
    /// Notes a statement about a subject; the same one again changes nothing.
    package mutating func mark(_ subject: SubjectNumber, _ mark: Mark) {
        precondition(Int(subject.rawValue) < subjects.rows.count, "A mark on a subject that was not added.")
        var marks = marksBySubject[subject.rawValue] ?? []
        guard !marks.contains(mark) else { return }
        let place = marks.firstIndex { ($0.caseNumber, $0.position) > (mark.caseNumber, mark.position) }
        marks.insert(mark, at: place ?? marks.count)
        marksBySubject[subject.rawValue] = marks
        subjects.rows[Int(subject.rawValue)].flags |= AdjacencyRow.isMarked
    }

    /// Takes back what a case stated about a subject.
    package mutating func unmark(_ subject: SubjectNumber, caseNumber: UInt32) {
        guard var marks = marksBySubject[subject.rawValue] else { return }
        marks.removeAll { $0.caseNumber == caseNumber }
        marksBySubject[subject.rawValue] = marks.isEmpty ? nil : marks
        if marks.isEmpty { subjects.rows[Int(subject.rawValue)].flags &= ~AdjacencyRow.isMarked }
    }

    /// By case and position.
    package func marks(of subject: SubjectNumber) -> [Mark] {
        hasMarks(subject) ? marksBySubject[subject.rawValue] ?? [] : []
    }

    @inline(__always)
    package func hasMarks(_ subject: SubjectNumber) -> Bool {
        subjects.rows[Int(subject.rawValue)].flags & AdjacencyRow.isMarked != 0
    }

    /// Sorted; made anew at each call.
    package var markedSubjects: [SubjectNumber] { marksBySubject.keys.sorted().map(SubjectNumber.init) }
}
