/// The whole numbers from `lower` to `upper`, both included; `nil` is no bound. A band tells no more than this.
struct Interval: Hashable, Sendable {
    let lower: Int64?
    let upper: Int64?

    init(_ lower: Int64?, _ upper: Int64?) { (self.lower, self.upper) = (lower, upper) }
    init(_ exact: Int64) { (lower, upper) = (exact, exact) }
}

/// How a value is held against a number.
enum Comparison: String, Hashable, Sendable, CaseIterable {
    case atLeast = ">="
    case above = ">"
    case atMost = "<="
    case below = "<"
    case equal = "=="

    /// Unknown where nothing is told.
    func holds(_ told: Interval?, against number: Int64) -> Truth {
        guard let told else { return .unknown }
        return holds(told, against: number)
    }

    /// True or false where every number of the interval gives that; unknown where they differ.
    func holds(_ told: Interval, against number: Int64) -> Truth {
        switch self {
        case .atLeast:
            if let lower = told.lower, lower >= number { return .isTrue }
            if let upper = told.upper, upper < number { return .isFalse }
            return .unknown
        case .above: return Comparison.atMost.holds(told, against: number).negated
        case .atMost:
            if let upper = told.upper, upper <= number { return .isTrue }
            if let lower = told.lower, lower > number { return .isFalse }
            return .unknown
        case .below: return Comparison.atLeast.holds(told, against: number).negated
        case .equal:
            if told.lower == number, told.upper == number { return .isTrue }
            if let lower = told.lower, lower > number { return .isFalse }
            if let upper = told.upper, upper < number { return .isFalse }
            return .unknown
        }
    }
}
