import ArgumentParser
import Modelling
import Registry
import Vocabulary

struct ModelApply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Give every row of a CSV file its points and what cost the most.",
        discussion: """
            The file needs the columns that the model uses; others do not matter. A row with a value that has no \
            order is told with its error, and the exit code is 1.
            """)

    @Argument(help: ArgumentHelp("The model.", valueName: "json"), completion: .file(extensions: ["json"]))
    var model: String

    @Argument(help: ArgumentHelp("The rows; - reads standard input.", valueName: "csv"), completion: .file())
    var sample: String

    @Option(help: ArgumentHelp("A column to repeat in the results.", valueName: "column"))
    var id: String?

    @Option(help: ArgumentHelp("Where the results go; standard output without it.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("At most so many reasons a row.", valueName: "count"))
    var reasons = 3

    @Flag(name: .customLong("json"), help: "Results as NDJSON instead of CSV.")
    var asJSON = false

    func validate() throws {
        guard (0...60).contains(reasons) else { throw ValidationError("--reasons is between 0 and 60.") }
    }

    func run() throws {
        let model = try ModelFile.read(model)
        let bytes =
            sample == "-"
            ? try StandardInput.read(limit: SampleLimits.maximumBytes)
            : try FileSystem.read(sample, as: .open, limit: SampleLimits.maximumBytes)
        let rows = CSVRows(bytes)
        let scoring = try RowScoring(model, rows, id: id, reasons: reasons, asJSON: asJSON)
        let sink = try ResultSink(out)
        var progress = Progress(total: rows.rows.count, what: "scored")
        try sink.write(scoring.header)
        var failed = 0
        for start in stride(from: 0, to: rows.rows.count, by: 1000) {
            var lines: [UInt8] = []
            for row in start..<min(start + 1000, rows.rows.count) {
                let line = scoring.line(row)
                lines += line.bytes
                failed += line.isFailed ? 1 : 0
            }
            try sink.write(lines)
            progress.advance(by: min(1000, rows.rows.count - start))
        }
        progress.finish()
        try sink.close()
        if failed > 0 {
            Terminal.note("\(failed) of \(rows.rows.count) rows have no points.")
            throw ExitCode(ExitStatus.refused.rawValue)
        }
    }
}
