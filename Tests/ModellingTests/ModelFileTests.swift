import TestSupport
import Testing
import Vocabulary

@testable import Modelling

@Suite("A trained model's file, scores and report")
struct ModelFileTests {
    private static let rows = Samples.planted(rows: 3000, seed: 3)
    private let result: TrainingResult

    init() throws { result = try ScorecardTraining.run(csv: Samples.csv(Self.rows), options: Samples.options) }

    private func read(_ text: String) throws -> TrainedModel {
        try TrainedModel(json: try JSON(parsing: text), sha256: Samples.digest)
    }

    @Test("the file is read back as the same model")
    func roundTrip() throws { #expect(try read(result.modelFile) == result.model) }

    @Test("a changed, a lacking, an unknown field is refused")
    func tampered() throws {
        let points = "\"basePoints\": \(result.model.basePoints)"
        let text = result.modelFile
        #expect(text.contains(points))
        for (old, new, code) in [
            (points, "\"basePoints\": \(result.model.basePoints + 1)", ErrorCode.verificationFailed),
            ("\"digest\": \"", "\"digest\": \"0", .verificationFailed),
            (points + ",", "", .missingField), (points, points + ", \"more\": 1", .unknownField),
            ("\"version\": 1", "\"version\": 2", .invalidField), ("counterfoil-model", "other-model", .invalidField),
            ("\"code\": \"M01\"", "\"code\": \"M02\"", .invalidField),
        ] {
            do {
                _ = try read(text.replacing(old, with: new, maxReplacements: 1))
                Issue.record("\(new) was read")
            } catch let problem as Problem { #expect(problem.code == code, "\(new)") }
        }
    }

    @Test("every row has the points that the training counted for it")
    func scores() throws {
        let names = Samples.header.split(separator: ",").map(String.init)
        var all = ScoreHistogram(range: result.model.range)
        for row in Self.rows {
            let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let values = Dictionary(uniqueKeysWithValues: zip(names, fields.map(Optional.some)))
            all.add(try result.model.score(values).points, outcome: fields[6] == "1" ? .bad : .good)
        }
        var expected = result.training.histogram
        expected.merge(result.holdout.histogram)
        #expect(all == expected)
    }

    @Test("reasons name what cost points, the dearest first; the best row has none")
    func reasons() throws {
        let model = result.model
        var best: [String: String?] = [:], worst: [String: String?] = [:]
        for characteristic in model.characteristics {
            let bins = [(nil, characteristic.missing)] + characteristic.bins.map { ("\($0.from)", $0.figures) }
            best[characteristic.cell] = bins.max { $0.1.points < $1.1.points }?.0
            worst[characteristic.cell] = bins.min { $0.1.points < $1.1.points }?.0
            if best[characteristic.cell] == nil { best[characteristic.cell] = .some(nil) }
            if worst[characteristic.cell] == nil { worst[characteristic.cell] = .some(nil) }
        }
        #expect(try model.score(best) == TrainedModel.Score(points: model.range.upperBound, reasons: []))
        let score = try model.score(worst)
        #expect(score.points == model.range.lowerBound)
        #expect(score.reasons.count == model.characteristics.count)
        #expect(score.reasons.map(\.lost) == score.reasons.map(\.lost).sorted(by: >))
        #expect(score.points + score.reasons.reduce(0) { $0 + $1.lost } == model.range.upperBound)
    }

    @Test("an answer's cells are scored as the row is: numbers, text, null")
    func cells() throws {
        let cell = result.model.characteristics[0].cell, other = result.model.characteristics[1].cell
        let json = JSON.object([JSON.Member(cell, .integer(2)), JSON.Member(other, .null)])
        #expect(try result.model.score(cells: json) == result.model.score([cell: "2", other: nil]))
        #expect(try result.model.score([cell: "2", other: ""]) == result.model.score([cell: "2", other: nil]))
    }

    @Test("a value never met falls to the bin that begins below it, one below all to the first")
    func unmet() throws {
        let characteristic = try #require(result.model.characteristics.first { $0.cell == "daysSinceLast" })
        let other = try #require(result.model.characteristics.first { $0.cell != "daysSinceLast" }).cell
        let points = { (days: String) in try result.model.score([characteristic.cell: days, other: "0"]).points }
        #expect(try points("720-1080d") == points("180-360d"))
        #expect(try points("-1") == points("0-7d"))
    }

    @Test("a row without a cell of the model, or with a value that has no order, is refused")
    func refused() throws {
        let cell = result.model.characteristics[0].cell, other = result.model.characteristics[1].cell
        #expect(throws: Problem.self) { try result.model.score([cell: "1"]) }
        #expect(throws: Problem.self) { try result.model.score(cells: .object([JSON.Member(cell, "1")])) }
        do {
            _ = try result.model.score([cell: "secret", other: "1"])
            Issue.record("no refusal")
        } catch { #expect(error.code == .invalidField && !error.detail.contains("secret")) }
        let flag = JSON.object([JSON.Member(cell, true), JSON.Member(other, .null)])
        #expect(throws: Problem.self) { try result.model.score(cells: flag) }
    }

    @Test("the tables have a line for each bin, each column and each measure")
    func tables() throws {
        let bins = result.binsCSV.split(separator: "\n")
        #expect(bins.count == 1 + result.model.characteristics.reduce(0) { $0 + $1.bins.count + 1 })
        #expect(bins.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 8 })
        let counted = bins.dropFirst().filter { $0.hasPrefix("M01,") }.compactMap { Int($0.split(separator: ",")[3]) }
        #expect(counted.reduce(0, +) == result.training.rows)
        let columns = result.characteristicsCSV.split(separator: "\n")
        #expect(columns.count == 6)
        #expect(columns.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 5 })
        #expect(result.metricsCSV.split(separator: "\n").count == 1 + 2 * 35 + 1)
    }

    @Test("the chart is well formed, and neither it nor any table holds an id")
    func chart() throws {
        let chart = result.chartSVG
        #expect(chart.hasPrefix("<svg xmlns=") && chart.hasSuffix("</svg>\n"))
        for element in ["polyline", "rect", "line"] {
            #expect(chart.matches(of: try Regex("<\(element) [^<>]*/>")).count > 1, "\(element)")
        }
        #expect(chart.count { $0 == "<" } == chart.count { $0 == ">" })
        #expect(chart.matches(of: /<rect class="bar"/).count == 10)
        for text in [chart, result.modelFile, result.binsCSV, result.metricsCSV, result.characteristicsCSV] {
            #expect(!text.contains("A3-"))
        }
    }
}
