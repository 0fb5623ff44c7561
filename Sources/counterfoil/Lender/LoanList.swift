import ArgumentParser
import Registry
import Vocabulary

/// Loans on the command line, or a line each in a file.
struct LoanList: ParsableArguments {
    @Argument(help: ArgumentHelp("The loans' references.", valueName: "loan-ref"))
    var references: [String] = []

    @Option(
        help: ArgumentHelp("A file with a reference a line; - reads standard input.", valueName: "file"),
        completion: .file())
    var file: String?

    private static let limit = 256 << 20
    private static let loansAtOnce = 1000

    func validate() throws {
        guard references.isEmpty == (file != nil) else {
            throw ValidationError("Name loans, or a file of them with --file.")
        }
    }

    func all() throws(Problem) -> [String] {
        guard let file else { return references }
        let bytes =
            file == "-"
            ? try StandardInput.read(limit: Self.limit) : try FileSystem.read(file, as: .open, limit: Self.limit)
        return bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }).map { String(decoding: $0, as: UTF8.self) }
    }

    /// - Parameter change: `watch` or `unwatch`.
    static func document(_ change: String, _ references: ArraySlice<String>) -> JSON {
        let loans = references.map { JSON.object(["loanRef": .string($0)]) }
        return .object([JSON.Member(change, .array(loans))])
    }

    func post(_ change: String, _ gateway: GatewayOptions, _ output: OutputOptions) async throws {
        let connection = try gateway.connection()
        let all = try all()
        var progress = Progress(total: all.count, what: "loans")
        var counts: JSON?
        for start in stride(from: 0, to: all.count, by: Self.loansAtOnce) {
            let part = all[start..<min(start + Self.loansAtOnce, all.count)]
            let answer = try await Patience(limit: .seconds(60)).attempt { () throws(Problem) in
                try await connection.post("/v1/portfolio", Self.document(change, part), isIdempotent: true)
            }
            counts = answer["counts"]
            progress.advance(by: part.count)
        }
        progress.finish()
        let json = JSON.object([JSON.Member(change, .number(all.count)), JSON.Member("counts", counts ?? .object([]))])
        Terminal.show(
            asJSON: output.asJSON, json,
            people: "\(all.count) loans to \(change).\n" + PortfolioText.counts(counts))
    }
}

/// A portfolio for people.
enum PortfolioText {
    /// `812 watched, 3 waiting, 1 refused`
    static func counts(_ counts: JSON?) -> String {
        let told = (counts?.members ?? []).filter { $0.value != 0 }
        let parts = told.map { "\($0.value.shown) \(AnswerText.words($0.name))" }
        return parts.isEmpty ? "" : "Now: \(parts.joined(separator: ", ")).\n"
    }

    static func table(_ watches: [JSON]) -> String {
        guard !watches.isEmpty else { return "No loan is watched.\n" }
        var table = Table("LOAN", "STATE", "WHY NOT")
        for watch in watches {
            table.add(watch.text("loanRef"), AnswerText.words(watch.text("state")), watch["refusal"]?.string ?? "")
        }
        return table.text
    }
}
