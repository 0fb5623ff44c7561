/// A rule's condition: tests joined by `and`, `or`, `not`.
indirect enum Condition: Hashable, Sendable {
    case test(Test)
    case negation(Condition)
    case all([Condition])
    case any([Condition])
}

/// What is asked of an answer, or of one element of its lists.
enum Test: Hashable, Sendable {
    /// The answer's status is one of these.
    case status(Set<String>)
    case truncated
    case cell(String, Comparison, Int64)
    /// The cell has a value at all.
    case told(String)
    case score(Comparison, Int64)
    /// The score's confidence, by its place among ``ItemField/levels``.
    case confidence(Comparison, Int64)
    /// At least so many elements of the list satisfy the condition.
    case items(ItemList, atLeast: Int, Condition)
    /// Within a list's condition.
    case field(ItemField, Demand)
}

/// What is asked of a field.
enum Demand: Hashable, Sendable {
    case number(Comparison, Int64)
    /// By place in the field's list of levels.
    case level(Comparison, Int64)
    case names(Set<String>)
    /// Of a flag or a state: that it is so.
    case isSo
}

extension Condition {
    /// The cells that the condition asks about.
    var cells: Set<String> {
        switch self {
        case .test(.cell(let name, _, _)), .test(.told(let name)): [name]
        case .test(.status), .test(.truncated), .test(.score), .test(.confidence), .test(.items), .test(.field): []
        case .negation(let part): part.cells
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.cells) }
        }
    }
}
