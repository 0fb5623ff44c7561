import ArgumentParser
import Exchange
import Sodium
import Vocabulary

struct RingConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Say that a candidate is a ring.",
        discussion: "The decision is signed with the admin's key and logged. It tells on no member and names nobody.")

    @OptionGroup var verdict: RingVerdict
    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await verdict.send(.confirm(candidate: verdict.candidate, note: verdict.note), options, output)
    }
}

struct RingDismiss: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: "Say that a candidate is none, so that it is not found again.",
        discussion: "A dismissed candidate comes back only where it has grown a good deal since.")

    @OptionGroup var verdict: RingVerdict
    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await verdict.send(.dismiss(candidate: verdict.candidate, note: verdict.note), options, output)
    }
}

/// Which candidate, and on what grounds.
struct RingVerdict: ParsableArguments {
    @Argument(help: ArgumentHelp("The candidate, such as C-5.", valueName: "candidate"))
    var candidate: RingName

    @Option(help: ArgumentHelp("On what grounds; it must say nothing of a person.", valueName: "text"))
    var note: String

    func validate() throws {
        guard candidate.series == .candidate else {
            throw ValidationError("Only candidates are decided, such as C-5; \(candidate) is none.")
        }
        guard (1...RingLimits.noteBytes).contains(note.utf8.count) else {
            throw ValidationError("--note has 1 to \(RingLimits.noteBytes) bytes.")
        }
    }

    func send(
        _ decision: RingDecision.Decision, _ options: RingOptions, _ output: OutputOptions
    ) async throws(Problem) {
        let id = RecordID(random: SystemRandom.bytes(16))
        let outcome = try await options.desk().decide(decision, id: id, now: Instant.now)
        Terminal.show(asJSON: output.asJSON, outcome.json, people: outcome.text(of: candidate))
    }
}

extension RingDecisionOutcome {
    func text(of candidate: RingName) -> String {
        let now = ring.map { " It is the ring \($0) from now on." } ?? ""
        return status == .recorded ? "\(candidate) is decided.\(now)\n" : "\(candidate) was decided so before.\(now)\n"
    }
}
