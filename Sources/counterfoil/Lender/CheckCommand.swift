import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Ask what other lenders know about an applicant.",
        discussion: """
            The lender's own gateway turns the applicant into tokens; nobody outside it learns who was asked about. \
            The answer is the node's, signed, and verified by the gateway.

            A hard check is recorded and counts in others' statistics; a soft one leaves no trace about the person. \
            The consent's document stays with the lender: only its digest is sent.

            Options show in the machine's list of processes and in the shell's history; --applicant does not.

            Examples:
              counterfoil check --applicant applicant.json --consent consent.pdf
              counterfoil check --id 110101190102040028 --phone 15400000101 \\
                --consent consent.pdf --soft
            """)

    @OptionGroup(title: "Applicant") var applicant: ApplicantOptions

    @Option(help: "application, monitoring, portfolioReview, guarantor, subjectAccess or preScreen.")
    var purpose: Purpose = .application

    @Flag(help: "Ask without leaving a trace about the person.")
    var soft = false

    @Option(
        help: ArgumentHelp(
            "The lender's own reference, which must say nothing of the person. Default: a random one.",
            valueName: "reference"))
    var applicationRef: String?

    @Option(help: "The product asked for, of the policy's list.")
    var product: String?

    @OptionGroup var consent: ConsentOptions
    @OptionGroup(title: "Gateway") var gateway: GatewayOptions

    @Flag(help: "Show the counts under each kind of identifier beside those of the whole person.")
    var kinds = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard purpose != .furnish else { throw ValidationError("furnish is not a purpose of a check.") }
    }

    func run() async throws {
        let connection = try gateway.connection()
        let answer = try await connection.post("/v1/checks", try document(), isIdempotent: true)
        Terminal.show(asJSON: output.asJSON, answer, people: AnswerText(answer, showsKinds: kinds).text)
    }

    func document() throws(Problem) -> JSON {
        let id = RecordID(random: SystemRandom.bytes(16))
        return .object([
            "check": .string(id.description), "purpose": .string(purpose.rawValue),
            "mode": .string(soft || purpose == .preScreen ? "soft" : "hard"),
            "applicationRef": .string(applicationRef ?? "cli-\(id)"),
            "consent": .string(try consent.digest()), "product": .optional(product),
            "applicant": try applicant.document(),
        ])
    }
}

/// The digest of what the subject consented to.
struct ConsentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The document of the subject's consent; its SHA-256 is sent.", valueName: "file"))
    var consent: String?

    @Option(help: ArgumentHelp("The SHA-256 of the consent instead, in base64.", valueName: "base64"))
    var consentDigest: String?

    func validate() throws {
        guard (consent == nil) != (consentDigest == nil) else {
            throw ValidationError("Give the subject's consent: --consent FILE or --consent-digest BASE64.")
        }
    }

    func digest() throws(Problem) -> String { try FileDigest.base64(of: consent, orGiven: consentDigest) ?? "" }
}

/// The digest of a document that stays with the lender.
enum FileDigest {
    private static let limit = 64 << 20

    static func base64(of path: String?, orGiven digest: String?) throws(Problem) -> String? {
        guard let path else { return digest }
        return SHA256.hash(try FileSystem.read(path, as: .open, limit: limit)).value.base64
    }
}
