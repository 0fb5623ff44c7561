import ArgumentParser
import Vocabulary

/// A person in clear on the command line, or as a document of `schemas/gateway/applicant.schema.json`.
struct ApplicantOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The applicant as JSON; - reads standard input. Unlike the options below it does not show in the "
                + "machine's list of processes.", valueName: "file"))
    var applicant: String?

    @Option(
        help: ArgumentHelp(
            "A national ID; cn-rid where no scheme is named. Repeat for several.", valueName: "[scheme:]number"))
    var id: [String] = []

    @Option(help: "A phone number. Repeat for several.")
    var phone: [String] = []

    @Option(help: "A bank card's number. Repeat for several.")
    var card: [String] = []

    @Option(help: "An e-mail address. Repeat for several.")
    var email: [String] = []

    @Option(
        help: ArgumentHelp(
            "A device: imei, idfa, gaid, idfv, oaid, androidID or opaque, and its number. Repeat for several.",
            valueName: "type:number"))
    var device: [String] = []

    @Option(help: "The full name, in Han or Latin script. Repeat for former names.")
    var name: [String] = []

    @Option(help: ArgumentHelp("1990-01-31 or 19900131.", valueName: "date"))
    var birthDate: String?

    @Option(help: "The home address in one line. Repeat for several.")
    var address: [String] = []

    @Option(help: "The employer's name. Repeat for several.")
    var employer: [String] = []

    func validate() throws {
        let hasOptions = ![id, phone, card, email, device, name, address, employer].joined().isEmpty || birthDate != nil
        if applicant != nil, hasOptions {
            throw ValidationError("Give the applicant with --applicant or by the other options, not both.")
        }
        if applicant == nil, !hasOptions {
            throw ValidationError("Say who it is about: --applicant FILE, or --id, --phone, --name and so on.")
        }
        guard device.allSatisfy({ $0.contains(":") }) else {
            throw ValidationError("A device is written as type:number.")
        }
    }

    func document() throws(Problem) -> JSON {
        if let applicant { return try InputDocument.read(applicant) }
        return .object([
            "nationalIDs": list(id) { Self.pair("scheme", $0, otherwise: "cn-rid") },
            "phones": list(phone) { .string($0) }, "cards": list(card) { .string($0) },
            "emails": list(email) { .string($0) },
            "devices": list(device) { Self.pair("type", $0, otherwise: "opaque") },
            "names": list(name) { .object(["full": .string($0)]) },
            "birthDate": .optional(birthDate),
            "addresses": list(address) { .object(["line": .string($0)]) },
            "employers": list(employer) { .string($0) },
        ])
    }

    private func list(_ texts: [String], _ element: (String) -> JSON) -> JSON? {
        texts.isEmpty ? nil : .array(texts.map(element))
    }

    /// `scheme:number`, split at the first colon.
    private static func pair(_ first: String, _ text: String, otherwise standard: String) -> JSON {
        guard let colon = text.firstIndex(of: ":") else {
            return .object([JSON.Member(first, .string(standard)), JSON.Member("value", .string(text))])
        }
        return .object([
            JSON.Member(first, .string(String(text[..<colon]))),
            JSON.Member("value", .string(String(text[text.index(after: colon)...]))),
        ])
    }
}
