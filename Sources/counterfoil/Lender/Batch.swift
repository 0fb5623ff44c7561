import ArgumentParser
import Sodium
import Vocabulary

/// A file on its way through the gateway: a small one some rows at a time, a large one as a job.
struct Batch {
    /// A file of more bytes becomes a job.
    static let smallFile = 1 << 20
    private let options: BatchOptions
    private let kind: BatchKind
    private let defaults: [JSON.Member]
    private let isAlwaysJob: Bool

    init(_ options: BatchOptions, kind: BatchKind, defaults: [JSON.Member] = [], isAlwaysJob: Bool = false) {
        (self.options, self.kind, self.defaults) = (options, kind, defaults)
        self.isAlwaysJob = isAlwaysJob || options.grant != nil || options.format == "ndjson"
    }

    func run() async throws {
        let connection = try options.gateway.connection()
        if let path = options.resultsPath, let begun = try JobPlace.at(results: path) {
            Terminal.note("Going on with job \(begun.job).")
            return try await JobRun(connection, try begun.requireSame(kind: kind, file: options.file)).run()
        }
        var input = try ChunkReader(options.file)
        let beginning = try input.next(Self.smallFile + 1)
        if !isAlwaysJob, beginning.count <= Self.smallFile {
            return try await runSmall(beginning, connection)
        }
        try await JobRun(connection, try newJob()).run(input, after: beginning)
    }

    private func newJob() throws(Problem) -> JobPlace {
        guard let results = options.resultsPath else {
            throw Problem(
                .configurationInvalid, "Rows from standard input that become a job need a place for their results.",
                hint: "Name it with --out.")
        }
        let name = options.file == "-" ? "standard input" : String(options.file.split(separator: "/").last ?? "file")
        let description =
            [
                JSON.Member("kind", .string(kind.rawValue)), JSON.Member("format", .string(options.format)),
                JSON.Member("name", .string(String(name.prefix(120)))),
            ] + (options.grant.map { [JSON.Member("grant", .string($0))] } ?? []) + defaults
        return JobPlace(
            job: RecordID(random: SystemRandom.bytes(16)), kind: kind, file: options.file, results: results,
            asJSON: options.asJSON, description: .object(description),
            size: options.file == "-" ? nil : JobPlace.size(of: options.file))
    }

    private func runSmall(_ bytes: [UInt8], _ connection: GatewayConnection) async throws {
        let rows = CSVRows(bytes)
        guard let header = rows.header else {
            throw Problem(.invalidField, "The file is empty.", hint: "The first row names the columns.")
        }
        let sink = try ResultSink(options.out)
        var progress = Progress(total: rows.rows.count, what: kind.done)
        var outcome = Outcome()
        for start in stride(from: 0, to: rows.rows.count, by: options.rowsAtOnce) {
            let part = rows.rows[start..<min(start + options.rowsAtOnce, rows.rows.count)]
            let body = rows.bytes[header] + [10] + part.flatMap { rows.bytes[$0] + [10] }
            let result = try await connection.post(kind.path, csv: body, accept: Self.mediaType(options.asJSON))
            let lines = ResultLines(result, isCSV: !options.asJSON, rowsBefore: start)
            try sink.write(start == 0 ? lines.all : lines.withoutHeader)
            outcome.add(lines)
            progress.advance(by: part.count)
        }
        progress.finish()
        try sink.close()
        Terminal.note("\(outcome.taken) rows \(kind.done), \(outcome.refused) refused.")
        if outcome.refused > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    static func mediaType(_ asJSON: Bool) -> String { asJSON ? "application/x-ndjson" : "text/csv" }

    private struct Outcome {
        var taken = 0
        var refused = 0

        mutating func add(_ lines: ResultLines) {
            refused += lines.refused
            taken += lines.rows - lines.refused
        }
    }
}
