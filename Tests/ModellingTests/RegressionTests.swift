import Foundation
import TestSupport
import Testing

@testable import Modelling

@Suite("Logistic regression")
struct RegressionTests {
    typealias Pattern = LogisticRegression.Pattern

    private func random(_ seed: UInt64, patterns: Int = 60, values: Int = 4) -> [Pattern] {
        var random = SeededGenerator(seed: seed)
        return (0..<patterns).map { _ in
            Pattern(
                values: (0..<values).map { _ in Double.random(in: -2...2, using: &random) },
                good: Double(Int.random(in: 0...9, using: &random)), bad: Double(Int.random(in: 0...9, using: &random)))
        }
    }

    private func gradient(_ patterns: [Pattern], _ fit: LogisticRegression, ridge: Double) -> [Double] {
        var gradient = fit.coefficients.map { -ridge * $0 }
        gradient[0] = 0
        for pattern in patterns {
            let p = 1 / (1 + exp(-logOdds(pattern, fit.coefficients)))
            let residual = pattern.good - (pattern.good + pattern.bad) * p
            gradient[0] += residual
            for (place, value) in pattern.values.enumerated() { gradient[place + 1] += value * residual }
        }
        return gradient
    }

    private func logOdds(_ pattern: Pattern, _ coefficients: [Double]) -> Double {
        var sum = coefficients[0]
        for (value, coefficient) in zip(pattern.values, coefficients.dropFirst()) { sum += value * coefficient }
        return sum
    }

    @Test("one signal without a penalty: the coefficients are the log odds of the table")
    func byHand() throws {
        let patterns = [Pattern(values: [0], good: 80, bad: 20), Pattern(values: [1], good: 30, bad: 60)]
        let fit = try #require(LogisticRegression(patterns, ridge: 1e-9))
        #expect(abs(fit.coefficients[0] - log(4.0)) < 1e-6)
        #expect(abs(fit.coefficients[1] - (log(0.5) - log(4.0))) < 1e-6)
    }

    @Test("the gradient is 0 at the solution, recomputed from the definition")
    func stationary() throws {
        for seed in UInt64(1)...30 {
            let patterns = random(seed)
            let fit = try #require(LogisticRegression(patterns, ridge: 1), "seed \(seed)")
            let rows = patterns.reduce(0) { $0 + $1.good + $1.bad }
            #expect(gradient(patterns, fit, ridge: 1).allSatisfy { abs($0) <= 2e-9 * rows }, "seed \(seed)")
            #expect(fit.gradient <= LogisticRegression.tolerance && fit.iterations < 20, "seed \(seed)")
        }
    }

    @Test("no step away from the solution does better")
    func best() throws {
        let patterns = random(5)
        let fit = try #require(LogisticRegression(patterns, ridge: 1))
        let objective = { (coefficients: [Double]) -> Double in
            var sum = 0.0
            for coefficient in coefficients.dropFirst() { sum -= coefficient * coefficient / 2 }
            for pattern in patterns {
                let odds = logOdds(pattern, coefficients)
                sum -= pattern.good * log(1 + exp(-odds)) + pattern.bad * log(1 + exp(odds))
            }
            return sum
        }
        let top = objective(fit.coefficients)
        for place in fit.coefficients.indices {
            for step in [-0.01, 0.01] {
                var moved = fit.coefficients
                moved[place] += step
                #expect(objective(moved) < top)
            }
        }
    }

    @Test("outcomes that are parted perfectly, and two equal columns, still converge under the penalty")
    func degenerate() throws {
        let parted = [Pattern(values: [-3], good: 0, bad: 500), Pattern(values: [3], good: 500, bad: 0)]
        let fit = try #require(LogisticRegression(parted, ridge: 1))
        #expect(fit.coefficients[1] > 0.5 && fit.coefficients[1].isFinite)
        let twins = random(3, values: 1).map {
            Pattern(values: [$0.values[0], $0.values[0]], good: $0.good, bad: $0.bad)
        }
        let twin = try #require(LogisticRegression(twins, ridge: 1))
        #expect(abs(twin.coefficients[1] - twin.coefficients[2]) < 1e-9)
    }

    @Test("one outcome alone has no solution")
    func oneClass() {
        #expect(LogisticRegression([Pattern(values: [1], good: 5, bad: 0)], ridge: 1) == nil)
        #expect(LogisticRegression([], ridge: 1) == nil)
    }

    @Test("a system of equations is solved; a matrix that is not positive definite is not")
    func cholesky() throws {
        var matrix = SymmetricMatrix(size: 2)
        (matrix[0, 0], matrix[1, 0], matrix[1, 1]) = (4, 2, 3)
        let x = try #require(matrix.solve([8, 7]))
        #expect(abs(x[0] - 1.25) < 1e-12 && abs(x[1] - 1.5) < 1e-12)
        matrix[1, 1] = 1
        #expect(matrix.solve([1, 1]) == nil)
    }
}
