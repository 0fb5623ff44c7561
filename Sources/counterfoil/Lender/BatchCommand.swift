import ArgumentParser
import Vocabulary

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Check or furnish a whole file: rows in, a result for each row out.",
        discussion: """
            The first row of a CSV file names the columns; the gateway's refusal of an unknown one lists them all. A \
            file that ends in .ndjson has a document a line instead. A bad row is reported and does not keep the \
            others back. Progress goes to standard error.

            For checks: check, purpose, mode, applicationRef, consent (base64 of its SHA-256), product, profile, asOf, \
            and the applicant's nationalIDScheme, nationalID, phone, card, email, deviceType, device, name, birthDate, \
            address and so on. For records also recordID, kind, eventTime, loanRef, stage and the fields of their \
            kind. Give check or recordID ids of your own: then a file sent twice is taken once.

            A small file is answered at once. A large one, up to a million rows, becomes a job in the gateway: it goes \
            up in pieces, is worked off there under one of the registry's grants, and survives the end of this command \
            and of the gateway. What was reached is kept in RESULTS.job beside the results, bad rows in \
            RESULTS.errors. The same command, or `batch resume`, goes on from there.

            Exit code 1 tells that some rows were refused.

            Examples:
              counterfoil batch checks applicants.csv --out answers.csv
              counterfoil batch checks history.csv --soft --profile full --grant backtest-2026 --out rows.csv
              counterfoil batch resume rows.csv
            """,
        subcommands: [BatchChecks.self, BatchRecords.self, BatchStatus.self, BatchResume.self, BatchCancel.self])
}

struct BatchChecks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "Ask about every row's applicant.")

    @OptionGroup var options: BatchOptions

    @Option(help: "The purpose of rows that name none.")
    var purpose: Purpose?

    @Flag(help: "Soft checks where a row does not say.")
    var soft = false

    @OptionGroup var scope: ScopeOptions

    func validate() throws {
        guard purpose != .furnish else { throw ValidationError("furnish is not a purpose of a check.") }
    }

    func run() async throws {
        try await Batch(options, kind: .checks, defaults: defaults, isAlwaysJob: !defaults.isEmpty).run()
    }

    /// What holds for rows that do not say otherwise.
    var defaults: [JSON.Member] {
        let members = JSON.object([
            "purpose": .optional(purpose?.rawValue), "mode": soft ? "soft" : nil,
            "profile": .optional(scope.profile?.rawValue),
            "asOf": scope.moment,
        ])
        return members.members ?? []
    }
}

struct BatchRecords: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Furnish every row's record.")

    @OptionGroup var options: BatchOptions

    func run() async throws { try await Batch(options, kind: .records).run() }
}

struct BatchOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The rows; - reads standard input.", valueName: "file"),
        completion: .file(extensions: ["csv", "ndjson"]))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Where the results go; without it standard output, for a large file FILE.results.", valueName: "file"),
        completion: .file())
    var out: String?

    @Option(help: ArgumentHelp("How many rows of a small file go to the gateway at once.", valueName: "rows"))
    var rowsAtOnce: Int = 500

    @Option(
        help: ArgumentHelp(
            "The registry's grant that tokens are counted against; makes a job of any file.", valueName: "grant"))
    var grant: String?

    @Flag(name: .customLong("json"), help: "Results as NDJSON, whole answers included, instead of CSV.")
    var asJSON = false

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions

    func validate() throws {
        guard (1...100_000).contains(rowsAtOnce) else {
            throw ValidationError("--rows-at-once is between 1 and 100000.")
        }
    }

    var format: String { [".ndjson", ".jsonl"].contains { file.hasSuffix($0) } ? "ndjson" : "csv" }

    /// Where a job's results go.
    var resultsPath: String? { out ?? (file == "-" ? nil : "\(file).results") }
}

/// What a file is of.
enum BatchKind: String {
    case checks, records

    var done: String { self == .checks ? "checked" : "accepted" }
    var path: String { "/v1/uploads/\(rawValue)" }
}
