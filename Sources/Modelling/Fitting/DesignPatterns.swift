/// The training rows as patterns of weights of evidence, in an order that the rows' own does not touch.
struct DesignPatterns {
    let patterns: [LogisticRegression.Pattern]

    init(_ characteristics: [Characteristic], _ table: TrainingTable, _ rows: [Int]) {
        var tallies: [[UInt8]: Tally] = [:]
        for row in rows {
            let bins = characteristics.map { $0.binOfCode[Int(table.columns[$0.column].codes[row])] }
            tallies[bins, default: Tally()].add(isBad: table.isBad[row], weight: table.weights[row])
        }
        let units = Double(table.unitsPerRow)
        patterns = tallies.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { bins, tally in
            LogisticRegression.Pattern(
                values: zip(characteristics, bins).map { $0.weights[Int($1)] }, good: Double(tally.good) / units,
                bad: Double(tally.bad) / units)
        }
    }
}
