import ArgumentParser
import Vocabulary

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report fraud or default under a reason code.",
        discussion: """
            The gateway refuses a report without what its code and tier require, and says what is missing. The \
            evidence itself stays with the lender; only its digest is sent.

            Give --file for a report about several persons.

            Example:
              counterfoil report --applicant applicant.json --code FRD-FIRST-PARTY --tier E3 \\
                --ground first-payment-missed --evidence file.pdf --decision benefitTaken \\
                --reviewer r-17 --reviewer r-04 --event-time 2026-05-02T10:00:00+08:00
            """)

    @Option(
        help: ArgumentHelp(
            "The whole report as JSON, in place of all below; - reads standard input.", valueName: "file"))
    var file: String?

    @Option(help: "The reason code of the policy.")
    var code: String?

    @Option(help: "E1, E2, E3 or E4.")
    var tier: String?

    @Option(help: ArgumentHelp("When it happened, as 2026-05-02T10:00:00+08:00.", valueName: "time"))
    var eventTime: Instant?

    @Option(help: "perpetrator, associate or victim: what the person below is in it.")
    var role: String = "perpetrator"

    @Option(help: "A red flag or finding of the policy's list. Repeat for several.")
    var ground: [String] = []

    @Option(help: ArgumentHelp("The evidence's file; its SHA-256 is sent.", valueName: "file"))
    var evidence: String?

    @Option(help: ArgumentHelp("The SHA-256 of the evidence instead, in base64.", valueName: "base64"))
    var evidenceDigest: String?

    @Option(help: "refused, withdrawn, terminated or benefitTaken: what became of the product.")
    var decision: String?

    @Option(
        help: ArgumentHelp(
            "Who reviewed it, by an opaque reference. Repeat: from severity 4 on two.", valueName: "reference"))
    var reviewer: [String] = []

    @Option(help: ArgumentHelp("When the subject was told.", valueName: "time"))
    var notifiedAt: Instant?

    @Option(help: ArgumentHelp("The day it was over, as 2026-05-02.", valueName: "date"))
    var endedOn: String?

    @Option(help: ArgumentHelp("The person as JSON, as for `check`.", valueName: "file"))
    var applicant: String?

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var delivery: DeliveryOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file == nil) == (code != nil) else { throw ValidationError("Give --file, or --code and the rest.") }
        guard file != nil || eventTime != nil else { throw ValidationError("Say when it happened with --event-time.") }
        guard file != nil || applicant != nil else {
            throw ValidationError("Say who it is about with --applicant FILE.")
        }
    }

    func run() async throws {
        let connection = try gateway.connection()
        try await Furnishing(connection: connection, delivery: delivery, output: output)
            .send(try document(), to: "/v1/reports")
    }

    func document() throws(Problem) -> JSON {
        if let file { return try InputDocument.read(file) }
        let subject = JSON.object(["role": .string(role), "applicant": try applicant.map(InputDocument.read)])
        return .object([
            "eventTime": .optional(eventTime?.description), "code": .optional(code), "tier": .optional(tier),
            "endedOn": .optional(endedOn), "productDecision": .optional(decision),
            "grounds": ground.isEmpty ? nil : .strings(ground),
            "evidenceDigest": .optional(try FileDigest.base64(of: evidence, orGiven: evidenceDigest)),
            "subjectNotifiedAt": .optional(notifiedAt?.description),
            "reviewers": reviewer.isEmpty ? nil : .strings(reviewer), "subjects": .array([subject]),
        ])
    }
}
