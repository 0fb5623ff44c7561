package import Vocabulary

/// What a model is made of and how: everything that its bytes depend on beside the sample.
package struct TrainingOptions: Sendable {
    /// The model's name: a letter, then letters, digits, '.', '_', '-'.
    package var name = "model"
    /// The column of outcomes: 0 good, 1 bad.
    package var outcomeColumn: String
    /// Rows count as often as this column says.
    package var weightColumn: String?
    /// Rows with the same id fall on the same side of the split.
    package var idColumn: String?
    /// Columns that are neither read nor checked.
    package var ignoredColumns: [String] = []
    package var maximumCharacteristics = 15
    package var minimumInformationValue = 0.02
    package var maximumCorrelation = 0.7
    /// The penalty on the squared coefficients, in rows.
    package var ridge = 1.0
    package var trainPercent = 70
    package var splitSeed: UInt64 = 0
    /// A bin has at least so much of the training part's weight, and `minimumBinRows` rows.
    package var minimumBinPercent = 2
    package var minimumBinRows = 20
    /// Points of a loan whose odds good : bad are `baseOdds` : 1.
    package var baseScore = 600
    package var baseOdds = 50
    /// Points that double the odds.
    package var pointsToDouble = 20

    /// SHA-256, which is not this room's: it seals the model's file.
    let sha256: @Sendable ([UInt8]) -> Hash

    package init(outcomeColumn: String, sha256: @escaping @Sendable ([UInt8]) -> Hash) {
        (self.outcomeColumn, self.sha256) = (outcomeColumn, sha256)
    }

    /// - Throws: `configurationInvalid` for a number outside its range, `path` naming the option.
    func validate() throws(Problem) {
        guard TrainedModel.isName(name) else {
            throw Problem(
                .configurationInvalid, "The model's name is not a letter, then letters, digits, '.', '_', '-'.",
                path: "name")
        }
        try require(1...60 ~= maximumCharacteristics, "maximumCharacteristics", "1 to 60")
        try require(0...10 ~= minimumInformationValue, "minimumInformationValue", "0 to 10")
        try require(0...1 ~= maximumCorrelation, "maximumCorrelation", "0 to 1")
        try require(0.000001...1_000_000 ~= ridge, "ridge", "0.000001 to 1,000,000")
        try require(10...95 ~= trainPercent, "trainPercent", "10 to 95")
        try require(1...50 ~= minimumBinPercent, "minimumBinPercent", "1 to 50")
        try require(1...1_000_000 ~= minimumBinRows, "minimumBinRows", "1 to 1,000,000")
        try require(0...10_000 ~= baseScore, "baseScore", "0 to 10,000")
        try require(1...10_000 ~= baseOdds, "baseOdds", "1 to 10,000")
        try require(1...1000 ~= pointsToDouble, "pointsToDouble", "1 to 1,000")
    }

    private func require(_ isValid: Bool, _ option: String, _ range: String) throws(Problem) {
        guard isValid else {
            throw Problem(.configurationInvalid, "The option \(option) is not within \(range).", path: option)
        }
    }
}
