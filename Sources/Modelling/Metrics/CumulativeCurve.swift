/// Good and bad loans counted from the riskiest score to the safest; the first point is (0, 0).
struct CumulativeCurve {
    struct Point: Hashable {
        /// The score up to which was counted; `nil` before the first.
        let score: Int?
        let good: Int
        let bad: Int
    }

    /// One point for each score that occurs with a known outcome.
    let points: [Point]
    let good: Int
    let bad: Int

    init(_ histogram: ScoreHistogram, orientation: ScoreOrientation) {
        var points = [Point(score: nil, good: 0, bad: 0)]
        var (good, bad) = (0, 0)
        for place in histogram.placesFromWorst(orientation) {
            guard histogram.good[place] + histogram.bad[place] > 0 else { continue }
            good += histogram.good[place]
            bad += histogram.bad[place]
            points.append(Point(score: histogram.range.lowerBound + place, good: good, bad: bad))
        }
        (self.points, self.good, self.bad) = (points, good, bad)
    }

    /// The area under the curve of bad over good: whole numbers up to the one division at the end.
    var area: Double {
        var twice = Int128(0)
        for (before, after) in zip(points, points.dropFirst()) {
            twice += Int128(after.good - before.good) * Int128(after.bad + before.bad)
        }
        return Double(twice) / Double(2 * Int128(good) * Int128(bad))
    }

    /// The largest distance between the two cumulative shares, and where.
    var widestGap: (distance: Double, score: Int?) {
        var (widest, score) = (Int128(-1), Int?.none)
        for point in points.dropFirst() {
            let gap = (Int128(point.bad) * Int128(good) - Int128(point.good) * Int128(bad)).magnitude
            if Int128(gap) > widest { (widest, score) = (Int128(gap), point.score) }
        }
        return (Double(widest) / (Double(good) * Double(bad)), score)
    }

    /// Bad loans among the riskiest so many, equal scores shared out in proportion.
    func expectedBad(amongRiskiest count: Double) -> Double {
        let next = points.firstIndex { Double($0.good + $0.bad) >= count } ?? points.count - 1
        guard next > 0 else { return 0 }
        let (before, after) = (points[next - 1], points[next])
        let share =
            (count - Double(before.good + before.bad))
            / Double(after.good + after.bad - before.good - before.bad)
        return Double(before.bad) + min(share, 1) * Double(after.bad - before.bad)
    }
}
