import ArgumentParser
import Sodium
import Vocabulary

struct ReserveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reserve", abstract: "Register that an agreement is about to be signed, and learn who else does.",
        discussion: """
            Between signature and payout nobody sees the loan that another lender is about to give. A reservation \
            closes that gap: it is checked and registered in one step, so that of two lenders at the same instant the \
            second is told of the first at once, and the first by a notice. Confirm it when the money is out, release \
            it when nothing comes of it; else it ends by itself.

            Examples:
              counterfoil reserve --applicant applicant.json --application-ref A-17 --amount-band 5000-10000
              counterfoil reserve confirm 3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44 --application-ref A-17
            """,
        subcommands: [ReserveMake.self, ReserveConfirm.self, ReserveRelease.self], defaultSubcommand: ReserveMake.self)
}

struct ReserveMake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Make a reservation; what `reserve` alone does.")

    @OptionGroup(title: "Applicant") var applicant: ApplicantOptions

    @Option(help: ArgumentHelp("The lender's own reference of the application.", valueName: "reference"))
    var applicationRef: String

    @Option(help: "The product, of the policy's list.")
    var product: String?

    @Option(help: ArgumentHelp("The amount's band, such as 5000-10000.", valueName: "band"))
    var amountBand: String?

    @Option(help: ArgumentHelp("After how long it ends by itself. Default: the policy's.", valueName: "seconds"))
    var seconds: Int?

    @Option(
        help: ArgumentHelp("An id of one's own: the same one again gives the same reservation.", valueName: "uuid"))
    var reservation: RecordID?

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard seconds.map({ $0 > 0 }) ?? true else { throw ValidationError("--seconds is above 0.") }
    }

    func run() async throws {
        let answer = try await gateway.connection().post("/v1/reservations", try document(), isIdempotent: true)
        Terminal.show(asJSON: output.asJSON, answer, people: ReservationText.text(answer))
    }

    func document() throws(Problem) -> JSON {
        let id = reservation ?? RecordID(random: SystemRandom.bytes(16))
        return .object([
            "reservation": .string(id.description), "action": "reserve", "applicationRef": .string(applicationRef),
            "product": .optional(product), "amountBand": .optional(amountBand), "seconds": .optional(seconds),
            "applicant": try applicant.document(),
        ])
    }
}

struct ReserveConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Say that the agreement is concluded and the money on its way.")

    @OptionGroup var change: ReservationChange

    func run() async throws { try await change.run("confirm") }
}

struct ReserveRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "End a reservation of which nothing comes.")

    @OptionGroup var change: ReservationChange

    func run() async throws { try await change.run("release") }
}

/// A reservation that stands, named by its id.
struct ReservationChange: ParsableArguments {
    @Argument(help: ArgumentHelp("The reservation's id.", valueName: "reservation"))
    var reservation: RecordID

    @Option(help: ArgumentHelp("The application's reference that it was made under.", valueName: "reference"))
    var applicationRef: String

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func document(_ action: String) -> JSON {
        .object([
            "reservation": .string(reservation.description), "action": .string(action),
            "applicationRef": .string(applicationRef),
        ])
    }

    func run(_ action: String) async throws {
        let answer = try await gateway.connection().post("/v1/reservations", document(action), isIdempotent: true)
        Terminal.show(asJSON: output.asJSON, answer, people: ReservationText.text(answer))
    }
}

/// Where a reservation stands, and who else is about to lend.
enum ReservationText {
    static func text(_ answer: JSON) -> String {
        var text =
            "\(answer.text("status").uppercased()) \(answer.text("reservation")), "
            + (answer["status"] == "held" || answer["status"] == "confirmed" ? "until" : "ended")
            + " \(answer.text("expiresAt"))\n"
        // Confirming and releasing tell nothing about others.
        guard let others = answer["others"], answer["action"] != "confirm", answer["action"] != "release" else {
            return text
        }
        text +=
            "Elsewhere: \(others.text("live")) reservations of \(others.text("members")) lenders, "
            + "\(others.text("confirmed")) confirmed, \(others.text("signedNotFunded")) signed and not yet paid out.\n"
        if others.members?.contains(where: { $0.value == .null }) == true {
            text += "\(JSON.withheld) not told: too few lenders make it up\n"
        }
        return text
    }
}
