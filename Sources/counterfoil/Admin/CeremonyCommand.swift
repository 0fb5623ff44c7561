import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct CeremonyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ceremony", abstract: "Make the token keys and divide them among the custodians.",
        subcommands: [CeremonyDeal.self])
}

struct CeremonyDeal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deal", abstract: "Deal fresh token keys: a share file for each custodian, and the public part.",
        discussion: """
            For every key class (national ID, phone, card, device, e-mail, address and employer, staff, composite) a \
            fresh key is made and shared so that any THRESHOLD custodians together can evaluate tokens and fewer learn \
            nothing. Written to the folder: CUSTODIAN.share for each custodian (hand it over, then delete it here) and \
            ceremony.json (public, for `registry init`).

            The machine that deals knows the keys for a moment: use one without a network, and wipe it afterwards. \
            Share files are sealed under a passphrase each, unless --raw.
            """)

    @Option(help: "The consortium's name, as in the registry.")
    var consortium: String

    @Option(help: ArgumentHelp("A custodian and its address; repeat for each.", valueName: "name=url"))
    var custodian: [NamedArgument]

    @Option(help: "How many custodians are needed for a token.")
    var threshold: Int

    @Option(help: "The epoch of these keys; 1 for a new consortium.")
    var epoch: UInt32 = 1

    @Option(help: ArgumentHelp("The folder to write to; made if missing.", valueName: "folder"))
    var out: String

    @Flag(help: "Do not seal the share files; for custodians that start unattended.")
    var raw = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        guard (try? MemberID(consortium)) != nil, epoch > 0 else {
            throw Problem(
                .configurationInvalid, "The consortium's name or the epoch is not usable.",
                hint: "A name is 2 to 32 of a-z, 0-9 and '-', from a letter; epochs start at 1.")
        }
        let seats = try custodian.map { try Self.seat($0) }
        try refuseExisting(seats)
        let ceremony = try Ceremony.deal(
            consortium: consortium, epoch: KeyEpoch(epoch), threshold: threshold, seats: seats)
        // Sealed before anything is written: a passphrase that is refused leaves no half of a ceremony.
        let files = try ceremony.shares.map { shares in (shares.custodian, try file(for: shares)) }
        try FileSystem.makeFolder(out)
        for (custodian, file) in files { try file.write(to: "\(out)/\(custodian).share") }
        let publicPart = ceremony.outcome.json
        try FileSystem.write(Array(publicPart.prettyText.utf8), to: ceremonyPath, as: .open, replacing: false)
        Terminal.show(asJSON: output.asJSON, publicPart, people: summary(seats))
    }

    private var ceremonyPath: String { "\(out)/ceremony.json" }

    private static func seat(_ argument: NamedArgument) throws(Problem) -> Ceremony.Seat {
        do throws(DecodingFailure) {
            return Ceremony.Seat(id: try CustodianID(argument.name), url: try ServiceURL(argument.value))
        } catch {
            throw Problem(.configurationInvalid, "--custodian \(argument.name): \(error.explanation).")
        }
    }

    private func refuseExisting(_ seats: [Ceremony.Seat]) throws(Problem) {
        for path in seats.map({ "\(out)/\($0.id).share" }) + [ceremonyPath] where FileSystem.exists(path) {
            throw Problem(
                .configurationInvalid, "\(path) exists already and is not overwritten.",
                hint: "Deal into an empty folder. Shares that are in use cannot be made again.")
        }
    }

    private func file(for shares: CustodianShares) throws(Problem) -> ShareFile {
        if raw { return ShareFile(shares) }
        let passphrase = try Passphrase.askNew("New passphrase for custodian \(shares.custodian): ")
        return try ShareFile(shares, passphrase: passphrase)
    }

    private func summary(_ seats: [Ceremony.Seat]) -> String {
        var table = Table("CUSTODIAN", "INDEX", "ADDRESS", "SHARE FILE")
        for (position, seat) in seats.enumerated() {
            table.add(seat.id.name, String(position + 1), seat.url.description, "\(out)/\(seat.id).share")
        }
        return table.text + "\nAny \(threshold) of \(seats.count) evaluate tokens of epoch \(epoch). "
            + "Public part: \(ceremonyPath)\nHand each share file to its custodian, then delete it here.\n"
    }
}
