import ArgumentParser
import Registry
import Vocabulary

/// Measures on people with known truth, in one process and without a network.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure match keys and ring detection on people whose truth is known.",
        subcommands: [EvaluateDuplicates.self, RingEvaluationCommand.self])
}

struct EvaluateDuplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Split persons over two lenders, furnish one half, check the other, and compare with the truth.",
        discussion: """
            FILE is a CSV with a header: rec_id, given_name, surname, street_number, address_1, address_2, suburb, \
            postcode, state, date_of_birth (YYYYMMDD), soc_sec_id, in any order. Records of one person share what \
            stands before the second hyphen of rec_id (rec-17-org, rec-17-dup-0).

            Everything is real but the network: the same normalisation and match keys as in a gateway, blinding, two \
            of three custodians with their proofs, signed submissions and checks, the node's rules and its answers.
            """)

    @Argument(help: ArgumentHelp("The persons.", valueName: "file"))
    var file: String

    @Option(help: "Which split over the two lenders; the same seed gives the same split.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The policy's folder.", valueName: "folder"))
    var policy = "schemas/policy"

    @Option(help: "Exit with 1 below this precision.")
    var minimumPrecision: Double?

    @Option(help: "Exit with 1 below this recall.")
    var minimumRecall: Double?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let persons = try PersonFile.read(file)
        let evaluation = try DuplicateEvaluation(policy: try PolicyFile.read(policy), seed: seed)
        let result = try await evaluation.run(persons) { stage, done, total in
            if done.isMultiple(of: 500) { Terminal.note("\(stage): \(done) of \(total)") }
        }
        Terminal.show(asJSON: output.asJSON, result.json, people: result.text)
        guard result.precision >= minimumPrecision ?? 0, result.recall >= minimumRecall ?? 0 else {
            throw Problem(.verificationFailed, "Precision or recall is below what was asked for.")
        }
    }
}
