import ArgumentParser
import Decisions
import Registry
import Sodium
import Vocabulary

struct DecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Check and try a lender's decision policy: accept, review or refuse.",
        discussion: """
            A decision policy is a text file with the lender's own rules over an answer's signals, statistics and \
            score; its language is described in schemas/decisions. The gateway decides by it; the exchange never does.

            A new policy is checked first, then tried over answers that are on file, then run in the shadow of the \
            active one, and only then named as the gateway's decisionPolicy.

            Examples:
              counterfoil decisions show > my.policy
              counterfoil decisions check my.policy
              counterfoil decisions dry-run my.policy
            """,
        subcommands: [DecisionsCheck.self, DecisionsShow.self, DecisionsDryRun.self, DecisionsShadow.self])
}

struct DecisionsCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read a policy and tell everything wrong with it, by line and column.",
        discussion: "Errors and warnings are written as FILE:LINE:COLUMN: …, as compilers do; errors give exit code 1.")

    @Argument(help: ArgumentHelp("The policy; - reads standard input.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var terms: TermsOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let reading = try PolicyReading(file, terms: terms)
        for line in reading.lines { Terminal.note(line) }
        Terminal.show(asJSON: output.asJSON, reading.json, people: reading.text)
        if reading.policy == nil { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}

struct DecisionsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Write the policy that ships, to start an own one from.")

    @Flag(help: "Ask the gateway which policy is active there instead.")
    var active = false

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard active else {
            let text = String(decoding: DecisionPolicy.shippedText, as: UTF8.self)
            return Terminal.show(asJSON: output.asJSON, .object(["text": .string(text)]), people: text)
        }
        let json = try await gateway.connection().get("/v1/decisions/policy")
        Terminal.show(asJSON: output.asJSON, json, people: DecisionsText.policies(json))
    }
}

struct DecisionsDryRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "Try a candidate policy over answers on file, beside the active one.",
        discussion: """
            The gateway runs the candidate over the last answers that it keeps and tells which would be decided \
            otherwise, with the reasons. With --over FILE the answers come from a file of NDJSON, such as `counterfoil \
            batch checks --json` writes, and no gateway is asked. Nothing changes by it.

            Examples:
              counterfoil decisions dry-run my.policy --answers 5000
              counterfoil decisions dry-run my.policy --over answers.ndjson --against old.policy
            """)

    @Argument(help: ArgumentHelp("The candidate; - reads standard input.", valueName: "file"), completion: .file())
    var candidate: String

    @Option(help: ArgumentHelp("How many of the last answers.", valueName: "count"))
    var answers = 1000

    @Option(help: ArgumentHelp("Answers as NDJSON instead of the gateway's.", valueName: "file"), completion: .file())
    var over: String?

    @Option(
        help: ArgumentHelp("With --over: the policy to compare with. Default: the one that ships.", valueName: "file"),
        completion: .file())
    var against: String?

    @OptionGroup var terms: TermsOptions
    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(answers) else { throw ValidationError("--answers is between 1 and 100000.") }
        guard against == nil || over != nil else { throw ValidationError("--against goes with --over.") }
    }

    func run() async throws {
        let reading = try PolicyReading(candidate, terms: terms)
        for line in reading.lines { Terminal.note(line) }
        guard let policy = reading.policy else { throw ExitCode(ExitStatus.refused.rawValue) }
        if let over {
            let changes = try LocalDryRun.run(
                try activePolicy(), policy, over: FileSystem.read(over, as: .open, limit: LocalDryRun.limit))
            return Terminal.show(asJSON: output.asJSON, changes.json, people: changes.text)
        }
        let request = JSON.object([
            "policy": .string(String(decoding: reading.bytes, as: UTF8.self)), "last": .number(answers),
        ])
        let json = try await gateway.connection().post("/v1/decisions/dry-run", request, isIdempotent: true)
        Terminal.show(asJSON: output.asJSON, json, people: DecisionsText.changes(json))
    }

    private func activePolicy() throws -> DecisionPolicy {
        guard let against else {
            return try DecisionPolicy(parsing: DecisionPolicy.shippedText, terms: terms.terms()) { SHA256.hash($0) }
        }
        let reading = try PolicyReading(against, terms: terms)
        for line in reading.lines { Terminal.note(line) }
        guard let policy = reading.policy else { throw ExitCode(ExitStatus.refused.rawValue) }
        return policy
    }
}

struct DecisionsShadow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shadow", abstract: "Tell how the gateway's shadow policy would have decided so far.")

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let json = try await gateway.connection().get("/v1/decisions/shadow")
        Terminal.show(asJSON: output.asJSON, json, people: DecisionsText.changes(json))
    }
}
