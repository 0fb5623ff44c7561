import ArgumentParser
import Bench
import Vocabulary

/// `counterfoil bench crash`
struct BenchCrash: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash", abstract: "Kill the node under load, again and again, and hold it to what it said.",
        discussion: """
            After every restart each receipt handed out must still be provable, no record may be there twice, the \
            stored leaves must give every root that was ever signed, and every checkpoint seen must be a prefix of the \
            latest. Ends with exit code 3 where any of it does not hold.
            """)

    @Option(help: ArgumentHelp("How often the node is killed.", valueName: "number"))
    var rounds = 20

    @Option(help: ArgumentHelp("Plans the same kills again. Default: a new one, which is printed.", valueName: "number"))
    var seed: UInt64?

    @OptionGroup var workspace: BenchWorkspace
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(rounds) else { throw ValidationError("--rounds is between 1 and 100,000.") }
    }

    func run() async throws {
        let folder = try workspace.make()
        defer { workspace.remove(folder) }
        let seed = seed ?? UInt64.random(in: 0...999_999_999)
        Terminal.note("crash test: seed \(seed), \(rounds) rounds")
        var test = try CrashTest(
            seed: seed, folder: "\(folder)/consortium", policy: try workspace.readPolicy(),
            executable: ChildProcess.ownExecutable
        ) { Terminal.note($0) }
        let summary = try await test.run(rounds: rounds)
        Terminal.show(asJSON: output.asJSON, summary.json, people: text(summary, seed: seed))
        if !summary.violations.isEmpty { throw ExitCode(ExitStatus.notVerified.rawValue) }
    }

    private func text(_ summary: CrashTest.Summary, seed: UInt64) -> String {
        var text = paragraph([
            "killed under load": "\(summary.rounds) times", "killed while starting": "\(summary.killedAtStart) times",
            "submissions": "\(summary.submissions)", "receipts verified": "\(summary.receipts)",
            "answers verified": "\(summary.answers)", "checkpoints compared": "\(summary.checkpoints)",
        ])
        for violation in summary.violations { text += "violated (seed \(seed)): \(violation)\n" }
        return text + (summary.violations.isEmpty ? "everything held\n" : "")
    }
}
