import TestSupport
import Testing
import Vocabulary

@testable import Modelling

@Suite("Samples that no model is made of")
struct RefusalTests {
    private static let rows = Samples.planted(rows: 800, seed: 2)

    /// The sample with one row's field changed.
    private func sample(row: Int = 416, field: Int, _ value: String) -> [UInt8] {
        var rows = Self.rows
        var fields = rows[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        fields[field] = value
        rows[row] = fields.joined(separator: ",")
        return Samples.csv(rows)
    }

    @Test("the sample itself is fine, with CRLF, a byte-order mark and quotes too")
    func accepted() throws {
        let plain = try ScorecardTraining.run(csv: Samples.csv(Self.rows), options: Samples.options)
        let quoted = ([Samples.header] + Self.rows).map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
        }
        let csv = [0xEF, 0xBB, 0xBF] + Array(quoted.joined(separator: "\r\n").utf8) + [13, 10]
        #expect(try ScorecardTraining.run(csv: csv, options: Samples.options).modelFile == plain.modelFile)
    }

    @Test("one outcome alone is refused", arguments: ["0", "1"])
    func oneClass(_ outcome: String) throws {
        let rows = Self.rows.map { String($0.dropLast()) + outcome }
        let problem = try #require(Samples.problem(Samples.csv(rows)))
        #expect(problem.detail == "Every row of the sample has the same outcome, \(outcome).")
        #expect(problem.hint != nil)
    }

    @Test(
        "an outcome that is neither 0 nor 1 is refused with its line and column, without its value",
        arguments: [
            "", "2", "yes", "0.5", "-1", "01", " 1", "true",
        ])
    func outcome(_ value: String) throws {
        let problem = try #require(Samples.problem(sample(field: 6, value)))
        #expect(problem.code == .invalidField && problem.path == "line 418, column 7")
        #expect(value.count < 3 || !problem.detail.contains(value))
    }

    @Test(
        "a value without an order is refused with its line and column, without its value",
        arguments: [
            "many", "3–4", "13800138000x", "1e5", "(0)",
        ])
    func value(_ value: String) throws {
        let problem = try #require(Samples.problem(sample(field: 2, value)))
        #expect(problem.code == .invalidField && problem.path == "line 418, column 3")
        #expect(problem.detail.contains("daysSinceLast") && !problem.detail.contains(value))
    }

    @Test("a row of another length, and a stray or open quotation mark, are refused with their line")
    func shape() throws {
        for (row, why) in [
            ("x,1,2", "has 3 columns where the first has 7"), (Self.rows[0] + ",", "has 8 columns"),
            ("a\"b,0,,0,0,0,1", "where none belongs"), ("\"a\"b,0,,0,0,0,1", "where none belongs"),
            ("\"ab,0,,0,0,0,1", "not closed"),
        ] {
            var rows = Self.rows
            rows.insert(row, at: 10)
            let problem = try #require(Samples.problem(Samples.csv(rows)))
            #expect(problem.code == .invalidField && problem.path == "line 12", "\(row)")
            #expect(problem.detail.contains(why), "\(problem.detail)")
        }
    }

    @Test("lines are counted through line breaks in quotes and blank lines")
    func lines() throws {
        var rows = Self.rows
        rows.insert("\"a\nb\",0,,0,0,0,1", at: 0)
        rows.insert("", at: 1)
        rows.insert("c,0,?,0,0,0,1", at: 2)
        #expect(try #require(Samples.problem(Samples.csv(rows))).path == "line 5, column 3")
    }

    @Test("columns named that are not there, or used twice, are refused")
    func columns() throws {
        let changes: [(inout TrainingOptions) -> Void] = [
            { $0.outcomeColumn = "gone" }, { $0.weightColumn = "gone" }, { $0.idColumn = "gone" },
            { $0.ignoredColumns = ["gone"] },
        ]
        for change in changes {
            var options = Samples.options
            change(&options)
            #expect(Samples.problem(Samples.csv(Self.rows), options)?.code == .missingField)
        }
        var twice = Samples.options
        twice.weightColumn = "bad"
        #expect(Samples.problem(Samples.csv(Self.rows), twice)?.code == .configurationInvalid)
        var nothing = Samples.options
        nothing.ignoredColumns = ["members.30d", "daysSinceLast", "amount", "noise", "copy"]
        #expect(Samples.problem(Samples.csv(Self.rows), nothing)?.code == .missingField)
    }

    @Test(
        "a first row that is no header is refused and not repeated",
        arguments: [
            "11010519491231002X,1,2,3,4,5,bad", "id,a,a,c,d,e,bad", "id,,b,c,d,e,bad", "id,a b,b,c,d,e,bad",
            "id,王,b,c,d,e,bad",
        ])
    func header(_ header: String) throws {
        let problem = try #require(Samples.problem(Samples.csv(Self.rows, header: header)))
        #expect(problem.code == .invalidField && problem.path?.hasPrefix("row 1") == true)
        #expect(!problem.detail.contains("110105") && !problem.detail.contains("王"))
    }

    @Test("an ignored column may hold anything; a missing id may not")
    func ignored() throws {
        let rows = Self.rows.map { $0 + ",any thing" }
        var options = Samples.options
        options.ignoredColumns = ["remark"]
        #expect(Samples.problem(Samples.csv(rows, header: Samples.header + ",remark"), options) == nil)
        #expect(try #require(Samples.problem(sample(field: 0, ""))).path == "line 418, column 1")
    }

    @Test(
        "weights of nothing, below nothing or that are none are refused",
        arguments: ["0", "", "-1", "1.0001", "1-2", "1000001", "x"])
    func weight(_ weight: String) {
        var options = Samples.options
        options.weightColumn = "weight"
        var rows = Self.rows.map { "1.5," + $0 }
        #expect(Samples.problem(Samples.csv(rows, header: "weight," + Samples.header), options) == nil)
        rows[3] = weight + "," + Self.rows[3]
        let problem = Samples.problem(Samples.csv(rows, header: "weight," + Samples.header), options)
        #expect(problem?.path == "line 5, column 1")
    }

    @Test("too few rows: what is needed is said")
    func tooFew() throws {
        let few = try #require(Samples.problem(Samples.csv(Array(Self.rows.prefix(499)))))
        #expect(few.detail == "The sample has 499 rows where at least 500 are needed.")
        let good = Self.rows.filter { $0.hasSuffix("0") }, bad = Self.rows.filter { $0.hasSuffix("1") }
        let fewBad = try #require(Samples.problem(Samples.csv(good + bad.prefix(30))))
        #expect(fewBad.detail.hasPrefix("The training part has ") && fewBad.detail.hasSuffix("at least 50 are needed."))
        #expect(Samples.problem([])?.detail == "The sample is empty.")
        #expect(Samples.problem(Array(Samples.header.utf8))?.code == .invalidField)
    }

    @Test("a sample that tells nothing is refused")
    func nothingToTell() throws {
        var random = SeededGenerator(seed: 5)
        let rows = (0..<2000).map { "\($0),7,\(Int.random(in: 0...1, using: &random))" }
        let problem = try #require(Samples.problem(Samples.csv(rows, header: "id,same,bad")))
        #expect(problem.detail.hasPrefix("No column of the sample tells"))
    }

    @Test("a column of ten thousand and one different values is refused")
    func tooManyValues() throws {
        let rows = (0...10_000).map { "\($0),\($0),\($0 % 2)" }
        let problem = try #require(Samples.problem(Samples.csv(rows, header: "id,reference,bad")))
        #expect(problem.path == "reference" && problem.code == .invalidField)
    }

    @Test("options outside their ranges are refused by name")
    func options() {
        let changes: [(String, (inout TrainingOptions) -> Void)] = [
            ("name", { $0.name = "<b>" }), ("maximumCharacteristics", { $0.maximumCharacteristics = 0 }),
            ("maximumCharacteristics", { $0.maximumCharacteristics = 61 }),
            ("minimumInformationValue", { $0.minimumInformationValue = .nan }),
            ("maximumCorrelation", { $0.maximumCorrelation = 1.1 }), ("ridge", { $0.ridge = 0 }),
            ("trainPercent", { $0.trainPercent = 100 }), ("minimumBinPercent", { $0.minimumBinPercent = 0 }),
            ("minimumBinRows", { $0.minimumBinRows = 0 }), ("baseScore", { $0.baseScore = -1 }),
            ("baseOdds", { $0.baseOdds = 0 }), ("pointsToDouble", { $0.pointsToDouble = 0 }),
        ]
        for (name, change) in changes {
            var options = Samples.options
            change(&options)
            let problem = Samples.problem([], options)
            #expect(problem?.code == .configurationInvalid && problem?.path == name)
        }
    }
}
