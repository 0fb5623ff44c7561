/// Who is asked about: a subject of the graph, the identifiers that the asker gave, or both.
package struct Question: Hashable, Sendable {
    /// The applicant, where the graph knows one; `nil` for a new applicant, who is known by the identifiers alone. Like
    /// the identifiers it must have been added to the graph that is asked.
    package var subject: SubjectNumber?
    /// What the asker gave as the applicant's own, as far as the graph knows it. Order and repetition mean nothing.
    package var identifiers: [IdentifierNumber]
    package var budget: SearchBudget

    package init(subject: SubjectNumber?, identifiers: [IdentifierNumber], budget: SearchBudget = SearchBudget()) {
        (self.subject, self.identifiers, self.budget) = (subject, identifiers, budget)
    }
}

/// How far one search may go (DESIGN §10). What it leaves unseen makes the result truncated, never an error.
package struct SearchBudget: Hashable, Sendable {
    package static let mostHops = 16

    /// Subject hops from the applicant: two of them are four steps between subjects and identifiers.
    package let hops: Int
    /// Pairs of an identifier and another subject at it that are looked at.
    package var edges: Int { didSet { edges = max(0, edges) } }
    /// Identifiers of subjects and marks on them that are read on the way: it bounds the work where somebody has been
    /// given very many of them. A subject with more than what is left is not opened.
    package var reads: Int

    /// What is out of range is the nearest in range: no hop or edge at least, ``mostHops`` at most. `reads` is sixteen
    /// times `edges` where it is not given.
    package init(hops: Int = 2, edges: Int = 2000, reads: Int? = nil) {
        self.hops = max(0, min(hops, Self.mostHops))
        self.edges = max(0, min(edges, Int(UInt32.max)))
        self.reads = max(0, reads ?? self.edges * 16)
    }
}
