import ArgumentParser
import Registry
import Vocabulary

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Check or furnish a whole file: CSV in, a result for each row out.",
        discussion: """
            The first row names the columns; the gateway's refusal of an unknown one lists them all. A bad row is \
            reported in its result and does not keep the others back. Progress goes to standard error.

            For checks: check, purpose, mode, applicationRef, consent (base64 of its SHA-256), product, and the \
            applicant's nationalIDScheme, nationalID, phone, card, email, deviceType, device, name, birthDate, address \
            and so on. For records also recordID, kind, eventTime, loanRef, stage and the fields of their kind. Give \
            check or recordID ids of your own: then a file sent twice is taken once.

            Exit code 1 tells that some rows were refused.

            Examples:
              counterfoil batch checks applicants.csv --out answers.csv
              counterfoil batch records loans.csv > result.csv
            """,
        subcommands: [BatchChecks.self, BatchRecords.self])
}

struct BatchChecks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "Ask about every row's applicant.")

    @OptionGroup var options: BatchOptions

    func run() async throws { try await Batch(options, path: "/v1/uploads/checks", what: "checked").run() }
}

struct BatchRecords: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Furnish every row's record.")

    @OptionGroup var options: BatchOptions

    func run() async throws { try await Batch(options, path: "/v1/uploads/records", what: "accepted").run() }
}

struct BatchOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The rows; - reads standard input.", valueName: "csv"))
    var file: String

    @Option(help: ArgumentHelp("Where the results go; standard output without it.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("How many rows go to the gateway at once.", valueName: "rows"))
    var rowsAtOnce: Int = 500

    @Flag(name: .customLong("json"), help: "Results as NDJSON, whole answers included, instead of CSV.")
    var asJSON = false

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions

    func validate() throws {
        guard (1...100_000).contains(rowsAtOnce) else {
            throw ValidationError("--rows-at-once is between 1 and 100000.")
        }
    }
}
