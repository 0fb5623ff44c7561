extension TrainingResult {
    /// Three charts beside each other: ROC, the cumulative shares with their largest distance, lift by tenth.
    ///
    /// It holds the model's name and figures of the sample, no row and no cell.
    package var chartSVG: String {
        let panels = [rocPanel, ksPanel, liftPanel]
        let (width, height) = (Int(ChartPanel.width) * panels.count, Int(ChartPanel.height))
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img" aria-label="Scorecard \(model.name): ROC, KS and lift">
            <style>
            text { font: 12px sans-serif; fill: #222 } .title { font-weight: bold; font-size: 14px }
            line, polyline { fill: none } .grid { stroke: #e2e2e2 } .axis { stroke: #222 }
            .training { stroke: #555; stroke-width: 1.2; stroke-dasharray: 4 3 }
            .holdout { stroke: #0b5cad; stroke-width: 2.2 } .other { stroke: #b3470b; stroke-width: 2.2 }
            .mark { stroke: #777; stroke-dasharray: 2 3 } .bar { fill: #0b5cad }
            </style>
            <rect width="\(width)" height="\(height)" fill="#fff"/>
            """
        return ([head] + panels.flatMap(\.lines) + ["</svg>", ""]).joined(separator: "\n")
    }

    private var rocPanel: ChartPanel {
        var panel = ChartPanel(
            0, title: "ROC of \(model.name.prefix(24))", x: ("share of good loans", 0...1),
            y: ("share of bad loans", 0...1))
        panel.mark((0, 0), (1, 1))
        panel.curve(training.curve.thinned.map { ($0.goodShare, $0.badShare) }, .training)
        panel.curve(holdout.curve.thinned.map { ($0.goodShare, $0.badShare) }, .holdout)
        let notes = [
            "AUC, holdout \(Self.text(holdout.discrimination.auc))",
            "AUC, training (dashed) \(Self.text(training.discrimination.auc))",
        ]
        panel.notes(notes, atTop: false)
        return panel
    }

    private var ksPanel: ChartPanel {
        let range = Double(model.range.lowerBound)...Double(max(model.range.upperBound, model.range.lowerBound + 1))
        var panel = ChartPanel(
            1, title: "Cumulative shares, holdout", x: ("points", range), y: ("share up to the points", 0...1))
        let points = holdout.curve.thinned
        let place = { (score: Int?) in Double(score ?? model.range.lowerBound) }
        panel.curve(points.map { (place($0.score), $0.goodShare) }, .holdout)
        panel.curve(points.map { (place($0.score), $0.badShare) }, .other)
        let discrimination = holdout.discrimination
        if let cut = points.first(where: { $0.score != nil && $0.score == discrimination.ksScore }) {
            panel.mark((place(cut.score), cut.goodShare), (place(cut.score), cut.badShare))
        }
        let gap = "KS \(Self.text(discrimination.ks)) at \(discrimination.ksScore ?? 0) points"
        panel.notes([gap, "blue: good, orange: bad"], atTop: true)
        return panel
    }

    private var liftPanel: ChartPanel {
        let lift = holdout.discrimination.lift
        let highest = max(2, lift.reduce(0) { max($0, $1.lift) }.rounded(.up))
        var panel = ChartPanel(
            2, title: "Lift by tenth, holdout", x: ("tenths of the loans, riskiest first", 0...10),
            y: ("bad rate over the average", 0...highest), steps: (5, Int(highest)))
        for tenth in lift {
            panel.bar(from: Double(tenth.decile) - 0.85, to: Double(tenth.decile) - 0.15, height: tenth.lift)
        }
        panel.mark((0, 1), (10, 1))
        return panel
    }

    private static func text(_ value: Double?) -> String { value.map { DecimalText.fixed($0, digits: 3) } ?? "-" }
}

extension TrainingResult.Part {
    fileprivate var curve: CumulativeCurve { CumulativeCurve(histogram, orientation: .higherIsBetter) }
}

extension CumulativeCurve {
    /// A point as shares.
    fileprivate struct Share {
        let score: Int?
        let goodShare: Double
        let badShare: Double
    }

    /// At most some 500 points, the point of the widest gap and both ends among them.
    fileprivate var thinned: [Share] {
        let step = max(1, points.count / 500)
        let widest = widestGap.score
        let kept = points.indices.filter {
            $0.isMultiple(of: step) || $0 == points.count - 1 || points[$0].score == widest
        }
        return kept.map {
            Share(
                score: points[$0].score, goodShare: Double(points[$0].good) / Double(good),
                badShare: Double(points[$0].bad) / Double(bad))
        }
    }
}
