import Vocabulary

extension SearchScratch {
    /// Looks at the subjects who have as their own the identifier that a way out of the opened subject leads to.
    mutating func follow(_ way: Int, in graph: Graph) {
        let subjects = graph.neighbours(of: ways[way].identifier)
        guard subjects.ownCount <= edgesLeft else { return followCrowd(way, subjects, in: graph) }
        var isComplete = true
        for index in 0..<subjects.ownCount {
            let next = subjects[index]
            guard next.subject != opened.subject else { continue }
            edgesLeft -= 1
            if !look(at: next, over: way, in: graph) { isComplete = false }
        }
        if isComplete { close(way) }
    }

    /// Looks at as many of an identifier's subjects as the budget has left, by number.
    private mutating func followCrowd(_ way: Int, _ subjects: AdjacentSubjects, in graph: Graph) {
        crowd.removeAll(keepingCapacity: true)
        for index in 0..<subjects.ownCount where subjects[index].subject != opened.subject {
            crowd.append(subjects[index])
        }
        var isComplete = crowd.count <= edgesLeft
        if !isComplete { isTruncated = true }
        crowd.sort { $0.subject < $1.subject }
        for index in 0..<min(edgesLeft, crowd.count) {
            edgesLeft -= 1
            if !look(at: crowd[index], over: way, in: graph) { isComplete = false }
        }
        if isComplete { close(way) }
    }

    /// From the next hop on the identifier leads nowhere new.
    private mutating func close(_ way: Int) {
        closed.set(ways[way].identifier.rawValue, to: UInt32(reached[opened.place].hops + 1))
    }

    /// Reaches a subject, or finds a lesser path to it; tells whether it is reached now.
    private mutating func look(at next: AdjacentSubject, over way: Int, in graph: Graph) -> Bool {
        let from = reached[opened.place]
        let key = from.rank << 16 | ways[way].step.order
        if let place = places[next.subject.rawValue].map(Int.init) {
            guard reached[place].hops > from.hops, key < reached[place].key, counts(next, over: way, in: graph) else {
                return true
            }
            (reached[place].key, reached[place].parent, reached[place].step) = (key, opened.place, ways[way].step)
            return true
        }
        guard counts(next, over: way, in: graph) else { return false }
        places.set(next.subject.rawValue, to: UInt32(reached.count))
        reached.append(
            ReachedSubject(
                subject: next.subject, hops: from.hops + 1, parent: opened.place, key: key, step: ways[way].step))
        return true
    }

    /// Whether the link from the opened subject over an identifier to a subject at it counts.
    private mutating func counts(_ next: AdjacentSubject, over way: Int, in graph: Graph) -> Bool {
        if !graph.rules.needsCorroboration { return true }
        if let component = opened.component, graph.component(of: next.subject) == component { return true }
        if isBacked(way, in: graph), graph.isBacked(next.edge) { return true }
        return sharesSecondKind(with: next.subject, besides: ways[way].step.kind, in: graph)
    }

    private mutating func isBacked(_ way: Int, in graph: Graph) -> Bool {
        if let known = ways[way].isBacked { return known }
        let isBacked = ways[way].edge.map { graph.isBacked($0) } ?? true
        ways[way].isBacked = isBacked
        return isBacked
    }
}
