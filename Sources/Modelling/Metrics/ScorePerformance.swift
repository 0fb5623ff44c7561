package import Vocabulary

/// What one score, or one signal, was worth: fed with every inquiry and its outcome, by month of the inquiry.
package struct ScorePerformance: Sendable {
    package let name: String
    package let orientation: ScoreOrientation
    private let range: ClosedRange<Int>
    private var months: [Month: ScoreHistogram] = [:]

    package init(name: String, range: ClosedRange<Int> = 0...1000, orientation: ScoreOrientation = .higherIsWorse) {
        (self.name, self.range, self.orientation) = (name, range, orientation)
    }

    /// A signal that an answer has or has not: presence is the riskier.
    package static func signal(_ name: String) -> ScorePerformance { ScorePerformance(name: name, range: 0...1) }

    /// - Parameter outcome: `nil` where it is not known yet.
    package mutating func add(_ score: Int, in month: Month, outcome: ScoreHistogram.Outcome?, count: Int = 1) {
        months[month, default: ScoreHistogram(range: range)].add(score, outcome: outcome, count: count)
    }

    package mutating func add(isPresent: Bool, in month: Month, outcome: ScoreHistogram.Outcome?) {
        add(isPresent ? 1 : 0, in: month, outcome: outcome)
    }

    /// - Parameter reference: the month that the others are held against; the earliest one with anybody where `nil`.
    package func report(reference: Month? = nil) -> PerformanceReport {
        let order = months.keys.sorted()
        var all = ScoreHistogram(range: range)
        for histogram in months.values { all.merge(histogram) }
        let first = reference ?? order.first { month in (months[month]?.count ?? 0) > 0 }
        let base = first.flatMap { months[$0] } ?? ScoreHistogram(range: range)
        let monthly = order.compactMap { month in
            months[month].map { histogram in
                PerformanceReport.Monthly(
                    month: month, discrimination: Discrimination(histogram, orientation: orientation),
                    stability: StabilityIndex(reference: base, current: histogram))
            }
        }
        return PerformanceReport(
            name: name, orientation: orientation, overall: Discrimination(all, orientation: orientation),
            reference: first, months: monthly)
    }
}

/// Discrimination over all months and in each, and how far each month's population is from the reference's.
package struct PerformanceReport: Hashable, Sendable {
    package struct Monthly: Hashable, Sendable {
        package let month: Month
        package let discrimination: Discrimination
        package let stability: StabilityIndex
    }

    package let name: String
    package let orientation: ScoreOrientation
    package let overall: Discrimination
    package let reference: Month?
    package let months: [Monthly]

    package var json: JSON {
        .object([
            "name": .string(name), "orientation": .string(orientation.rawValue), "overall": overall.json,
            "referenceMonth": .optional(reference?.description),
            "months": .array(
                months.map { monthly in
                    .object([
                        "month": .string(monthly.month.description), "discrimination": monthly.discrimination.json,
                        "stability": monthly.stability.json,
                    ])
                }),
        ])
    }
}
