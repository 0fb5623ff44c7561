import Vocabulary

extension SearchScratch {
    /// Opens a subject and follows its ways out.
    mutating func expand(_ place: Int, in graph: Graph) {
        open(place, in: graph)
        if ways.count > 1 { ways.sort() }
        for index in ways.indices { follow(index, in: graph) }
    }

    /// Lists the ways out of a subject: nothing where it is protected, save what is asked of an applicant.
    private mutating func open(_ place: Int, in graph: Graph) {
        ways.removeAll(keepingCapacity: true)
        opened = OpenedSubject(place: place, subject: reached[place].subject)
        if place == 0 {
            for identifier in asked { addWay(identifier, .own, edge: nil, in: graph) }
        }
        guard let subject = opened.subject, !reached[place].isProtected, !reached[place].isUnread else { return }
        let neighbours = graph.neighbours(of: subject)
        guard neighbours.count <= readsLeft else { return isTruncated = true }
        readsLeft -= neighbours.count
        opened.component = graph.component(of: subject)
        for index in 0..<neighbours.count {
            let next = neighbours[index]
            // The asker's word for an identifier is already there, and stronger.
            if place == 0, next.role == .own, isAsked(next.identifier) { continue }
            guard graph.rules[next.role].forward else { continue }
            addWay(next.identifier, next.role, edge: next.edge, in: graph)
        }
    }

    private mutating func addWay(
        _ identifier: IdentifierNumber, _ role: IdentifierRole, edge: EdgeNumber?, in graph: Graph
    ) {
        let degree = graph.degree(of: identifier)
        // Nobody else has it: most identifiers end here.
        guard degree > 1 || degree == 1 && (role != .own || edge == nil) else { return }
        let kind = graph.kind(of: identifier)
        let rule = graph.rules[kind]
        guard rule.forward, !kind.isComposite, graph.rules[role].forward, !graph.isDemoted(identifier),
            !isClosed(identifier)
        else { return }
        ways.append(
            WayOut(
                identifier: identifier, step: EvidenceStep(kind, role), edge: edge,
                order: graph.order(of: identifier)))
    }

    /// Whether a sorted list of what was asked has the identifier.
    private func isAsked(_ identifier: IdentifierNumber) -> Bool {
        var range = 0..<asked.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if asked[middle] == identifier { return true }
            range = asked[middle] < identifier ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }

    private func isClosed(_ identifier: IdentifierNumber) -> Bool {
        guard let hops = closed[identifier.rawValue] else { return false }
        return Int(hops) <= reached[opened.place].hops
    }
}
