import ArgumentParser
import Registry
import Vocabulary

/// A CSV file on its way through the gateway, some rows at a time, so that there is progress and nothing grows without
/// bound.
struct Batch {
    private static let fileLimit = 1 << 30
    private let options: BatchOptions
    private let path: String
    private let what: String

    init(_ options: BatchOptions, path: String, what: String) {
        (self.options, self.path, self.what) = (options, path, what)
    }

    func run() async throws {
        let connection = try options.gateway.connection()
        let rows = CSVRows(try input())
        guard let header = rows.header else {
            throw Problem(.invalidField, "The file is empty.", hint: "The first row names the columns.")
        }
        let sink = try ResultSink(options.out)
        var progress = Progress(total: rows.rows.count, what: what)
        var outcome = Outcome()
        for start in stride(from: 0, to: rows.rows.count, by: options.rowsAtOnce) {
            let part = rows.rows[start..<min(start + options.rowsAtOnce, rows.rows.count)]
            let body = rows.bytes[header] + [10] + part.flatMap { rows.bytes[$0] + [10] }
            let result = try await connection.post(path, csv: body, accept: Self.mediaType(options.asJSON))
            let lines = ResultLines(result, isCSV: !options.asJSON, rowsBefore: start)
            try sink.write(start == 0 ? lines.all : lines.withoutHeader)
            outcome.add(lines)
            progress.advance(by: part.count)
        }
        progress.finish()
        try sink.close()
        Terminal.note("\(outcome.taken) rows \(what), \(outcome.refused) refused.")
        if outcome.refused > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private static func mediaType(_ asJSON: Bool) -> String { asJSON ? "application/x-ndjson" : "text/csv" }

    private func input() throws(Problem) -> [UInt8] {
        options.file == "-"
            ? try StandardInput.read(limit: Self.fileLimit)
            : try FileSystem.read(options.file, as: .open, limit: Self.fileLimit)
    }

    private struct Outcome {
        var taken = 0
        var refused = 0

        mutating func add(_ lines: ResultLines) {
            refused += lines.refused
            taken += lines.rows - lines.refused
        }
    }
}
