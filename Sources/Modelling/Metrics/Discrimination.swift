package import Vocabulary

/// How well a score tells loans that went bad from those that did not.
package struct Discrimination: Hashable, Sendable {
    package let good: Int
    package let bad: Int
    package let undetermined: Int
    /// The chance that a bad loan looked riskier than a good one, equal scores counted half (Mann-Whitney's U over the
    /// number of pairs). `nil` unless there are both.
    package let auc: Double?
    /// The largest distance between the bad loans' and the good loans' cumulative shares (Kolmogorov-Smirnov).
    package let ks: Double?
    /// The safest score still on the risky side of that distance; of equal distances the riskiest.
    package let ksScore: Int?
    /// Ten equal parts from the riskiest to the safest; none unless there are both kinds of outcome.
    package let lift: [LiftDecile]

    package init(_ histogram: ScoreHistogram, orientation: ScoreOrientation) {
        (good, bad) = (histogram.goodCount, histogram.badCount)
        undetermined = histogram.undeterminedCount
        guard good > 0, bad > 0 else {
            (auc, ks, ksScore, lift) = (nil, nil, nil, [])
            return
        }
        let curve = CumulativeCurve(histogram, orientation: orientation)
        auc = curve.area
        (ks, ksScore) = curve.widestGap
        lift = LiftDecile.deciles(of: curve)
    }

    /// Fractions are decimal text of six digits, since our JSON has whole numbers alone.
    package var json: JSON {
        .object([
            "good": .number(good), "bad": .number(bad), "undetermined": .number(undetermined),
            "auc": .optional(auc.map { DecimalText.fixed($0) }), "ks": .optional(ks.map { DecimalText.fixed($0) }),
            "ksScore": .optional(ksScore), "lift": lift.isEmpty ? nil : .array(lift.map(\.json)),
        ])
    }
}

/// One tenth of the loans with a known outcome, by score.
///
/// Each tenth holds exactly count/10 loans. Equal scores that a boundary cuts are shared out in proportion, as if every
/// order among them were tried: no order of arrival and no tie-break can move the figures.
package struct LiftDecile: Hashable, Sendable {
    /// 1 is the riskiest tenth.
    package let decile: Int
    package let count: Double
    package let bad: Double
    /// The tenth's bad rate over that of all.
    package let lift: Double
    /// The share of all bad loans in this tenth and the riskier ones.
    package let captured: Double

    package var badRate: Double { bad / count }

    static func deciles(of curve: CumulativeCurve) -> [LiftDecile] {
        let total = Double(curve.good + curve.bad)
        let bads = (0...10).map { curve.expectedBad(amongRiskiest: total * Double($0) / 10) }
        return (1...10).map { decile in
            let bad = bads[decile] - bads[decile - 1]
            return LiftDecile(
                decile: decile, count: total / 10, bad: bad, lift: bad * 10 / Double(curve.bad),
                captured: bads[decile] / Double(curve.bad))
        }
    }

    package var json: JSON {
        .object([
            "decile": .number(decile), "count": .string(DecimalText.fixed(count, digits: 1)),
            "badRate": .string(DecimalText.fixed(badRate)), "lift": .string(DecimalText.fixed(lift)),
            "captured": .string(DecimalText.fixed(captured)),
        ])
    }
}
