internal import Glibc

/// Logistic regression of the log odds good : bad by Newton's method (iteratively reweighted least squares).
///
/// It maximises Σ [good·ln p + bad·ln(1−p)] − ridge/2 · Σ βⱼ², p = 1 / (1 + exp(−β₀ − Σ βⱼ·xⱼ)); the intercept is free
/// of the penalty. Converged when no component of the gradient is above 1e-9 times the number of rows. A step that
/// does not improve the objective is halved.
struct LogisticRegression {
    /// Rows with equal values count as one pattern.
    struct Pattern: Hashable {
        let values: [Double]
        let good: Double
        let bad: Double
    }

    static let maximumIterations = 100
    static let tolerance = 1e-9

    /// The intercept, then one for each value.
    private(set) var coefficients: [Double]
    private(set) var iterations = 0
    /// The largest component of the gradient at the solution over the number of rows.
    private(set) var gradient = Double.infinity

    private let patterns: [Pattern]
    private let ridge: Double

    /// - Returns: `nil` where it does not converge.
    init?(_ patterns: [Pattern], ridge: Double) {
        (self.patterns, self.ridge) = (patterns, ridge)
        let good = patterns.reduce(0) { $0 + $1.good }
        let bad = patterns.reduce(0) { $0 + $1.bad }
        guard good > 0, bad > 0, let first = patterns.first else { return nil }
        coefficients = [log(good / bad)] + Array(repeating: 0, count: first.values.count)
        while true {
            let slope = Slope(patterns, coefficients, ridge: ridge)
            gradient = (slope.gradient.map(\.magnitude).max() ?? 0) / (good + bad)
            if gradient <= Self.tolerance { return }
            guard iterations < Self.maximumIterations, let step = slope.newtonStep, improve(by: step) else {
                return nil
            }
            iterations += 1
        }
    }

    /// Goes the step, or half, a quarter … of it. - Returns: `false` where none of them improves anything.
    private mutating func improve(by step: [Double]) -> Bool {
        let before = objective(coefficients)
        var length = 1.0
        for _ in 0..<30 {
            let next = zip(coefficients, step).map { $0 + length * $1 }
            // Near the top a whole step changes the objective by less than its last bit.
            if objective(next) >= before - 1e-12 * before.magnitude {
                coefficients = next
                return true
            }
            length /= 2
        }
        return false
    }

    private func objective(_ coefficients: [Double]) -> Double {
        let penalty = coefficients.dropFirst().reduce(0) { $0 + $1 * $1 } * ridge / 2
        return patterns.reduce(-penalty) { sum, pattern in
            let odds = Self.logOdds(pattern.values, coefficients)
            // ln p and ln(1 − p) without overflow.
            let tail = log1p(exp(-odds.magnitude))
            return sum + pattern.good * (min(odds, 0) - tail) + pattern.bad * (min(-odds, 0) - tail)
        }
    }

    fileprivate static func logOdds(_ values: [Double], _ coefficients: [Double]) -> Double {
        var sum = coefficients[0]
        for (place, value) in values.enumerated() { sum += coefficients[place + 1] * value }
        return sum
    }
}

/// The gradient of the objective and its negated second derivatives.
private struct Slope {
    var gradient: [Double]
    var curvature: SymmetricMatrix

    init(_ patterns: [LogisticRegression.Pattern], _ coefficients: [Double], ridge: Double) {
        gradient = Array(repeating: 0, count: coefficients.count)
        curvature = SymmetricMatrix(size: coefficients.count)
        for pattern in patterns {
            let p = 1 / (1 + exp(-LogisticRegression.logOdds(pattern.values, coefficients)))
            let rows = pattern.good + pattern.bad
            add([1] + pattern.values, residual: pattern.good - rows * p, weight: rows * p * (1 - p))
        }
        for place in coefficients.indices.dropFirst() {
            gradient[place] -= ridge * coefficients[place]
            curvature[place, place] += ridge
        }
    }

    private mutating func add(_ values: [Double], residual: Double, weight: Double) {
        for row in values.indices {
            gradient[row] += residual * values[row]
            for column in 0...row { curvature[row, column] += weight * values[row] * values[column] }
        }
    }

    var newtonStep: [Double]? { curvature.solve(gradient) }
}
