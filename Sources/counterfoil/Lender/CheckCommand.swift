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
              counterfoil check --applicant applicant.json --consent consent.pdf --soft \\
                --as-of 2026-01-31T00:00:00+08:00 --csv
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
    @OptionGroup var scope: ScopeOptions
    @OptionGroup(title: "Gateway") var gateway: GatewayOptions

    @Flag(help: "Show the counts under each kind of identifier beside those of the whole person.")
    var kinds = false

    @Flag(help: "Print one CSV row with its header: a column a statistic of the profile, of full where none is named.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard purpose != .furnish else { throw ValidationError("furnish is not a purpose of a check.") }
        guard scope.asOf == nil || isSoft else { throw ValidationError("--as-of goes with a soft check: add --soft.") }
        guard !csv || !output.asJSON else { throw ValidationError("Give --csv or --json.") }
    }

    private var isSoft: Bool { soft || purpose == .preScreen }

    func run() async throws {
        let connection = try gateway.connection()
        let answer = try await connection.post("/v1/checks", try document(), isIdempotent: true)
        if csv, let id = answer["check"]?.string {
            return Terminal.write(try await connection.text("/v1/answers/\(id)?format=csv"))
        }
        Terminal.show(asJSON: output.asJSON, answer, people: AnswerText(answer, showsKinds: kinds).text)
    }

    func document() throws(Problem) -> JSON {
        let id = RecordID(random: SystemRandom.bytes(16))
        return .object([
            "check": .string(id.description), "purpose": .string(purpose.rawValue),
            "mode": .string(isSoft ? "soft" : "hard"),
            "profile": .optional((scope.profile ?? (csv ? .full : nil))?.rawValue),
            "asOf": scope.moment,
            "applicationRef": .string(applicationRef ?? "cli-\(id)"),
            "consent": .string(try consent.digest()), "product": .optional(product),
            "applicant": try applicant.document(),
        ])
    }
}

/// How much an answer tells, and as of when.
struct ScopeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Which statistics. Default: the gateway's own choice.", valueName: "profile"))
    var profile: ProfileName?

    @Option(help: ArgumentHelp("Ask as of a past moment; soft checks only.", valueName: "time"))
    var asOf: Instant?

    @Option(
        help: ArgumentHelp(
            "With --as-of: received, what was known then, or events, what is known now of what happened until then.",
            valueName: "basis"), completion: .list(["received", "events"]))
    var basis: String?

    func validate() throws {
        guard basis == nil || asOf != nil else { throw ValidationError("--basis goes with --as-of.") }
        guard ["received", "events"].contains(basis ?? "received") else {
            throw ValidationError("--basis is received or events.")
        }
    }

    /// The `asOf` of a check's document.
    var moment: JSON? {
        asOf.map { .object(["instant": .string($0.description), "basis": .string(basis ?? "received")]) }
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
