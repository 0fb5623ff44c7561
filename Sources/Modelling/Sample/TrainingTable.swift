/// A sample of banded rows by column, each value as its number in the column's natural order.
struct TrainingTable {
    /// One candidate characteristic.
    struct Column {
        let name: String
        /// In natural order.
        let values: [BandValue]
        /// By row: 0 where the value is missing, else its number in `values` counted from 1.
        let codes: [UInt16]
    }

    var columns: [Column] = []
    var isBad: [Bool] = []
    /// Whole units: one a row, or thousandths where the sample has weights.
    var weights: [Int] = []
    var unitsPerRow = 1
    /// What decides on which side of the split a row falls; nothing else is kept of its id.
    var splitHashes: [UInt64] = []

    var rowCount: Int { isBad.count }
}

/// Limits of a sample.
package enum SampleLimits {
    package static let maximumBytes = 2 << 30
    package static let maximumRows = 1_000_000
    package static let maximumColumns = 2_000
    /// Rows times columns.
    package static let maximumCells = 400_000_000
    package static let maximumValuesPerColumn = 10_000
    package static let maximumWeight = 1_000_000
    package static let maximumIDBytes = 200
    /// Rows of the whole sample.
    package static let minimumRows = 500
    /// Rows with either outcome in the part that the model is fitted to.
    package static let minimumTrainingRowsPerOutcome = 50
    /// Rows with either outcome in the part that is held out.
    package static let minimumHoldoutRowsPerOutcome = 10
}
