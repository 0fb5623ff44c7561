import ArgumentParser
import Bench
import Vocabulary

/// `counterfoil bench crash`
struct BenchCrash: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash",
        abstract: "Kill node and gateway under load, again and again, and hold them to what they said.",
        discussion: """
            After every restart of the node each receipt handed out must still be provable, no record may be there \
            twice, the stored leaves must give every root that was ever signed, and every checkpoint seen must be a \
            prefix of the latest. What a gateway accepted must be at the node exactly once. Ends with exit code 3 \
            where any of it does not hold.
            """)

    @Option(help: ArgumentHelp("How often each of the two is killed under load.", valueName: "number"))
    var rounds = 20

    @Option(
        help: ArgumentHelp("Plans the same kills again. Default: a new one, which is printed.", valueName: "number"))
    var seed: UInt64?

    @Option(help: "What is killed: node, gateway or both.")
    var party = Party.both

    @OptionGroup var workspace: BenchWorkspace
    @OptionGroup var output: OutputOptions

    enum Party: String, ExpressibleByArgument, CaseIterable {
        case node, gateway, both
    }

    func validate() throws {
        guard (1...100_000).contains(rounds) else { throw ValidationError("--rounds is between 1 and 100,000.") }
    }

    func run() async throws {
        let folder = try workspace.make()
        defer { workspace.remove(folder) }
        let seed = seed ?? UInt64.random(in: 0...999_999_999)
        Terminal.note("crash test: seed \(seed), \(rounds) rounds")
        let policy = try workspace.readPolicy()
        var members = [JSON.Member("seed", .string(String(seed)))]
        var text = ""
        var violations: [String] = []
        if party != .gateway {
            var test = try CrashTest(
                seed: seed, folder: "\(folder)/consortium", policy: policy, executable: ChildProcess.ownExecutable
            ) { Terminal.note($0) }
            let summary = try await test.run(rounds: rounds)
            members.append(JSON.Member("node", summary.json))
            text += "node\n" + self.text(summary)
            violations += summary.violations
        }
        if party != .node {
            var test = try GatewayCrashTest(
                seed: seed, folder: "\(folder)/gateway", policy: policy, executable: ChildProcess.ownExecutable
            ) { Terminal.note($0) }
            let summary = try await test.run(rounds: rounds)
            members.append(JSON.Member("gateway", summary.json))
            text += "gateway\n" + self.text(summary)
            violations += summary.violations
        }
        text += violations.map { "violated (seed \(seed)): \($0)\n" }.joined()
        text += violations.isEmpty ? "everything held\n" : ""
        Terminal.show(asJSON: output.asJSON, .object(members), people: text)
        if !violations.isEmpty { throw ExitCode(ExitStatus.notVerified.rawValue) }
    }

    private func text(_ summary: CrashTest.Summary) -> String {
        paragraph([
            "  killed under load": "\(summary.rounds) times",
            "  killed while starting": "\(summary.killedAtStart) times",
            "  submissions": "\(summary.submissions)", "  receipts verified": "\(summary.receipts)",
            "  answers verified": "\(summary.answers)", "  checkpoints compared": "\(summary.checkpoints)",
        ])
    }

    private func text(_ summary: GatewayCrashTest.Summary) -> String {
        paragraph([
            "  killed under load": "\(summary.rounds) times", "  records accepted": "\(summary.accepted)",
            "  records delivered": "\(summary.delivered)",
        ])
    }
}
