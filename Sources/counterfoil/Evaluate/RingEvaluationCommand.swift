import ArgumentParser
import Exchange
import Linkage
import Registry
import Simulation
import Vocabulary

/// Whether discovery tells rings from families, dormitories and agencies, where we know which is which.
struct RingEvaluationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rings", abstract: "Look for rings in a simulated consortium, and compare with the truth.",
        discussion: """
            Plays `counterfoil simulate --communities` in memory and gives linkage what lenders furnish and ask. Every \
            --every days it looks for rings as if nobody had reported any, and once more with the reported ones left \
            out. A candidate is right when at least half of its persons are of one true ring.

            Planted rings say nothing about precision in production.
            """)

    @Option(help: "How many persons.")
    var persons = 50_000

    @Option(help: "How many days.")
    var days = 365

    @Option(help: "The seed: the same one gives the same consortium.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How many members.", valueName: "count"))
    var members = 12

    @Option(help: ArgumentHelp("How many candidates an analyst looks at.", valueName: "count"))
    var top = 20

    @Option(help: ArgumentHelp("How often to look for rings.", valueName: "days"))
    var every = 14

    @Option(help: ArgumentHelp("The policy's folder.", valueName: "folder"), completion: .directory)
    var policy = "schemas/policy"

    @Option(help: "Exit with 1 where the last precision among the first candidates is below this.")
    var minimumPrecision: Double?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...SimulationParameters.personLimit).contains(persons) else {
            throw ValidationError("--persons is between 1 and \(SimulationParameters.personLimit).")
        }
        guard (2...SimulationParameters.memberLimit).contains(members) else {
            throw ValidationError("--members is between 2 and \(SimulationParameters.memberLimit).")
        }
        guard (1...3660).contains(days) else { throw ValidationError("--days is between 1 and 3660.") }
        guard (1...10_000).contains(top) else { throw ValidationError("--top is between 1 and 10000.") }
        guard (1...days).contains(every) else { throw ValidationError("--every is between 1 and the number of days.") }
    }

    func run() async throws {
        let policy = try PolicyFile.read(policy)
        let parameters = SimulationParameters(
            seed: seed, persons: persons, members: members, days: days, disputes: false, communities: true)
        let evaluation = RingEvaluation(
            rules: LinkageRules(policy), top: top, daysBetween: every,
            search: { graph, isReported in
                Discovery().candidates(in: graph, isReported: isReported).candidates.map(\.subjects)
            })
        var progress = Progress(total: 0, what: "searches")
        let result = evaluation.run(Simulation(parameters: parameters, policy: policy)) { done, all in
            progress.reach(done, of: all)
        }
        progress.finish()
        Terminal.show(asJSON: output.asJSON, result.json, people: result.text)
        guard Double(result.lastPrecisionPerMille) >= (minimumPrecision ?? 0) * 1000 else {
            throw Problem(.verificationFailed, "Precision among the first candidates is below what was asked for.")
        }
    }
}
