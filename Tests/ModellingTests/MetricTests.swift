import TestSupport
import Testing
import Vocabulary

@testable import Modelling

@Suite("Discrimination of a score")
struct MetricTests {
    typealias Outcome = ScoreHistogram.Outcome

    private func histogram(_ samples: [(Int, Outcome?)], range: ClosedRange<Int> = 0...1000) -> ScoreHistogram {
        var histogram = ScoreHistogram(range: range)
        for (score, outcome) in samples { histogram.add(score, outcome: outcome) }
        return histogram
    }

    @Test("AUC and KS of four loans are those worked by hand")
    func byHand() {
        // Pairs (bad, good): 300>100, 300>200, 200>100, 200=200: 3½ of 4. Riskiest first: ½ of the bad, no good.
        let four = histogram([(300, .bad), (200, .bad), (200, .good), (100, .good)])
        let result = Discrimination(four, orientation: .higherIsWorse)
        #expect(result.auc == 0.875)
        #expect(result.ks == 0.5)
        #expect(result.ksScore == 300)
        let turned = Discrimination(four, orientation: .higherIsBetter)
        #expect(turned.auc == 0.125)
        #expect(turned.ks == 0.5)
    }

    @Test("a perfect score has AUC and KS 1, a constant one AUC one half and KS 0")
    func extremes() {
        let perfect = Discrimination(histogram([(900, .bad), (1, .good), (0, .good)]), orientation: .higherIsWorse)
        #expect(perfect.auc == 1 && perfect.ks == 1 && perfect.ksScore == 900)
        let constant = Discrimination(histogram([(5, .bad), (5, .good), (5, .good)]), orientation: .higherIsWorse)
        #expect(constant.auc == 0.5 && constant.ks == 0)
    }

    @Test("with one outcome alone there is nothing to say, and unknown outcomes do not count")
    func oneClass() {
        let good = Discrimination(histogram([(1, .good), (2, nil)]), orientation: .higherIsWorse)
        #expect(good.auc == nil && good.ks == nil && good.ksScore == nil && good.lift == [])
        #expect((good.good, good.bad, good.undetermined) == (1, 0, 1))
        let known: [(Int, Outcome?)] = [(300, .bad), (200, .bad), (200, .good), (100, .good)]
        let open = Discrimination(histogram(known + [(999, nil), (0, nil)]), orientation: .higherIsWorse)
        #expect(open.auc == 0.875 && open.undetermined == 2)
    }

    @Test("a signal that is there or not is a score of two values")
    func binary() {
        var signal = ScoreHistogram.binary
        for (isPresent, outcome, count) in [
            (true, Outcome.bad, 6), (false, .bad, 4), (true, .good, 9), (false, .good, 81),
        ] {
            signal.add(isPresent: isPresent, outcome: outcome, count: count)
        }
        let result = Discrimination(signal, orientation: .higherIsWorse)
        // Share of the bad with the signal 0.6, of the good 0.1: KS 0.5, AUC (1 + 0.5) / 2.
        #expect(result.ks == 0.5 && result.auc == 0.75 && result.ksScore == 1)
    }

    @Test("lift of twenty loans is that worked by hand, equal scores shared out")
    func liftByHand() {
        // Riskiest first: 4 loans with 3 bad at 10, 16 loans with 1 bad at 0; a tenth is 2 loans.
        var samples: [(Int, Outcome?)] = [(10, .bad), (10, .bad), (10, .bad), (10, .good), (0, .bad)]
        samples += Array(repeating: (0, .good), count: 15)
        let lift = Discrimination(histogram(samples), orientation: .higherIsWorse).lift
        #expect(lift.map(\.decile) == Array(1...10))
        #expect(lift.allSatisfy { $0.count == 2 })
        #expect(lift[0].bad == 1.5 && lift[1].bad == 1.5 && lift[2].bad == 0.125 && lift[9].bad == 0.125)
        #expect(lift[0].lift == 3.75 && lift[2].lift == 0.3125)
        #expect(lift[1].captured == 0.75 && lift[9].captured == 1)
    }

    @Test("AUC is Mann-Whitney's U over all pairs, and KS the largest of all gaps, on random samples")
    func bruteForce() {
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            let samples: [(Int, Outcome?)] = (0..<Int.random(in: 2...120, using: &random)).map { _ in
                let isBad = Int.random(in: 0..<3, using: &random) == 0
                return (Int.random(in: 0...(isBad ? 30 : 20), using: &random), isBad ? .bad : .good)
            }
            let bad = samples.filter { $0.1 == .bad }.map(\.0), good = samples.filter { $0.1 == .good }.map(\.0)
            guard !bad.isEmpty, !good.isEmpty else { continue }
            let result = Discrimination(histogram(samples), orientation: .higherIsWorse)
            var halves = 0
            for risky in bad { for safe in good { halves += risky > safe ? 2 : risky == safe ? 1 : 0 } }
            #expect(result.auc == Double(halves) / Double(2 * bad.count * good.count), "seed \(seed)")
            let gaps = (0...31).map { cut in
                let caught = bad.count { $0 >= cut } * good.count - good.count { $0 >= cut } * bad.count
                return Double(abs(caught)) / Double(bad.count * good.count)
            }
            #expect(abs((result.ks ?? 0) - (gaps.max() ?? 0)) < 1e-15, "seed \(seed)")
            let caught = result.lift.reduce(0) { $0 + $1.bad }
            #expect(abs(caught - Double(bad.count)) < 1e-9, "seed \(seed)")
        }
    }

    @Test("parts added up are the whole, whatever the order")
    func merged() {
        var random = SeededGenerator(seed: 7)
        let samples: [(Int, Outcome?)] = (0..<500).map { _ in
            (
                Int.random(in: 0...1000, using: &random),
                [Outcome.good, .bad, nil][Int.random(in: 0..<3, using: &random)]
            )
        }
        var parts = histogram(Array(samples.prefix(200)))
        parts.merge(histogram(Array(samples.dropFirst(200).reversed())))
        #expect(parts == histogram(samples))
        #expect(parts.count == 500)
    }

    @Test("fractions are written with six digits and read as JSON of ours")
    func json() {
        let result = Discrimination(histogram([(3, .bad), (2, .good), (4, .good)]), orientation: .higherIsWorse)
        #expect(result.json["auc"]?.string == "0.500000")
        #expect(result.json["good"]?.integer == 2)
        #expect(result.json["lift"]?.array?.count == 10)
        #expect(Discrimination(histogram([]), orientation: .higherIsWorse).json["auc"] == nil)
        #expect(DecimalText.fixed(-0.0000004) == "0.000000")
        #expect(DecimalText.fixed(-1.5, digits: 0) == "-2" && DecimalText.fixed(0.05, digits: 1) == "0.1")
        #expect(DecimalText.fixed(12.3456789, digits: 3) == "12.346")
    }
}
