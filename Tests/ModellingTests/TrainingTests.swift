import TestSupport
import Testing

@testable import Modelling

@Suite("Training a scorecard")
struct TrainingTests {
    private static let rows = Samples.planted(rows: 6000, seed: 1)

    private func train(
        _ rows: [String] = rows, _ change: (inout TrainingOptions) -> Void = { _ in }
    ) throws -> TrainingResult {
        var options = Samples.options
        change(&options)
        return try ScorecardTraining.run(csv: Samples.csv(rows), options: options)
    }

    @Test("what was planted is found, what says nothing or says it twice is left out")
    func planted() throws {
        let result = try train()
        // The copy tells as much as the members' band, and comes first by its name.
        #expect(result.model.characteristics.map(\.cell) == ["copy", "daysSinceLast"])
        let why = Dictionary(uniqueKeysWithValues: result.unused.map { ($0.cell, $0.why) })
        #expect(why["members.30d"] == "correlated with copy")
        #expect(why["amount"] == "low information value" && why["noise"] == "low information value")
    }

    @Test("points are as far apart as the planted odds: 4 and 1.6 in the logarithm, 20 points to double them")
    func distances() throws {
        let model = try train().model
        for (cell, logOdds) in [("members.30d", -4.0), ("daysSinceLast", 1.6)] {
            let points = { (value: String) throws in
                var row = ["members.30d": "0", "copy": "0", "daysSinceLast": "0-7d"]
                row[cell] = value
                if cell == "members.30d" { row["copy"] = value }
                return Double(try model.score(row.mapValues(Optional.some)).points)
            }
            let ends = cell == "members.30d" ? ("0", "10+") : ("0-7d", "180-360d")
            let distance = try points(ends.1) - points(ends.0)
            let expected = logOdds * 20 / 0.693147
            #expect(abs(distance / expected - 1) < 0.15, "\(cell): \(distance) for \(expected)")
        }
    }

    @Test("points follow the planted odds: fewer for more members, more for longer ago, fewest for missing days")
    func points() throws {
        let model = try train().model
        for characteristic in model.characteristics {
            let points = characteristic.bins.map(\.figures.points)
            if characteristic.cell == "daysSinceLast" {
                #expect(points == points.sorted() && points.count >= 3)
                #expect(characteristic.missing.points == characteristic.fewestPoints)
            } else {
                #expect(points.reversed() == points.sorted() && points.count >= 4)
                #expect(characteristic.missing.points == 0 && characteristic.missing.rows == 0)
            }
        }
    }

    @Test("points mean what the scale says: base points at the average, 20 points double the odds")
    func scale() throws {
        let result = try train()
        // Among held-out rows, the log odds of good in the safer half are above those of the riskier half by about
        // the distance of their mean points over 20/ln 2.
        let histogram = result.training.histogram
        var (expectedBad, bad) = (0.0, 0)
        for place in histogram.good.indices {
            let points = Double(histogram.range.lowerBound + place)
            let doublings = (points - 600) / 20
            var odds = 50.0
            let whole = Int(doublings.rounded(.down))
            for _ in 0..<abs(whole) { odds *= whole > 0 ? 2 : 0.5 }
            // Between two powers of two the odds are read off the chord; a few per cent are lost.
            odds *= 1 + (doublings - Double(whole))
            expectedBad += Double(histogram.good[place] + histogram.bad[place]) / (1 + odds)
            bad += histogram.bad[place]
        }
        #expect(abs(expectedBad / Double(bad) - 1) < 0.06)
    }

    @Test("the model tells good from bad on rows that it has not seen, and both parts look alike")
    func worth() throws {
        let result = try train()
        let (training, holdout) = (result.training.discrimination, result.holdout.discrimination)
        #expect(try #require(training.auc) > 0.75 && #require(holdout.auc) > 0.75)
        #expect(try #require(holdout.ks) > 0.4)
        #expect(try #require(result.stability.value) < 0.05)
        #expect(result.training.rows + result.holdout.rows == 6000)
        #expect(4000...4400 ~= result.training.rows)
    }

    @Test("the same sample gives the same bytes, in any order of its rows")
    func deterministic() throws {
        let first = try train()
        var random = SeededGenerator(seed: 99)
        for other in [try train(), try train(Self.rows.shuffled(using: &random))] {
            #expect(other.modelFile == first.modelFile)
            #expect(other.binsCSV == first.binsCSV && other.metricsCSV == first.metricsCSV)
            #expect(other.characteristicsCSV == first.characteristicsCSV && other.chartSVG == first.chartSVG)
        }
    }

    @Test("without ids too, where many rows are equal to the letter")
    func deterministicWithoutIDs() throws {
        let rows = Self.rows.map { $0.drop { $0 != "," }.dropFirst() }.map(String.init)
        let header = String(Samples.header.dropFirst(3))
        var options = Samples.options
        options.idColumn = nil
        let first = try ScorecardTraining.run(csv: Samples.csv(rows, header: header), options: options)
        var random = SeededGenerator(seed: 98)
        let shuffled = Samples.csv(rows.shuffled(using: &random), header: header)
        #expect(try ScorecardTraining.run(csv: shuffled, options: options).modelFile == first.modelFile)
        #expect(4000...4400 ~= first.training.rows)
    }

    @Test("the regression is given the same patterns in the same order, whatever that of the rows")
    func patterns() throws {
        let table = try SampleReader.read(Samples.csv(Self.rows), options: Samples.options)
        let characteristics = table.columns.enumerated().map { number, column in
            var tallies = [Tally](repeating: Tally(), count: column.values.count + 1)
            for row in 0..<table.rowCount { tallies[Int(column.codes[row])].add(isBad: table.isBad[row], weight: 1) }
            return Characteristic(
                column, number: number, tallies: tallies, minimum: MonotoneBins.Minimum(total: 60, rows: 20),
                unitsPerRow: 1)
        }
        let rows = Array(0..<table.rowCount)
        let first = DesignPatterns(characteristics, table, rows).patterns
        #expect(first.count > 50)
        #expect(DesignPatterns(characteristics, table, rows.reversed()).patterns == first)
    }

    @Test("rows of one id are on one side of the split")
    func groups() throws {
        var options = Samples.options
        let rows = Self.rows.enumerated().map { number, row in
            "G\(number / 10)" + row.drop { $0 != "," }
        }
        options.trainPercent = 50
        let table = try SampleReader.read(Samples.csv(rows), options: options)
        let split = try SampleSplit(table, trainPercent: 50, seed: 3)
        let training = Set(split.training)
        for group in 0..<600 {
            let members = (group * 10..<group * 10 + 10).count { training.contains($0) }
            #expect(members == 0 || members == 10)
        }
        #expect(try SampleSplit(table, trainPercent: 50, seed: 4).training != split.training)
    }

    @Test("a row of weight three counts as three rows")
    func weights() throws {
        let weighted = Self.rows.enumerated().map { "\($0 % 3 + 1)," + $1 }
        var options = Samples.options
        options.weightColumn = "weight"
        let csv = Samples.csv(weighted, header: "weight," + Samples.header)
        let result = try ScorecardTraining.run(csv: csv, options: options)
        // The copies have their row's id, and so its side.
        let copied = Self.rows.enumerated().flatMap { Array(repeating: $1, count: $0 % 3 + 1) }
        let plain = try train(copied)
        #expect(result.model.basePoints == plain.model.basePoints)
        #expect(result.model.characteristics.map(\.coefficient) == plain.model.characteristics.map(\.coefficient))
        #expect(result.holdout.discrimination.auc == plain.holdout.discrimination.auc)
        #expect(result.training.rows < plain.training.rows)
    }

    @Test("at most so many characteristics as asked, the most telling first")
    func limit() throws {
        let one = try train { $0.maximumCharacteristics = 1 }
        #expect(one.model.characteristics.count == 1)
        #expect(one.unused.contains { $0.why == "beyond the number of characteristics" })
        #expect(try train { $0.maximumCharacteristics = 2 }.model.characteristics.count == 2)
        let all = try train { options in
            options.minimumInformationValue = 0
            options.maximumCorrelation = 1
        }
        let values = all.model.characteristics.compactMap { Double($0.informationValue) }
        #expect(values == values.sorted(by: >))
        #expect(all.model.characteristics.count > 2)
        #expect(all.model.characteristics.allSatisfy { (Double($0.coefficient) ?? 0) > 0 })
    }

    @Test("the next one takes the place of a characteristic of the wrong sign")
    func refilled() throws {
        var random = SeededGenerator(seed: 22)
        let rows = (0..<4000).map { number in
            let first = Int.random(in: 0..<2, using: &random), third = Int.random(in: 0..<2, using: &random)
            let second = Int.random(in: 0..<10, using: &random) < 2 ? 1 - first : first
            let risk = (first == 1 ? (second == 1 ? 30 : 55) : (second == 1 ? 2 : 10)) + third * 10
            return "\(number),\(first),\(second),\(third),\(Int.random(in: 0..<100, using: &random) < risk ? 1 : 0)"
        }
        var options = Samples.options
        (options.maximumCorrelation, options.maximumCharacteristics) = (0.99, 2)
        let csv = Samples.csv(rows, header: "id,first,second,third,bad")
        #expect(
            try ScorecardTraining.run(csv: csv, options: options).model.characteristics.map(\.cell) == [
                "first", "third",
            ])
    }

    @Test("a characteristic whose coefficient has the wrong sign is dropped, and the rest fitted again")
    func sign() throws {
        // The second column repeats the first but for some rows, in which the outcome goes the other way.
        var random = SeededGenerator(seed: 21)
        let rows = (0..<4000).map { number in
            let first = Int.random(in: 0..<2, using: &random)
            let isTurned = Int.random(in: 0..<10, using: &random) < 2
            let second = isTurned ? 1 - first : first
            let risk = first == 1 ? (second == 1 ? 30 : 55) : (second == 1 ? 2 : 10)
            return "\(number),\(first),\(second),\(Int.random(in: 0..<100, using: &random) < risk ? 1 : 0)"
        }
        var options = Samples.options
        options.maximumCorrelation = 0.99
        let result = try ScorecardTraining.run(csv: Samples.csv(rows, header: "id,first,second,bad"), options: options)
        #expect(result.model.characteristics.map(\.cell) == ["first"])
        #expect(result.unused.map(\.why) == ["coefficient of the wrong sign"])
    }
}
