import Vocabulary

extension SearchScratch {
    /// Beyond so many identifiers on either side two subjects are not compared by kinds.
    private static let comparisonLimit = 256

    /// Whether the opened subject and another share an identifier of another kind than the one between them.
    ///
    /// The shorter list is walked; where even that is too long the answer is no, and the search is truncated.
    mutating func sharesSecondKind(with other: SubjectNumber, besides kind: IdentifierKind, in graph: Graph) -> Bool {
        if !opened.isListed { listShared(in: graph) }
        let others = graph.neighbours(of: other)
        if others.ownCount <= Self.comparisonLimit {
            for index in 0..<others.ownCount {
                guard let shared = shared[others[index].identifier.rawValue] else { continue }
                if shared != UInt32(kind.rawValue) { return true }
            }
            return false
        }
        guard sharedList.count <= Self.comparisonLimit else {
            isTruncated = true
            return false
        }
        return sharedList.contains { identifier in
            graph.kind(of: identifier) != kind && graph.edge(Edge(other, identifier)) != nil
        }
    }

    /// Lists what the opened subject may share: its own, and what may carry a search on in its role; undemoted, of a
    /// kind that says anything about a link.
    private mutating func listShared(in graph: Graph) {
        opened.isListed = true
        shared.removeAll()
        sharedList.removeAll(keepingCapacity: true)
        if opened.place == 0 {
            for identifier in asked { share(identifier, in: graph) }
        }
        guard let subject = opened.subject, opened.component != nil else { return }
        let neighbours = graph.neighbours(of: subject)
        for index in 0..<neighbours.count {
            let next = neighbours[index]
            if next.role == .own || graph.rules[next.role].forward { share(next.identifier, in: graph) }
        }
    }

    private mutating func share(_ identifier: IdentifierNumber, in graph: Graph) {
        let kind = graph.kind(of: identifier)
        let rule = graph.rules[kind]
        guard rule.union || rule.corroborates || rule.forward, !kind.isComposite, graph.degree(of: identifier) > 0,
            shared[identifier.rawValue] == nil, !graph.isDemoted(identifier)
        else { return }
        shared.set(identifier.rawValue, to: UInt32(kind.rawValue))
        sharedList.append(identifier)
    }
}
