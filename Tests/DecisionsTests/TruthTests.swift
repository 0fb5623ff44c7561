import Testing
import Vocabulary

@testable import Decisions

/// The three-valued tables, written out.
@Suite("Three-valued truth")
struct TruthTests {
    @Test("and, or and not as Kleene's tables have them")
    func tables() {
        let (f, u, t) = (Truth.isFalse, Truth.unknown, Truth.isTrue)
        let rows: [(Truth, Truth, and: Truth, or: Truth)] = [
            (f, f, f, f), (f, u, f, u), (f, t, f, t), (u, f, f, u), (u, u, u, u), (u, t, u, t), (t, f, f, t),
            (t, u, u, t), (t, t, t, t),
        ]
        for (left, right, and, or) in rows {
            #expect(Truth.all([left, right]) == and && Truth.any([left, right]) == or, "\(left) \(right)")
        }
        #expect([f, u, t].map(\.negated) == [t, u, f])
        #expect(Truth.all([]) == t && Truth.any([]) == f)
    }

    @Test("at least so many: certain ones make it true, too few possible ones false")
    func atLeast() {
        let (f, u, t) = (Truth.isFalse, Truth.unknown, Truth.isTrue)
        #expect(Truth.atLeast(1, of: []) == f)
        #expect(Truth.atLeast(2, of: [t, t, f]) == t && Truth.atLeast(2, of: [t, t, u]) == t)
        #expect(Truth.atLeast(2, of: [t, u, f]) == u && Truth.atLeast(2, of: [u, u]) == u)
        #expect(Truth.atLeast(2, of: [t, f, f]) == f && Truth.atLeast(3, of: [t, u]) == f)
    }

    @Test("a comparison with an interval agrees with that of all its numbers")
    func comparisons() {
        func plain(_ comparison: Comparison, _ number: Int64, _ against: Int64) -> Bool {
            switch comparison {
            case .atLeast: number >= against
            case .above: number > against
            case .atMost: number <= against
            case .below: number < against
            case .equal: number == against
            }
        }
        for comparison in Comparison.allCases {
            for (lower, upper) in (-2...3 as ClosedRange<Int64>).flatMap({ low in (low...3).map { (low, $0) } }) {
                for against in -4...5 as ClosedRange<Int64> {
                    let truths = Set((lower...upper).map { plain(comparison, $0, against) })
                    let expected = truths.count == 2 ? Truth.unknown : Truth(truths.contains(true))
                    #expect(comparison.holds(Interval(lower, upper), against: against) == expected)
                    // Without an end, far numbers count too.
                    let open = truths.union([plain(comparison, 1_000, against)])
                    let openTruth = open.count == 2 ? Truth.unknown : Truth(open.contains(true))
                    let isAmbiguous = comparison == .equal && against > upper
                    #expect(
                        comparison.holds(Interval(lower, nil), against: against) == (isAmbiguous ? .unknown : openTruth)
                    )
                }
            }
        }
    }

    @Test(
        "told values are read as intervals",
        arguments: [
            (Scale.count, "0", 0, 0), (.count, "2", 2, 2), (.count, "3-4", 3, 4), (.count, "10+", 10, nil),
            (.count, "17", 17, 17), (.days, "0-7d", 0, 6), (.days, "7-30d", 7, 29), (.days, "1800d+", 1800, nil),
            (.days, "12", 12, 12), (.amount, "0", 0, 0), (.amount, "1-2", 1, 1), (.amount, "2000-5000", 2000, 4999),
            (.share, "1-24", 1, 24), (.share, "100", 100, 100), (.rise, "1", 1, nil), (.rise, "-1", nil, -1),
            (.rise, "0", 0, 0), (.rise, "7", 7, 7), (.rise, "-3", -3, -3), (.mean, "2", 200, 299),
            (.mean, "3-4", 300, 499), (.mean, "10+", 1000, nil), (.mean, "350", 350, 350), (.exact(0...4), "3", 3, 3),
        ] as [(Scale, String, Int64?, Int64?)])
    func intervals(_ scale: Scale, _ text: String, _ lower: Int64?, _ upper: Int64?) {
        #expect(scale.interval(of: .string(text)) == Interval(lower, upper))
    }

    @Test("an own value is exact on every scale")
    func own() {
        for scale in [Scale.count, .days, .share, .mean, .rise, .exact(0...4)] {
            #expect(scale.interval(of: .integer(1)) == Interval(1))
        }
    }

    @Test(
        "what is no value of the scale tells nothing",
        arguments: [
            "", "-", "+", "3-", "-4+x", "4-3", "3–4", "3 - 4", "a", "1e3", "0x10", "+3", "3++", "7-30dd", "--3", "３",
            "99999999999999999999", "3-99999999999999999999",
        ])
    func unreadable(_ text: String) {
        for scale in [Scale.count, .days, .amount, .share, .mean, .rise, .exact(0...4)] {
            #expect(scale.interval(of: .string(text)) == nil, "\(scale)")
        }
        for value in [JSON.null, .bool(true), .array(["3"]), .object([])] {
            #expect(Scale.count.interval(of: value) == nil)
        }
        #expect(Scale.count.interval(of: nil) == nil)
        #expect(Scale.amount.interval(of: "1-1") == nil && Scale.days.interval(of: "7-7d") == nil)
    }

    @Test("each scale's bands follow one another without a gap or an overlap")
    func bands() {
        for scale in [Scale.count, .days, .amount, .share, .mean, .rise] {
            let bands = scale.bands(countBands: [0, 1, 2, 3, 5, 10])
            for (band, next) in zip(bands, bands.dropFirst()) {
                #expect(band.upper.map { $0 + 1 } == next.lower, "\(scale)")
            }
            #expect(bands.first?.lower == scale.domain.lower && bands.last?.upper == scale.domain.upper)
        }
    }

    @Test("a cell's scale follows from the last part of its name")
    func scales() {
        let expected: [(String, Scale)] = [
            ("exposure.others.outstanding", .amount), ("exposure.own.dueIn30Days", .amount),
            ("application.own.subject.all.all.daysSinceLast", .days), ("identity.daysSincePairFirstSeen", .days),
            ("application.others.max.all.30d.disagree", .exact(0...1)), ("exposure.own.worstBucket", .exact(0...4)),
            ("application.others.subject.all.30d.shareOf180d", .share), ("a.meanPerActiveMonth", .mean),
            ("a.360d.rise", .rise), ("application.others.subject.all.30d.members", .count), ("a.runEvents", .count),
        ]
        for (name, scale) in expected { #expect(Scale(cell: name) == scale, "\(name)") }
    }
}
