import ArgumentParser
import Bench
import Registry
import Vocabulary

/// `counterfoil bench …`
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure every path against the primitive operations of the same run.",
        discussion: """
            Each figure is shown with its ratio to a floor: what the cryptography in it costs alone on this machine, \
            timed in the same run. `counterfoil bench` takes about two minutes; `--full` stores a million records.
            Run it from a release build: swift run -c release counterfoil bench
            """,
        subcommands: [BenchRun.self, BenchLinkage.self, BenchStatistics.self, BenchCrash.self],
        defaultSubcommand: BenchRun.self)
}

struct BenchRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure and print the figures (the default).")

    @Argument(help: "What to measure: custodian, gateway, lending, node or all.")
    var part = Bench.Part.all

    @Flag(help: "Stages of 10,000, 100,000 and 1,000,000 records, and of up to 10,000,000 events in the bare core.")
    var full = false

    @Option(help: ArgumentHelp("Records to store, instead of 50,000.", valueName: "number"))
    var records: Int?

    @Option(help: ArgumentHelp("How long each figure is measured.", valueName: "seconds"))
    var seconds = 5.0

    @OptionGroup var workspace: BenchWorkspace
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard seconds >= 0.5, seconds <= 120 else { throw ValidationError("--seconds is between 0.5 and 120.") }
        if let records, !(1_000...10_000_000).contains(records) {
            throw ValidationError("--records is between 1,000 and 10,000,000.")
        }
    }

    private var stages: [Int] {
        let last = records ?? (full ? 1_000_000 : 50_000)
        return [10_000, 100_000].filter { $0 < last } + [last]
    }

    /// Six events a loan: 6,000,000 are a million loans.
    private var events: [Int] { [100_000, 1_000_000] + (full ? [6_000_000, 10_000_000] : []) }

    func run() async throws {
        let folder = try workspace.make()
        defer { workspace.remove(folder) }
        let plan = Bench.Plan(
            part: part, stages: stages, events: events, seconds: seconds, folder: folder,
            policy: try workspace.readPolicy(), executable: ChildProcess.ownExecutable)
        let report = try await Bench(plan) { Terminal.note("bench: \($0) …") }.run()
        Terminal.show(asJSON: output.asJSON, report.json, people: report.text)
    }
}

extension Bench.Part: ExpressibleByArgument {}
