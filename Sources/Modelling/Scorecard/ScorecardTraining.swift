internal import Glibc
package import Vocabulary

/// Fits a logistic scorecard to banded rows: the same sample in any order of rows, and the same options, give the same
/// bytes.
///
/// Rows are split by hash; each column is cut into monotone bins (`MonotoneBins`) on the training part; columns of low
/// information value or correlated with a more telling one are left out; a logistic regression on the weights of
/// evidence is fitted, and fitted again with the next one in place of that whose coefficient has the wrong sign, until
/// all are right. There are at most so many characteristics as the option says, and at most one for ten bad (or good)
/// training rows.
package enum ScorecardTraining {
    /// - Parameter csv: UTF-8, RFC 4180; the first row names the columns. Empty fields are missing values.
    /// - Throws: what is wrong with the options (`configurationInvalid`), a row (`invalidField` with line and column,
    ///   never the value), a named column that is not there (`missingField`), a sample too large (`bodyTooLarge`), too
    ///   small, or that holds nothing to tell by (`invalidField`).
    package static func run(csv: [UInt8], options: TrainingOptions) throws(Problem) -> TrainingResult {
        try options.validate()
        let table = try SampleReader.read(csv, options: options)
        let split = try SampleSplit(table, trainPercent: options.trainPercent, seed: options.splitSeed)
        var selection = select(table, split, options)
        let fit = try fit(&selection, table, split, options)
        let model = model(of: selection.chosen, fit, table, options)
        return TrainingResult(model: model, selection: selection, fit: fit, table: table, split: split, options)
    }

    private static func select(_ table: TrainingTable, _ split: SampleSplit, _ options: TrainingOptions) -> Selection {
        let weight = split.training.reduce(0) { $0 + table.weights[$1] }
        // Rounded up; a bin of exactly the share asked is large enough.
        let minimum = MonotoneBins.Minimum(
            total: (weight * options.minimumBinPercent + 99) / 100, rows: options.minimumBinRows)
        let candidates = table.columns.indices.map { number in
            Characteristic(
                table.columns[number], number: number, tallies: tallies(of: table.columns[number], table, split),
                minimum: minimum, unitsPerRow: table.unitsPerRow)
        }
        let bad = split.training.count { table.isBad[$0] }
        return Selection(
            candidates, options: options,
            limit: min(options.maximumCharacteristics, min(bad, split.training.count - bad) / 10),
            correlation: WeightCorrelation(table: table, rows: split.training))
    }

    private static func tallies(
        of column: TrainingTable.Column, _ table: TrainingTable, _ split: SampleSplit
    ) -> [Tally] {
        var tallies = [Tally](repeating: Tally(), count: column.values.count + 1)
        for row in split.training {
            tallies[Int(column.codes[row])].add(isBad: table.isBad[row], weight: table.weights[row])
        }
        return tallies
    }

    /// A coefficient of weight of evidence must be above 0: otherwise safer bins would cost points.
    private static func fit(
        _ selection: inout Selection, _ table: TrainingTable, _ split: SampleSplit, _ options: TrainingOptions
    ) throws(Problem) -> LogisticRegression {
        while !selection.chosen.isEmpty {
            let patterns = DesignPatterns(selection.chosen, table, split.training).patterns
            guard let fit = LogisticRegression(patterns, ridge: options.ridge) else {
                throw Problem(
                    .invalidField, "The regression did not converge on this sample.", hint: "Give a larger ridge.")
            }
            let signs = fit.coefficients.dropFirst()
            guard let worst = signs.indices.min(by: { signs[$0] < signs[$1] }), signs[worst] <= 0 else { return fit }
            selection.refuseForSign(at: worst - 1)
        }
        throw Problem(
            .invalidField, "No column of the sample tells good from bad loans well enough for a model.",
            hint: "Export more rows or more cells, or lower the least information value asked for.")
    }

    private static func model(
        of chosen: [Characteristic], _ fit: LogisticRegression, _ table: TrainingTable, _ options: TrainingOptions
    ) -> TrainedModel {
        let factor = Double(options.pointsToDouble) / log(2)
        let offset = Double(options.baseScore) - factor * log(Double(options.baseOdds))
        let characteristics = chosen.enumerated().map { place, characteristic in
            let coefficient = fit.coefficients[place + 1]
            let figures = characteristic.tallies.indices.map { bin in
                characteristic.figures(
                    bin, points: Int((factor * coefficient * characteristic.weights[bin]).rounded()))
            }
            let values = table.columns[characteristic.column].values
            return TrainedModel.Characteristic(
                code: TrainedModel.Characteristic.code(place), cell: characteristic.name,
                coefficient: DecimalText.fixed(coefficient),
                informationValue: DecimalText.fixed(characteristic.informationValue), missing: figures[0],
                bins: zip(characteristic.values, figures.dropFirst()).map { range, figures in
                    TrainedModel.Bin(
                        from: values[range.lowerBound], to: values[range.upperBound], figures: figures)
                })
        }
        return TrainedModel(
            name: options.name, outcome: options.outcomeColumn,
            scale: TrainedModel.Scale(
                baseScore: options.baseScore, baseOdds: options.baseOdds, pointsToDouble: options.pointsToDouble),
            basePoints: Int((offset + factor * fit.coefficients[0]).rounded()), characteristics: characteristics)
    }
}

extension Characteristic {
    func figures(_ bin: Int, points: Int) -> TrainedModel.Figures {
        TrainedModel.Figures(
            points: points, rows: tallies[bin].rows, badRows: tallies[bin].badRows,
            badRate: DecimalText.fixed(tallies[bin].badRate), weightOfEvidence: DecimalText.fixed(weights[bin]))
    }
}
