import ArgumentParser
import Registry
import Simulation
import Vocabulary

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Make a consortium of invented persons: files, or traffic for live gateways.",
        discussion: """
            The same seed, parameters and policy give the same bytes. Nobody in it exists: identifiers are of ranges \
            that are given to nobody.

            With --out DIR three files are written: events.ndjson, what lenders tell and ask, a line an event in order \
            of receipt; truth.ndjson, what only the simulation knows of the persons; members.json, the lenders.

            With --gateways FILE the events are posted to running gateways. FILE is \
            {"gateways":[{"url":"http://127.0.0.1:7410","apiKeyFile":"m01.key"}, …]}, one a member, the largest first. \
            Members go side by side, each in its own order, and never further apart than --window events. Where a \
            gateway is busy all wait. The place reached is kept in a file, so that the same command goes on after an \
            interruption; what is posted twice counts once. Disputes are left out, as they answer to an answer.

            Examples:
              counterfoil simulate --seed 7 --persons 10000 --members 12 --days 365 --out simulated
              counterfoil simulate --seed 7 --persons 500 --days 30 --gateways gateways.json --rate 50/s
            """)

    @OptionGroup var parameters: SimulationOptions

    @Option(help: ArgumentHelp("Where the files go.", valueName: "folder"), completion: .directory)
    var out: String?

    @Flag(help: "Write into a folder that is not empty; files of the same names are replaced.")
    var force = false

    @Option(
        help: ArgumentHelp("The gateways to drive.", valueName: "file"), completion: .file(extensions: ["json"]))
    var gateways: String?

    @Option(help: ArgumentHelp("At most so many events, such as 50/s, 600/m or 5000/h.", valueName: "rate"))
    var rate: EventRate = EventRate(events: 50, seconds: 1)

    @Option(help: ArgumentHelp("How many events are under way at once.", valueName: "events"))
    var window = 256

    @Option(
        help: ArgumentHelp(
            "Where the place reached is kept. Default: the gateways' file and .progress.", valueName: "file"),
        completion: .file())
    var resume: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (out == nil) != (gateways == nil) else { throw ValidationError("Give --out FOLDER or --gateways FILE.") }
        guard (1...10_000).contains(window) else { throw ValidationError("--window is between 1 and 10000.") }
    }

    func run() async throws {
        let policy = try PolicyFile.read(parameters.policy)
        if let out {
            let made = try SimulatedFolder(path: out, replaces: force)
                .write(Simulation(parameters: parameters.parameters(start: nil, disputes: true), policy: policy))
            return Terminal.show(asJSON: output.asJSON, made.json, people: made.text)
        }
        guard let gateways else { return }
        let lenders = try GatewayList.read(gateways)
        guard parameters.members == nil || parameters.members == lenders.count else {
            throw Problem(
                .configurationInvalid, "\(gateways) names \(lenders.count) gateways, --members another number.")
        }
        let place = ResumeFile(path: resume ?? "\(gateways).progress")
        var state = try place.state(
            otherwise: parameters.parameters(start: midnight, members: lenders.count, disputes: false))
        try state.requireSame(parameters, members: lenders.count)
        try await GatewayDrive(lenders, rate: rate, window: window, place: place).run(&state, policy: policy)
        Terminal.show(asJSON: output.asJSON, state.json, people: state.text)
        if state.refused > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// The simulated time ends with yesterday where nothing else is said, so that its windows are today's.
    private var midnight: Instant {
        let day = Instant.now.milliseconds / 86_400_000
        return Instant(milliseconds: (day - Int64(parameters.days)) * 86_400_000)
    }
}

/// What the simulated consortium is made from.
struct SimulationOptions: ParsableArguments {
    @Option(help: "The seed: the same one gives the same bytes.")
    var seed: UInt64 = 1

    @Option(help: "How many persons.")
    var persons = 10_000

    @Option(help: ArgumentHelp("How many members. Default: 12, or as many as there are gateways.", valueName: "count"))
    var members: Int?

    @Option(help: "How many days.")
    var days = 365

    @Option(
        help: ArgumentHelp(
            "The first instant. Default: 2025-01-01T00:00:00Z; for gateways so that it ends today.", valueName: "time"))
    var start: Instant?

    @Flag(inversion: .prefixedNo, help: "Names, birth dates, addresses and employers, which make match keys.")
    var composites = true

    @Flag(inversion: .prefixedNo, help: "Objections of persons to reports; gateways are driven without.")
    var disputes = true

    @Flag(inversion: .prefixedNo, help: "Loans from before the first instant, furnished in the first days.")
    var books = true

    @Flag(help: "Families, dormitories, agencies, firms, lenders' staff and rings that hide.")
    var communities = false

    @Option(
        help: ArgumentHelp("The consortium's policy, a file or folder.", valueName: "path"), completion: .directory)
    var policy = "schemas/policy"

    func validate() throws {
        guard (1...SimulationParameters.personLimit).contains(persons) else {
            throw ValidationError("--persons is between 1 and \(SimulationParameters.personLimit).")
        }
        guard (2...SimulationParameters.memberLimit).contains(members ?? 2) else {
            throw ValidationError("--members is between 2 and \(SimulationParameters.memberLimit).")
        }
        guard (1...3660).contains(days) else { throw ValidationError("--days is between 1 and 3660.") }
    }

    /// - Parameter start: where it is not given otherwise.
    func parameters(start otherwise: Instant?, members count: Int? = nil, disputes: Bool) -> SimulationParameters {
        SimulationParameters(
            seed: seed, persons: persons, members: members ?? count ?? 12,
            start: start ?? otherwise ?? SimulationParameters.usualStart, days: days, composites: composites,
            disputes: self.disputes && disputes, books: books, communities: communities)
    }
}
