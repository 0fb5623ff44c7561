import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Modelling

@Suite("Stability of a population")
struct StabilityTests {
    private func population(_ counts: [Int], from lowest: Int = 0) -> ScoreHistogram {
        var histogram = ScoreHistogram(range: lowest...lowest + counts.count - 1)
        for (place, count) in counts.enumerated() { histogram.add(lowest + place, outcome: nil, count: count) }
        return histogram
    }

    @Test("a population is at distance 0 from itself, at whatever size")
    func same() {
        let old = population(Array(repeating: 7, count: 100))
        #expect(StabilityIndex(reference: old, current: old).value == 0)
        #expect(StabilityIndex(reference: old, current: population(Array(repeating: 700, count: 100))).value == 0)
    }

    @Test("two values: the index is that worked by hand")
    func byHand() throws {
        let index = StabilityIndex(reference: population([50, 50]), current: population([80, 20]))
        #expect(index.bins.map(\.upTo) == [0, 1])
        // (0.8 − 0.5)·ln(0.8/0.5) + (0.2 − 0.5)·ln(0.2/0.5) = 0.3·ln 4
        #expect(abs(try #require(index.value) - 0.3 * log(4.0)) < 1e-12)
        #expect((index.reference, index.current) == (100, 100))
    }

    @Test("a bin that is empty counts as one ten-thousandth")
    func floor() throws {
        let index = StabilityIndex(reference: population([50, 50]), current: population([100, 0]))
        let expected = 0.5 * log(2.0) + (0.0001 - 0.5) * log(0.0001 / 0.5)
        #expect(abs(try #require(index.value) - expected) < 1e-12)
    }

    @Test("bins end at the reference's deciles, equal ones once, and hold everybody")
    func deciles() {
        let even = StabilityIndex(
            reference: population(Array(repeating: 1, count: 100)), current: population(.init(repeating: 2, count: 100))
        )
        #expect(even.bins.map(\.upTo) == [9, 19, 29, 39, 49, 59, 69, 79, 89, 99])
        #expect(even.bins.allSatisfy { $0.reference == 10 && $0.current == 20 })
        // 85 of 100 have the score 3: the deciles 1 to 9 lie there or on 5.
        let heaped = StabilityIndex(
            reference: population([0, 0, 5, 85, 0, 10, 0]), current: population([1, 1, 1, 1, 1, 1, 1]))
        #expect(heaped.bins.map(\.upTo) == [3, 6])
        #expect(heaped.bins.map(\.current) == [4, 3])
        let lows = StabilityIndex(
            reference: population([100, 0, 0], from: -1), current: population([0, 0, 9], from: -1))
        #expect(lows.bins.map(\.upTo) == [-1, 1])
    }

    @Test("with nobody on one side there is no index")
    func nobody() {
        #expect(StabilityIndex(reference: population([0, 0]), current: population([1, 2])).value == nil)
        #expect(StabilityIndex(reference: population([1, 2]), current: population([0, 0])).value == nil)
    }

    @Test("months are reported in order, against the earliest unless another is named")
    func months() throws {
        var score = ScorePerformance(name: "stacking")
        let march = try #require(Month(year: 2025, month: 3)), april = try #require(Month(year: 2025, month: 4))
        for (value, count) in [(100, 60), (900, 40)] { score.add(value, in: april, outcome: .good, count: count) }
        for value in [100, 900] { score.add(value, in: march, outcome: .bad, count: 50) }
        let report = score.report()
        #expect(report.months.map(\.month) == [march, april])
        #expect(report.reference == march && report.months[0].stability.value == 0)
        let moved = try #require(report.months[1].stability.value)
        #expect(abs(moved - (0.1 * log(0.6 / 0.5) - 0.1 * log(0.4 / 0.5))) < 1e-12)
        #expect(score.report(reference: april).months[1].stability.value == 0)
        #expect(report.overall.bad == 100 && report.overall.good == 100)
        #expect(report.overall.auc == 0.55)
        #expect(report.json["months"]?.array?.first?["month"]?.string == "2025-03")
        #expect(report.json["months"]?.array?.first?["discrimination"]?["auc"] == nil)
    }

    @Test("a signal has two bins; nothing counted is an empty report")
    func signals() throws {
        var signal = ScorePerformance.signal("FRD-DOC")
        #expect(signal.report().months == [] && signal.report().overall.auc == nil)
        let march = try #require(Month(year: 2025, month: 3))
        signal.add(isPresent: true, in: march, outcome: .bad)
        signal.add(isPresent: false, in: march, outcome: .good)
        #expect(signal.report().overall.auc == 1)
    }

    @Test("a month that is none is refused")
    func noMonth() {
        #expect(Month(year: 2025, month: 0) == nil && Month(year: 2025, month: 13) == nil)
        #expect(Month(year: 0, month: 1) == nil)
        #expect(Month(year: 987, month: 11)?.description == "0987-11")
    }
}
