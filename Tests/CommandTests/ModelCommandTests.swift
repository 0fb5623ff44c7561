import ArgumentParser
import Foundation
import Modelling
import Testing
import Vocabulary

@testable import counterfoil

@Suite("A lender's own model on the command line")
struct ModelCommandTests {
    /// Loans at more lenders go bad more often; every line is determined by its number.
    static let sample: String = {
        var text = "loanRef,lenders,days,noise,bad\n"
        for row in 0..<1500 {
            let lenders = row % 4
            let isBad = (row / 4) % 10 < [1, 2, 5, 8][lenders]
            let band = ["0", "1", "2", "3-4"][lenders]
            text += "L\(row),\(band),\(row % 7 == 0 ? "" : "7-30d"),\((row / 40) % 5),\(isBad ? 1 : 0)\n"
        }
        return text
    }()

    static func trained(_ folder: String, _ more: [String] = []) throws -> String {
        try Fixture.write(sample, to: "\(folder)/sample.csv")
        let command = try ModelTrain.parse(
            ["\(folder)/sample.csv", "--outcome", "bad", "--id", "loanRef", "--out", "\(folder)/model"] + more)
        try command.run()
        return "\(folder)/model/model.json"
    }

    @Test("training writes the model and its report, the same bytes each time")
    func training() throws {
        try Fixture.withFolder { folder in
            let model = try Self.trained(folder)
            let first = try Data(contentsOf: URL(filePath: model))
            for name in ["bins.csv", "characteristics.csv", "metrics.csv", "chart.svg"] {
                #expect(FileManager.default.fileExists(atPath: "\(folder)/model/\(name)"))
            }
            _ = try Self.trained(folder, ["--force"])
            #expect(try Data(contentsOf: URL(filePath: model)) == first)
            let text = try ModelFile.read(model)
            #expect(text.table.contains("lenders") && text.bins.contains("3-4"))
        }
    }

    @Test("what an answer's row has beside the statistics is not read, unless an option names it")
    func answerColumns() throws {
        let columns = SampleColumns(Array("\u{FEFF}row,check,score,outcome,exposure.own.openLoans,bad\r\n2,".utf8))
        #expect(columns.beside(["bad"]) == ["row", "check", "score", "outcome"])
        #expect(columns.beside(["outcome", "check"]) == ["row", "score"])
        let rows = Self.sample.split(separator: "\n")
        let wide = rows.enumerated().map { $0.element + ($0.offset == 0 ? ",status,outcome" : ",found,review") }
        try Fixture.withFolder { folder in
            try Fixture.write(wide.joined(separator: "\n"), to: "\(folder)/wide.csv")
            let command = try ModelTrain.parse([
                "\(folder)/wide.csv", "--outcome", "bad", "--id", "loanRef", "--out", "\(folder)/wide",
            ])
            #expect(throws: Never.self) { try command.run() }
            let (wide, narrow) = (try ModelFile.read("\(folder)/wide/model.json"), try Self.trained(folder))
            #expect(wide == (try ModelFile.read(narrow)))
        }
    }

    @Test("a model that stands is not replaced unasked, and the work is not even begun")
    func standing() throws {
        try Fixture.withFolder { folder in
            _ = try Self.trained(folder)
            let problem = #expect(throws: Problem.self) { try Self.trained(folder) }
            #expect(problem?.hint?.contains("--force") == true)
        }
    }

    @Test("rows get their points and reasons, and a row without an order its error, with its number in the file")
    func applying() throws {
        try Fixture.withFolder { folder in
            let model = try ModelFile.read(try Self.trained(folder))
            let bytes = Array("extra,lenders,loanRef\r\nx,0,\"L,1\"\r\nx,3-4,L2\r\nx,many,L3\r\nx,1\r\n".utf8)
            let rows = CSVRows(bytes)
            let scoring = try RowScoring(model, rows, id: "loanRef", reasons: 1, asJSON: false)
            let lines = rows.rows.indices.map { scoring.line($0) }
            let texts = lines.map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(lines.map(\.isFailed) == [false, false, true, true])
            #expect(texts[0].hasPrefix("2,\"L,1\",") && texts[1].hasPrefix("3,L2,") && texts[1].contains(",M01,"))
            #expect(texts[2].hasPrefix("4,L3,,,") && texts[3].hasPrefix("5,,,,the row"))
            #expect(!texts[2].contains("many"))
        }
    }

    @Test("a file without a column that the model needs is refused, with its name")
    func missingColumn() throws {
        try Fixture.withFolder { folder in
            let model = try ModelFile.read(try Self.trained(folder))
            let problem = #expect(throws: Problem.self) {
                try RowScoring(model, CSVRows(Array("a,b\n1,2\n".utf8)), id: nil, reasons: 3, asJSON: true)
            }
            #expect(problem?.code == .missingField && problem?.detail.contains("lenders") == true)
        }
    }

    @Test("a model changed by hand is refused")
    func tampered() throws {
        try Fixture.withFolder { folder in
            let path = try Self.trained(folder)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Fixture.write(text.replacingOccurrences(of: "\"baseScore\": 600", with: "\"baseScore\": 601"), to: path)
            let problem = #expect(throws: Problem.self) { try ModelFile.read(path) }
            #expect(problem?.code == .verificationFailed)
        }
    }

    @Test(
        "cells of a row are split at commas outside of quotes",
        arguments: [
            ("a,b", ["a", "b"]), ("", [""]), (",", ["", ""]), ("\"a,\"\"b\"\"\",c", ["a,\"b\"", "c"]),
        ])
    func cells(row: String, cells: [String]) { #expect(CSVCells.split(Array(row.utf8)[...]) == cells) }

    @Test("quotes where none belong make a row unreadable", arguments: ["a\"b", "\"a\"b", "\"a", "a,\"b"])
    func brokenQuotes(row: String) { #expect(CSVCells.split(Array(row.utf8)[...]) == nil) }
}
