import ArgumentParser
import Vocabulary

struct NoticesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices", abstract: "Read what came later to earlier checks: alerts and corrections.",
        discussion: """
            A report, a stacking burst or another's reservation that comes in after a check goes as an alert to those \
            who may still act on it; what was told and is taken back or changed goes as a correction to everyone who \
            was told. The gateway fetches, verifies and keeps them; a correction counts as acknowledged once the \
            lender's systems have seen it.

            Examples:
              counterfoil notices list --after 120
              counterfoil notices follow --json
              counterfoil notices seen 121 122
            """,
        subcommands: [NoticesList.self, NoticesFollow.self, NoticesSeen.self])
}

struct NoticesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the notices that the gateway holds.")

    @Option(help: ArgumentHelp("Only those above this number.", valueName: "sequence"))
    var after: UInt64 = 0

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 100

    @Option(
        help: ArgumentHelp("Only those waiting to be seen, taken or givenUp.", valueName: "state"),
        completion: .list(Self.states))
    var state: String?

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    private static let states = ["waiting", "taken", "givenUp"]

    func validate() throws {
        guard state.map(Self.states.contains) ?? true else {
            throw ValidationError("--state is \(Self.states.joined(separator: ", ")).")
        }
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is between 1 and 100000.") }
    }

    func run() async throws {
        let connection = try gateway.connection()
        var feed = NoticePages(connection, after: after, state: state)
        var notices: [JSON] = []
        while notices.count < limit {
            let page = try await feed.next(limit: limit - notices.count)
            notices += page
            if page.isEmpty { break }
        }
        let head = (feed.standing?.members ?? []).filter { !["notices", "cursor", "more"].contains($0.name) }
        let json = JSON.object(
            [JSON.Member("notices", .array(notices)), JSON.Member("cursor", .number(feed.cursor))] + head)
        Terminal.show(
            asJSON: output.asJSON, json, people: NoticeText.table(notices) + NoticeText.standing(feed.standing))
    }
}

struct NoticesFollow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Print notices as they come, until interrupted.",
        discussion: "With --json a line of NDJSON each. A gateway that is away for a while is asked again.")

    @Option(help: ArgumentHelp("Begin above this number; 0 begins with the oldest.", valueName: "sequence"))
    var after: UInt64 = 0

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var feed = NoticePages(try gateway.connection(), after: after)
        while true {
            let start = feed
            let (page, reached) = try await Patience(limit: .seconds(86_400)).attempt { () throws(Problem) in
                var feed = start
                return (try await feed.next(limit: 100), feed)
            }
            feed = reached
            for notice in page {
                Terminal.write(output.asJSON ? notice.text + "\n" : NoticeText.line(notice) + "\n")
            }
            if page.isEmpty { try await Task.sleep(for: .seconds(2)) }
        }
    }
}

struct NoticesSeen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seen", abstract: "Say that the lender has taken notices in.")

    @Argument(help: ArgumentHelp("The notices' numbers.", valueName: "sequence"))
    var sequences: [UInt64]

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connection = try gateway.connection()
        var states: [JSON] = []
        for sequence in sequences {
            states.append(try await connection.post("/v1/notices/\(sequence)/seen"))
        }
        let json = states.count == 1 ? states[0] : .array(states)
        Terminal.show(asJSON: output.asJSON, json, people: "\(sequences.count) noted as seen.\n")
    }
}
