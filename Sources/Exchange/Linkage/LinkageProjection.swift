internal import Linkage
internal import Records
internal import Vocabulary

/// The graph over the ledger's facts, and who is which subject in it.
///
/// A projection like the ledger itself: built from a ledger it equals one that followed every entry.
struct LinkageProjection: Sendable {
    var graph: Graph
    var subjects = SubjectTable()
    /// In a graph of a few cases alone: its own numbers of the ledger's identifiers.
    var places: [UInt32: IdentifierNumber]?
    private var edges: [Edge] = []

    /// Everything that stands in the ledger, with the rings named as they were.
    init(_ ledger: Ledger, rules: LinkageRules) {
        graph = Graph(rules: rules, today: ledger.entryTimes.last.map { GraphDay($0) } ?? GraphDay(0))
        let view = LedgerView(ledger)
        addIdentifiers(of: ledger)
        for number in ledger.cases.indices { take(UInt32(number), in: view) }
        for identifier in ledger.seededHubs { graph.seed(IdentifierNumber(identifier)) }
        _ = graph.takeEvents()
        graph.bind(ledger.ringBook)
    }

    /// What a snapshot holds.
    init(graph: Graph, subjects: SubjectTable) { (self.graph, self.subjects) = (graph, subjects) }

    /// Some cases alone, as they were in an earlier view. Rings have no names in it.
    init(_ cases: [UInt32], in view: LedgerView, rules: LinkageRules, now: Instant) {
        graph = Graph(rules: rules, today: GraphDay(now))
        places = [:]
        for number in cases { take(number, in: view) }
    }

    /// Takes up an entry that the ledger has just taken up. - Returns: what became of rings and hubs.
    mutating func follow(_ entry: EntryFacts, in ledger: Ledger, rules: LinkageRules) -> [LinkageEvent] {
        if rules != graph.rules {
            // Where links last longer from now on, more stands than the graph still has: only the records know it.
            if rules.lastsLonger(than: graph.rules) { self = LinkageProjection(ledger, rules: rules) }
            graph.change(rules: rules)
        }
        let today = GraphDay(ledger.entryTimes.last ?? entry.receivedAt)
        if today > graph.today { graph.advance(to: today) }
        addIdentifiers(of: ledger)
        let view = LedgerView(ledger)
        let firstRow = ledger.rows.count - entry.records.count
        for (offset, record) in entry.records.enumerated() {
            switch record.matter {
            case .opensLoan, .continuesLoan, .report, .marker, .inquiry, .amendment:
                take(ledger.rows[firstRow + offset].caseNumber, in: view)
            case .retraction, .disputeOutcome:
                take(ledger.rows[firstRow + offset].caseNumber, in: view, mayFall: true)
            case .reservation, .reservationChange, .watch, .unwatch, .acknowledgement, .dispute: break
            }
        }
        for decision in entry.ringDecisions {
            if case .seedHub(let identifier) = decision { graph.seed(IdentifierNumber(identifier)) }
        }
        return graph.takeEvents()
    }

    /// The graph's number of an identifier of the ledger; `nil` where no case of the graph has it.
    func place(of identifier: UInt32) -> IdentifierNumber? {
        guard let places else { return IdentifierNumber(identifier) }
        return places[identifier]
    }

    /// The graph's subject of an ID, and of any other subject of a case.
    func subject(ofNationalID identifier: UInt32) -> SubjectNumber? { subjects.subject(ofNationalID: identifier) }

    mutating func addIdentifiers(of ledger: Ledger) {
        for row in ledger.identifierRows[graph.identifierCount...] { graph.addIdentifier(row.kind) }
    }

    /// Brings the graph in line with what a case says now.
    mutating func take(_ number: UInt32, in view: LedgerView, mayFall: Bool = false) {
        let row = view.ledger.cases[Int(number)]
        let day = view.linkDay(ofCase: number)
        let linkDay = view.linksNobody(number) ? nil : day
        for subject in view.ledger.linkedSubjects(ofCase: number) {
            let nodes = nodes(of: subject, inCase: number)
            let isProtected = row.kind == .marker || subject.role == .victim
            if row.kind == .report || row.kind == .marker {
                for node in nodes {
                    graph.unmark(node, caseNumber: number)
                    guard day != nil else { continue }
                    graph.mark(
                        node, Mark(caseNumber: number, position: subject.position, isProtective: isProtected))
                }
            }
            // What a victim has was taken from it: it links the victim to nobody.
            if isProtected { continue }
            gatherEdges(of: subject, nodes, view.ledger)
            for edge in edges {
                set(edge, caseNumber: number, member: row.member, day: linkDay, mayFall: mayFall)
            }
        }
    }

    private mutating func nodes(of subject: LinkedSubject, inCase number: UInt32) -> [SubjectNumber] {
        let nodes = subject.nationalIDs.map { node(ofNationalID: $0) }
        if !nodes.isEmpty { return nodes }
        let (provisional, isNew) = subjects.makeSubject(ofCase: number, position: subject.position)
        if isNew { graph.addSubject() }
        return [provisional]
    }

    private mutating func node(ofNationalID identifier: UInt32) -> SubjectNumber {
        let (node, isNew) = subjects.makeSubject(ofNationalID: identifier)
        if isNew { graph.addSubject() }
        return node
    }

    /// An ID is its subject; it is an edge only where two persons' meet in it: one with two IDs, or a guarantor.
    private mutating func gatherEdges(of subject: LinkedSubject, _ nodes: [SubjectNumber], _ ledger: Ledger) {
        edges.removeAll(keepingCapacity: true)
        let first = nodes[0]
        for link in subject.links {
            let identifier = place(link.identifier, ledger)
            edges.append(Edge(first, identifier, link.role))
            guard ledger.identifierRows[Int(link.identifier)].kind == .nationalID else { continue }
            let other = node(ofNationalID: link.identifier)
            edges.append(Edge(other, identifier, .own))
        }
        for (node, identifier) in zip(nodes, subject.nationalIDs).dropFirst() {
            let identifier = place(identifier, ledger)
            edges.append(Edge(first, identifier, .own))
            edges.append(Edge(node, identifier, .own))
        }
    }

    private mutating func place(_ identifier: UInt32, _ ledger: Ledger) -> IdentifierNumber {
        guard let places else { return IdentifierNumber(identifier) }
        if let known = places[identifier] { return known }
        let place = graph.addIdentifier(ledger.identifierRows[Int(identifier)].kind)
        if ledger.seededHubs.contains(identifier) { graph.seed(place) }
        self.places?[identifier] = place
        return place
    }

    /// - Parameter mayFall: whether the day may be earlier than it was: only what is taken back makes it so.
    private mutating func set(
        _ edge: Edge, caseNumber: UInt32, member: UInt16, day: GraphDay?, mayFall: Bool
    ) {
        let kind = graph.kind(of: edge.identifier)
        guard let day, !isExpired(day, kind) else { return graph.remove(edge, caseNumber: caseNumber) }
        let evidence = Evidence(caseNumber: caseNumber, member: member, day: day)
        if mayFall, let held = graph.day(of: edge, caseNumber: caseNumber), held > day {
            // Another case's word holds the edge meanwhile, so that no ring falls apart and is joined again.
            graph.add(edge, Evidence(caseNumber: .max, member: member, day: day))
            graph.remove(edge, caseNumber: caseNumber)
            graph.add(edge, evidence)
            graph.remove(edge, caseNumber: .max)
        } else {
            graph.add(edge, evidence)
        }
    }

    private func isExpired(_ day: GraphDay, _ kind: IdentifierKind) -> Bool {
        graph.rules[kind].days.map { Int(day.rawValue) + $0 < Int(graph.today.rawValue) } ?? false
    }
}

extension Graph {
    fileprivate func day(of edge: Edge, caseNumber: UInt32) -> GraphDay? {
        self.edge(edge).flatMap { number in evidence(of: number).first { $0.caseNumber == caseNumber }?.day }
    }
}

extension LinkageRules {
    /// Whether a link of any kind lasts longer than under other rules.
    fileprivate func lastsLonger(than other: LinkageRules) -> Bool {
        IdentifierKind.allCases.contains { (self[$0].days ?? .max) > (other[$0].days ?? .max) }
    }
}
