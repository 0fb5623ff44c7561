/// A lender's own scorecard: base points and, for each characteristic, the points of the bin that a row falls into.
///
/// More points are safer. Applying it is whole-number arithmetic; what was estimated stands beside the points as text.
package struct TrainedModel: Hashable, Sendable {
    package struct Bin: Hashable, Sendable {
        /// The first and the last value of the training rows in the bin, in natural order.
        package let from: BandValue
        package let to: BandValue
        package let figures: Figures

        package var label: String { from == to ? "\(from)" : "\(from) to \(to)" }
    }

    /// What a bin is worth, and what that rests on.
    package struct Figures: Hashable, Sendable {
        package let points: Int
        package let rows: Int
        package let badRows: Int
        /// Bad weight over all weight; the share of bad rows where the sample has no weights. Six digits.
        package let badRate: String
        /// Weight of evidence, six digits.
        package let weightOfEvidence: String
    }

    package struct Characteristic: Hashable, Sendable {
        /// `M01` …, by information value: stands for the characteristic in reasons.
        package let code: String
        package let cell: String
        /// Six digits each.
        package let coefficient: String
        package let informationValue: String
        package let missing: Figures
        /// In natural order; at least one.
        package let bins: [Bin]

        package var mostPoints: Int { bins.reduce(missing.points) { max($0, $1.figures.points) } }
        package var fewestPoints: Int { bins.reduce(missing.points) { min($0, $1.figures.points) } }
    }

    /// Points of a loan whose odds good : bad are `baseOdds` : 1, and the points that double them.
    package struct Scale: Hashable, Sendable {
        package let baseScore: Int
        package let baseOdds: Int
        package let pointsToDouble: Int
    }

    package let name: String
    package let outcome: String
    package let scale: Scale
    /// What every row starts from.
    package let basePoints: Int
    package let characteristics: [Characteristic]

    /// The fewest and the most points that a row can have.
    package var range: ClosedRange<Int> {
        let fewest = characteristics.reduce(basePoints) { $0 + $1.fewestPoints }
        return fewest...characteristics.reduce(basePoints) { $0 + $1.mostPoints }
    }

    static func isName(_ name: String) -> Bool {
        let isLetter = { (byte: UInt8) in 65...90 ~= byte || 97...122 ~= byte }
        return 1...120 ~= name.utf8.count && name.utf8.first.map(isLetter) == true
            && name.utf8.allSatisfy { isLetter($0) || 48...57 ~= $0 || [45, 46, 95].contains($0) }
    }
}
