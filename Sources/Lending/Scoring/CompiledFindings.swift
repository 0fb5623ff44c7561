package import Records

/// A finding of the policy that a person's values meet.
package struct LendingFinding: Hashable, Sendable {
    package let rule: FindingRule
    package let cell: Cell
    /// Raw; an answer has it as `Disclosure.told` tells it.
    package let value: Int64
}

/// The policy's findings with the cells they need, ready to be evaluated.
package struct CompiledFindings: Sendable {
    private let rules: [FindingRule]
    private let profile: Profile
    /// By rule: the place of its cell.
    private let places: [Int]

    /// - Throws: for a cell that the catalogue does not have, or a bound inside a band in which it is told of others.
    package init(_ rules: [FindingRule], catalogue: Catalogue, countBands: CountBands) throws(ScoringFailure) {
        var cells = CellList()
        for rule in rules {
            try cells.add(rule.cell, of: rule.code, in: catalogue)
            guard rule.cell.mayPart(at: rule.atLeast, under: countBands) else {
                throw .insideBand(code: rule.code, edge: rule.atLeast)
            }
        }
        self.rules = rules
        profile = Profile(name: "findings", cells: cells.cells)
        places = cells.places
    }

    /// What is met, in the policy's order; a cell that this asker is not told finds nothing.
    package func findings(_ subject: PreparedSubject, _ disclosure: Disclosure) -> [LendingFinding] {
        let values = subject.values(of: profile)
        var met: [LendingFinding] = []
        for (rule, place) in zip(rules, places) {
            let cell = profile.cells[place]
            guard disclosure.tells(cell), let value = values[place], rule.applies(to: Int(value)) else { continue }
            met.append(LendingFinding(rule: rule, cell: cell, value: value))
        }
        return met
    }
}
