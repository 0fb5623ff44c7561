internal import Vocabulary

/// A model, what it is worth on both parts of the sample, and its report.
package struct TrainingResult: Sendable {
    /// One part of the sample as the model scores it.
    package struct Part: Hashable, Sendable {
        package let rows: Int
        package let badRows: Int
        /// By points; weighted where the sample has weights, in thousandths of a row.
        package let histogram: ScoreHistogram

        package var discrimination: Discrimination { Discrimination(histogram, orientation: .higherIsBetter) }
    }

    /// A column that the model does not use, and why.
    package struct Unused: Hashable, Sendable {
        package let cell: String
        package let informationValue: String
        package let why: String
    }

    package let model: TrainedModel
    package let training: Part
    package let holdout: Part
    package let unused: [Unused]
    package let iterations: Int
    /// Units of the histograms' counts in a row: 1, or 1000 where the sample has weights.
    package let unitsPerRow: Int
    private let modelJSON: JSON

    init(
        model: TrainedModel, selection: Selection, fit: LogisticRegression, table: TrainingTable, split: SampleSplit,
        _ options: TrainingOptions
    ) {
        self.model = model
        let points = RowPoints(model: model, characteristics: selection.chosen, table: table)
        training = points.part(split.training)
        holdout = points.part(split.holdout)
        unused = (selection.beyondLimit + selection.refused).map { characteristic, refusal in
            Unused(
                cell: characteristic.name, informationValue: DecimalText.fixed(characteristic.informationValue),
                why: refusal.text)
        }
        (iterations, unitsPerRow) = (fit.iterations, table.unitsPerRow)
        modelJSON = model.json(sha256: options.sha256)
    }

    /// How far the held-out rows' points are from the training rows'.
    package var stability: StabilityIndex {
        StabilityIndex(reference: training.histogram, current: holdout.histogram)
    }

    /// The model's file, indented.
    package var modelFile: String { modelJSON.prettyText }
}

/// The points of a sample's rows, by their codes.
private struct RowPoints {
    private let model: TrainedModel
    private let table: TrainingTable
    private let columns: [(codes: [UInt16], points: [Int])]

    init(model: TrainedModel, characteristics: [Characteristic], table: TrainingTable) {
        (self.model, self.table) = (model, table)
        columns = zip(model.characteristics, characteristics).map { scored, characteristic in
            let points = [scored.missing.points] + scored.bins.map(\.figures.points)
            return (table.columns[characteristic.column].codes, characteristic.binOfCode.map { points[Int($0)] })
        }
    }

    func part(_ rows: [Int]) -> TrainingResult.Part {
        var histogram = ScoreHistogram(range: model.range)
        for row in rows {
            let points = columns.reduce(model.basePoints) { $0 + $1.points[Int($1.codes[row])] }
            histogram.add(points, outcome: table.isBad[row] ? .bad : .good, count: table.weights[row])
        }
        return TrainingResult.Part(
            rows: rows.count, badRows: rows.count { table.isBad[$0] }, histogram: histogram)
    }
}
