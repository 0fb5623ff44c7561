import TestSupport
import Testing

@testable import Modelling

@Suite("Monotone bins")
struct BinningTests {
    private func tally(_ good: Int, _ bad: Int) -> Tally { Tally(goodRows: good, badRows: bad, good: good, bad: bad) }
    private func odds(_ tally: Tally) -> Double { (Double(tally.bad) + 0.5) / (Double(tally.good) + 0.5) }
    private let none = MonotoneBins.Minimum(total: 0, rows: 0)

    @Test("violators are pooled as worked by hand")
    func byHand() {
        // Bad rates 0.1, 0.3, 0.2, 0.5: the second and the third are pooled to 0.25.
        let bins = MonotoneBins(
            [tally(90, 10), tally(70, 30), tally(80, 20), tally(50, 50)], direction: .rising, minimum: none,
            unitsPerRow: 1
        ).bins
        #expect(bins.map(\.values) == [0...0, 1...2, 3...3])
        #expect(bins[1].tally == tally(150, 50))
    }

    @Test("equal rates are one bin, and the wrong direction leaves one bin")
    func flat() {
        let rising = [tally(9, 1), tally(8, 2), tally(7, 3)]
        #expect(MonotoneBins(rising, direction: .falling, minimum: none, unitsPerRow: 1).bins.map(\.values) == [0...2])
        let equal = [tally(90, 10), tally(9, 1)]
        #expect(MonotoneBins(equal, direction: .rising, minimum: none, unitsPerRow: 1).bins.count == 1)
    }

    @Test("a small bin joins the neighbour of the nearer rate")
    func small() {
        let minimum = MonotoneBins.Minimum(total: 50, rows: 0)
        let bins = MonotoneBins(
            [tally(95, 5), tally(9, 1), tally(50, 50)], direction: .rising, minimum: minimum, unitsPerRow: 1
        ).bins
        #expect(bins.map(\.values) == [0...1, 2...2])
    }

    @Test("values that no row has belong to no bin of their own")
    func empty() {
        let tallies = [Tally(), tally(9, 1), Tally(), tally(5, 5), Tally()]
        let bins = MonotoneBins(tallies, direction: .rising, minimum: none, unitsPerRow: 1).bins
        #expect(bins.map(\.values) == [1...1, 3...3])
        #expect(MonotoneBins([Tally()], direction: .rising, minimum: none, unitsPerRow: 1).bins.isEmpty)
    }

    @Test("smoothing does not break the order: no row of ten against one of a thousand")
    func smoothed() {
        // 0/10 is below 1/1000, but half a row more puts it above.
        let bins = MonotoneBins(
            [tally(10, 0), tally(999, 1), tally(50, 50)], direction: .rising, minimum: none, unitsPerRow: 1
        ).bins
        #expect(bins.map(\.values) == [0...1, 2...2])
    }

    @Test("on random tallies the bins cover everything once, are large enough, and rise or fall strictly")
    func proven() {
        for seed in UInt64(1)...300 {
            var random = SeededGenerator(seed: seed)
            let tallies = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                tally(Int.random(in: 0...60, using: &random), Int.random(in: 0...30, using: &random))
            }
            let all = tallies.reduce(Tally(), +)
            let minimum = MonotoneBins.Minimum(total: all.total / Int.random(in: 3...50, using: &random), rows: 5)
            for direction in MonotoneBins.Direction.allCases {
                let bins = MonotoneBins(tallies, direction: direction, minimum: minimum, unitsPerRow: 1).bins
                #expect(bins.map(\.tally).reduce(Tally(), +) == all, "seed \(seed)")
                let sign: Double = direction == .rising ? 1 : -1
                for (left, right) in zip(bins, bins.dropFirst()) {
                    #expect(left.values.upperBound < right.values.lowerBound, "seed \(seed)")
                    #expect(sign * (right.tally.badRate - left.tally.badRate) > 0, "seed \(seed)")
                    let rise = odds(right.tally) - odds(left.tally)
                    #expect(sign * rise > 0, "seed \(seed)")
                }
                let isLarge = bins.allSatisfy { $0.tally.total >= minimum.total && $0.tally.rows >= 5 }
                #expect(isLarge || bins.count == 1, "seed \(seed)")
            }
        }
    }

    @Test("without a minimum the pooled rates are those of isotonic regression by its max-min formula")
    func isotonic() {
        for seed in UInt64(1)...100 {
            var random = SeededGenerator(seed: seed)
            let tallies = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                tally(Int.random(in: 500...900, using: &random), Int.random(in: 100...500, using: &random))
            }
            let bins = MonotoneBins(tallies, direction: .rising, minimum: none, unitsPerRow: 1).bins
            for (value, _) in tallies.enumerated() {
                let expected = (0...value).map { low in
                    (value..<tallies.count).map { high in tallies[low...high].reduce(Tally(), +).badRate }.min() ?? 0
                }.max()
                let bin = bins.first { $0.values.contains(value) }
                #expect(bin?.tally.badRate == expected, "seed \(seed)")
            }
        }
    }
}
