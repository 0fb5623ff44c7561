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
    /// Nor fewer good or bad ones.
    static let minimumOutcomes = 10

    let name: String
    let range: ClosedRange<Int>
    private var months: [Month: PerformanceCell] = [:]

    init(name: String, range: ClosedRange<Int>) { (self.name, self.range) = (name, range) }

    mutating func add(_ score: Int, _ outcome: ScoreHistogram.Outcome?, of member: UInt16, in month: Month) {
        months[month, default: PerformanceCell(range: range)].add(score, outcome, of: member)
    }

    /// Over the months that are told, so that no month left out is what remains; `nil` where there are none.
    func json(minimumMembers: Int) -> JSON? {
        let told = months.keys.sorted().compactMap { month -> (month: Month, cell: PerformanceCell)? in
            guard let cell = months[month], isTold(cell, minimumMembers) else { return nil }
            return (month, cell)
        }
        guard let reference = told.first else { return nil }
        var all = PerformanceCell(range: range)
        for (_, cell) in told { all.merge(cell) }
        return .object([
            "name": .string(name),
            "overall": all.histogram.toldJSON,
            "referenceMonth": .string(reference.month.description),
            "months": .array(
                told.map { month, cell in
                    .object([
                        "month": .string(month.description),
                        "discrimination": cell.histogram.toldJSON,
                        "stability": cell.histogram.toldStability(since: reference.cell.histogram),
                    ])
                }),
            "suppressedMonths": .number(months.count - told.count),
        ])
    }

    private func isTold(_ cell: PerformanceCell, _ minimumMembers: Int) -> Bool {
        cell.present.members.count >= minimumMembers && cell.present.cases >= Self.minimumCases
            && cell.histogram.goodCount >= Self.minimumOutcomes && cell.histogram.badCount >= Self.minimumOutcomes
    }
}

extension ScoreHistogram {
    /// Counts in bands and fractions cut short, so that a report held against an earlier one gives no single case away.
    fileprivate var toldJSON: JSON {
        let figures = Discrimination(self, orientation: .higherIsWorse)
        return .object([
            "good": .string(CaseBand.label(figures.good)),
            "bad": .string(CaseBand.label(figures.bad)),
            "undetermined": .string(CaseBand.label(figures.undetermined)),
            "auc": figures.json["auc"].map { $0.short(3) },
            "ks": figures.json["ks"].map { $0.short(3) },
            "lift": figures.lift.isEmpty ? nil : .array(
                figures.lift.map { decile in
                    .object(["decile": .number(decile.decile), "lift": decile.json["lift"].map { $0.short(1) }])
                }),
        ])
    }

    fileprivate func toldStability(since reference: ScoreHistogram) -> JSON {
        .object(["psi": StabilityIndex(reference: reference, current: self).json["psi"].map { $0.short(3) }])
    }
}

/// Counts as they are told: in bands of the 1-2-5 series.
enum CaseBand {
    /// "0-9", "10-19", "20-49", "50-99", and so on.
    static func label(_ count: Int) -> String {
        var (low, high) = (0, 10)
        while count >= high { (low, high) = (high, next(after: high)) }
        return "\(low)-\(high - 1)"
    }

    private static func next(after edge: Int) -> Int {
        var leading = edge
        while leading >= 10 { leading /= 10 }
        return leading == 2 ? edge / 2 * 5 : edge * 2
    }
}

extension JSON {
    /// A fraction in decimal text, cut to so many digits.
    fileprivate func short(_ digits: Int) -> JSON {
        guard let text = string, let point = text.firstIndex(of: ".") else { return self }
        return .string(String(text[..<point]) + text[point...].prefix(digits + 1))
    }
}
