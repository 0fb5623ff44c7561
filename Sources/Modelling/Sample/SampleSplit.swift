internal import Vocabulary

/// The rows that a model is fitted to, and those it is tried on.
struct SampleSplit {
    let training: [Int]
    let holdout: [Int]

    /// A row is trained on where its hash, with the seed, modulo 100 is below the per cent given.
    ///
    /// - Throws: where either part has too few rows of an outcome; the message says what is needed.
    init(_ table: TrainingTable, trainPercent: Int, seed: UInt64) throws(Problem) {
        try Self.requireSize(of: table)
        var (training, holdout) = ([Int](), [Int]())
        for row in 0..<table.rowCount {
            var hash = StableHash()
            hash.add(seed)
            hash.add(table.splitHashes[row])
            if hash.value % 100 < UInt64(trainPercent) { training.append(row) } else { holdout.append(row) }
        }
        (self.training, self.holdout) = (training, holdout)
        try Self.require(SampleLimits.minimumTrainingRowsPerOutcome, among: training, of: table, as: "training")
        try Self.require(SampleLimits.minimumHoldoutRowsPerOutcome, among: holdout, of: table, as: "holdout")
    }

    private static func requireSize(of table: TrainingTable) throws(Problem) {
        let minimum = SampleLimits.minimumRows
        guard table.rowCount >= minimum else {
            throw Problem(
                .invalidField,
                "The sample has \(table.rowCount) rows where at least \(minimum) are needed.",
                hint: "Export more of your own checks whose outcome is known.")
        }
        let bad = table.isBad.count { $0 }
        guard bad > 0, bad < table.rowCount else {
            throw Problem(
                .invalidField, "Every row of the sample has the same outcome, \(bad == 0 ? 0 : 1).",
                hint: "A model needs loans that went bad (1) and loans that did not (0).")
        }
    }

    private static func require(
        _ minimum: Int, among rows: [Int], of table: TrainingTable, as part: String
    ) throws(Problem) {
        let bad = rows.count { table.isBad[$0] }
        for (count, outcome) in [(bad, "bad"), (rows.count - bad, "good")] where count < minimum {
            throw Problem(
                .invalidField, "The \(part) part has \(count) \(outcome) rows where at least \(minimum) are needed.",
                hint: "Export more rows, or change the share of training rows.")
        }
    }
}
