internal import Modelling
internal import Vocabulary

/// How a score or signal met outcomes in one month, with who is behind it.
struct PerformanceCell {
    private(set) var histogram: ScoreHistogram
    private(set) var members: Set<UInt16> = []
    /// The members and cases in which a signal was told; those of a score are all.
    private(set) var present: (members: Set<UInt16>, cases: Int) = ([], 0)

    init(range: ClosedRange<Int>) { histogram = ScoreHistogram(range: range) }

    mutating func add(_ score: Int, _ outcome: ScoreHistogram.Outcome?, of member: UInt16) {
        histogram.add(score, outcome: outcome)
        members.insert(member)
        guard score > 0 || histogram.range.upperBound > 1 else { return }
        present.members.insert(member)
        present.cases += 1
    }

    mutating func merge(_ other: PerformanceCell) {
        histogram.merge(other.histogram)
        members.formUnion(other.members)
        present.members.formUnion(other.present.members)
        present.cases += other.present.cases
    }
}

/// One score or signal under one definition of bad, month by month.
struct PerformanceTable {
    /// Fewer cases than these are not told.
    static let minimumCases = 50

    let name: String
    let range: ClosedRange<Int>
    private var months: [Month: PerformanceCell] = [:]

    init(name: String, range: ClosedRange<Int>) { (self.name, self.range) = (name, range) }

    mutating func add(_ score: Int, _ outcome: ScoreHistogram.Outcome?, of member: UInt16, in month: Month) {
        months[month, default: PerformanceCell(range: range)].add(score, outcome, of: member)
    }

    /// `nil` where all of it together comes from too few.
    func json(minimumMembers: Int) -> JSON? {
        var all = PerformanceCell(range: range)
        for cell in months.values { all.merge(cell) }
        guard isTold(all, minimumMembers) else { return nil }
        let told = months.keys.sorted().compactMap { month -> (month: Month, cell: PerformanceCell)? in
            guard let cell = months[month], isTold(cell, minimumMembers) else { return nil }
            return (month, cell)
        }
        let reference = told.first?.cell.histogram
        return .object([
            "name": .string(name),
            "overall": Discrimination(all.histogram, orientation: .higherIsWorse).json,
            "referenceMonth": .optional(told.first?.month.description),
            "months": .array(
                told.map { month, cell in
                    .object([
                        "month": .string(month.description),
                        "discrimination": Discrimination(cell.histogram, orientation: .higherIsWorse).json,
                        "stability": reference.map {
                            StabilityIndex(reference: $0, current: cell.histogram).json
                        },
                    ])
                }),
            "suppressedMonths": .number(months.count - told.count),
        ])
    }

    private func isTold(_ cell: PerformanceCell, _ minimumMembers: Int) -> Bool {
        cell.present.members.count >= minimumMembers && cell.present.cases >= Self.minimumCases
    }
}
