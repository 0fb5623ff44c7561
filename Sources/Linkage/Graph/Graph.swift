package import Vocabulary

/// The linkage graph: subjects and identifiers, who shares what on whose word, and the components that follow from it.
///
/// Two subjects are *linked* by what they share, as `isLinked` says: a pure function of the present edges, whatever the
/// order in which they came. Components are kept as edges come and go; only what a change can have touched is explored
/// again. A value: a copy is a snapshot for another thread, and costs nothing until either is changed.
package struct Graph: Sendable {
    package internal(set) var rules: LinkageRules
    package internal(set) var today: GraphDay
    package internal(set) var rings = RingBook()

    var facts: [KindFacts]
    var subjects = AdjacencyTable()
    var identifiers = AdjacencyTable()
    var edges = EdgeTable()
    var components = Components()
    /// The edges of subjects that have many, so that nobody has to look through them.
    var heavyEdges: [Edge: UInt32] = [:]
    var hubs: [UInt32: Hub] = [:]
    var marksBySubject: [UInt32: [Mark]] = [:]
    var events: [LinkageEvent] = []
    /// By subject: which exploration met it last. Means nothing between two explorations.
    var visits: [UInt32] = []
    var lastVisit: UInt32 = 0
    /// How much was looked at to find out who is linked, since the start: what tests measure work by.
    package internal(set) var comparisons = 0

    package init(rules: LinkageRules, today: GraphDay = GraphDay(0)) {
        (self.rules, self.today) = (rules, today)
        facts = KindFacts.table(rules)
    }

    /// Makes room, so that growing does not copy.
    package mutating func reserve(subjects: Int, identifiers: Int, edges: Int) {
        self.subjects.reserve(rows: subjects, entries: edges + edges / 2)
        self.identifiers.reserve(rows: identifiers, entries: edges / 2)
        self.edges.reserve(edges)
        components.reserve(subjects)
        visits.reserveCapacity(subjects)
    }

    @discardableResult package mutating func addIdentifier(_ kind: IdentifierKind) -> IdentifierNumber {
        var row = AdjacencyRow()
        row.kind = kind.rawValue
        identifiers.rows.append(row)
        return IdentifierNumber(UInt32(identifiers.rows.count - 1))
    }

    @discardableResult package mutating func addSubject() -> SubjectNumber {
        subjects.rows.append(AdjacencyRow())
        components.addSubject()
        visits.append(0)
        return SubjectNumber(UInt32(subjects.rows.count - 1))
    }

    /// What happened since the last call, in order.
    package mutating func takeEvents() -> [LinkageEvent] {
        defer { events.removeAll() }
        return events
    }
}

// An identifier's standing.
extension Graph {
    @inline(__always)
    func facts(of identifier: UInt32) -> KindFacts { facts[Int(identifiers.rows[Int(identifier)].kind)] }

    @inline(__always)
    func isDemoted(_ identifier: UInt32) -> Bool {
        let row = identifiers.rows[Int(identifier)]
        return row.own > facts[Int(row.kind)].cap || row.flags & AdjacencyRow.isSeeded != 0
    }

    /// Whether sharing the identifier says anything at present.
    @inline(__always)
    func links(_ identifier: UInt32) -> Bool { facts(of: identifier).links && !isDemoted(identifier) }
}
