/// How often each whole-number score met each outcome: all that the measures below need, exact and free of order.
///
/// A score of 0 … 1000 takes a thousand counters however many inquiries there were; a signal that is there or not is
/// a score of 0 … 1. Histograms of parts are added with `merge`.
package struct ScoreHistogram: Hashable, Sendable {
    /// What became of the loan. Inquiries whose outcome is not known yet are counted with `nil`: they have a part in
    /// the stability of the population, none in discrimination.
    package enum Outcome: Hashable, Sendable { case good, bad }

    package let range: ClosedRange<Int>
    private(set) var good: [Int]
    private(set) var bad: [Int]
    private(set) var undetermined: [Int]

    /// The widest range of scores; more than this is a mistake of the caller.
    package static let maximumScores = 1 << 24

    package init(range: ClosedRange<Int> = 0...1000) {
        precondition(range.count <= Self.maximumScores, "A histogram of scores has at most 2^24 of them.")
        self.range = range
        good = Array(repeating: 0, count: range.count)
        (bad, undetermined) = (good, good)
    }

    /// For a signal that an answer has or has not.
    package static var binary: ScoreHistogram { ScoreHistogram(range: 0...1) }

    /// - Parameter count: how many such inquiries, or their weight in whole units.
    package mutating func add(_ score: Int, outcome: Outcome?, count: Int = 1) {
        precondition(range.contains(score) && count >= 0, "A score lies in its histogram's range.")
        let place = score - range.lowerBound
        switch outcome {
        case .good: good[place] += count
        case .bad: bad[place] += count
        case nil: undetermined[place] += count
        }
    }

    package mutating func add(isPresent: Bool, outcome: Outcome?, count: Int = 1) {
        add(isPresent ? 1 : 0, outcome: outcome, count: count)
    }

    package mutating func merge(_ other: ScoreHistogram) {
        precondition(range == other.range, "Histograms of one score have one range.")
        for place in good.indices {
            good[place] += other.good[place]
            bad[place] += other.bad[place]
            undetermined[place] += other.undetermined[place]
        }
    }

    package var goodCount: Int { good.reduce(0, +) }
    package var badCount: Int { bad.reduce(0, +) }
    package var undeterminedCount: Int { undetermined.reduce(0, +) }
    package var count: Int { goodCount + badCount + undeterminedCount }

    /// Everybody, whatever became of them, from the lowest score to the highest.
    var population: [Int] { good.indices.map { good[$0] + bad[$0] + undetermined[$0] } }

    /// The scores' places in the arrays, from the riskiest to the safest.
    func placesFromWorst(_ orientation: ScoreOrientation) -> [Int] {
        switch orientation {
        case .higherIsWorse: good.indices.reversed()
        case .higherIsBetter: Array(good.indices)
        }
    }
}

/// Which end of a score stands for risk.
package enum ScoreOrientation: String, Hashable, Sendable { case higherIsWorse, higherIsBetter }
