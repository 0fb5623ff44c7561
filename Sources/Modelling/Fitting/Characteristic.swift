internal import Glibc

/// A column cut into bins, each with its weight of evidence.
///
/// Weight of evidence of bin i = ln[ ((goodᵢ + ½) / (good + k/2)) / ((badᵢ + ½) / (bad + k/2)) ], k bins including the
/// one for missing values (Laplace smoothing with half a row an outcome): above 0 is safer than the average. The
/// information value is Σ (share of the good − share of the bad) · weight of evidence over the same smoothed shares. A
/// missing bin below the minimum size has weight 0: too few rows say nothing.
struct Characteristic {
    let column: Int
    let name: String
    /// Number 0 is the bin for missing values; the others follow in natural order.
    let tallies: [Tally]
    /// The values of bin n are `values[n - 1]`.
    let values: [ClosedRange<Int>]
    let weights: [Double]
    let informationValue: Double
    /// By code of the column's value.
    let binOfCode: [UInt8]

    /// At one per cent of the rows a bin at least there are at most 101 of them.
    static let maximumBins = 128

    /// Takes the direction of higher information value; rising where both are equal.
    init(
        _ column: TrainingTable.Column, number: Int, tallies: [Tally], minimum: MonotoneBins.Minimum, unitsPerRow: Int
    ) {
        let candidates = MonotoneBins.Direction.allCases.map { direction in
            let bins = MonotoneBins(
                Array(tallies.dropFirst()), direction: direction, minimum: minimum, unitsPerRow: unitsPerRow
            ).bins
            return (bins: bins, evidence: Evidence([tallies[0]] + bins.map(\.tally), minimum, unitsPerRow))
        }
        let best = candidates[1].evidence.informationValue > candidates[0].evidence.informationValue ? 1 : 0
        let (bins, evidence) = candidates[best]
        (self.column, name) = (number, column.name)
        self.tallies = [tallies[0]] + bins.map(\.tally)
        values = bins.map(\.values)
        (weights, informationValue) = (evidence.weights, evidence.informationValue)
        var binOfCode = [UInt8](repeating: 0, count: column.values.count + 1)
        for value in column.values.indices {
            // A value that no training row has falls to the bin that begins below it, else to the first.
            let bin = bins.lastIndex { $0.values.lowerBound <= value } ?? 0
            binOfCode[value + 1] = bins.isEmpty ? 0 : UInt8(bin + 1)
        }
        self.binOfCode = binOfCode
    }

    private struct Evidence {
        var weights: [Double] = []
        var informationValue = 0.0

        init(_ tallies: [Tally], _ minimum: MonotoneBins.Minimum, _ unitsPerRow: Int) {
            let half = Double(unitsPerRow) / 2
            let all = tallies.reduce(Tally(), +)
            let smoothing = half * Double(tallies.count)
            for (bin, tally) in tallies.enumerated() {
                let good = (Double(tally.good) + half) / (Double(all.good) + smoothing)
                let bad = (Double(tally.bad) + half) / (Double(all.bad) + smoothing)
                let isTooSmall = bin == 0 && (tally.total < minimum.total || tally.rows < minimum.rows)
                let weight = isTooSmall ? 0 : log(good / bad)
                weights.append(weight)
                informationValue += (good - bad) * weight
            }
        }
    }
}
