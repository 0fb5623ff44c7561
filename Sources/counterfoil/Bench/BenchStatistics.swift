import ArgumentParser
import Bench
import Exchange
import Lending
import Records
import Registry
import Simulation
import Vocabulary

/// `counterfoil bench statistics`
struct BenchStatistics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Play simulated events into the core and write what it answers about many persons.",
        discussion: """
            Writes one line a person: who asked when about which identifiers, and every cell of the profile `full` as \
            computed and as told. scripts/verify-statistics recomputes them from the same events and compares.
            """)

    @Option(help: ArgumentHelp("What `counterfoil simulate` wrote, without match keys.", valueName: "folder"))
    var events: String

    @Option(help: ArgumentHelp("How many persons are asked about.", valueName: "number"))
    var subjects = 2000

    @Option(help: ArgumentHelp("Chooses the same questions again.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Where to write; default cells.ndjson beside the events.", valueName: "file"))
    var cells: String?

    @Option(help: ArgumentHelp("One member asks everything; else many do.", valueName: "member"))
    var asker: String?

    @OptionGroup var policy: BenchPolicy

    func validate() throws {
        guard (1...1_000_000).contains(subjects) else {
            throw ValidationError("--subjects is between 1 and 1,000,000.")
        }
    }

    func run() throws {
        let began = Instant.now
        var random = SplitMix64(seed: seed)
        let (player, applicants) = try play(&random)
        Terminal.note(
            "bench: \(player.eventCount) events, \(player.stage.entryCount) entries in \(seconds(since: began)) s")
        let asker = try named(in: player.stage)
        let path = cells ?? "\(events)/cells.ndjson"
        let file = try TextFile(path)
        for (number, applicant) in applicants.enumerated() {
            let question = try CellQuestion(about: applicant, player: player, asker: asker, random: &random)
            try file.write(question.line(player.stage, withNames: number == 0).bytes)
        }
        try file.finish()
        Terminal.note("bench: \(applicants.count) persons asked about in \(path); \(seconds(since: began)) s in all")
    }

    /// Plays every event, and draws as many applicants as are asked for, all with the same chance (Vitter 1985,
    /// algorithm R).
    private func play(_ random: inout SplitMix64) throws -> (EventPlayer, [EventPlayer.Applicant]) {
        var lines = try LineFile("\(events)/\(Simulation.eventsFile)")
        guard let first = lines.next() else {
            throw Problem(.configurationInvalid, "The events file is empty.")
        }
        let start = try start(of: first)
        let stage = try CoreStage(members: try members(), policy: try policy.read(), now: start)
        var player = EventPlayer(stage, start: start)
        var drawn: [EventPlayer.Applicant] = []
        drawn.reserveCapacity(subjects)
        var met = 0
        var line: [UInt8]? = first
        while let current = line {
            if let applicant = try player.play(current) {
                met += 1
                if drawn.count < subjects {
                    drawn.append(applicant)
                } else {
                    let place = Int.random(in: 0..<met, using: &random)
                    if place < subjects { drawn[place] = applicant }
                }
            }
            if player.eventCount.isMultiple(of: 200_000) {
                Terminal.note("bench: \(player.eventCount) events played …")
            }
            line = lines.next()
        }
        guard !drawn.isEmpty else { throw Problem(.configurationInvalid, "No event names an applicant.") }
        return (player, drawn)
    }

    private func start(of line: [UInt8]) throws(Problem) -> Instant {
        guard let text = (try? JSON(parsing: line))?["received"]?.string, let start = try? Instant(text) else {
            throw Problem(.configurationInvalid, "Line 1 of the events file does not say when it was received.")
        }
        return start
    }

    private func members() throws -> [(id: MemberID, memberClass: ListedName)] {
        let document = try JSON(parsing: try FileSystem.read("\(events)/\(Simulation.membersFile)", as: .open))
        var reader = try ObjectReader(document)
        return try reader.array("members", maximum: 1000, minimum: 2).enumerated().map { position, element in
            var fields = try ObjectReader(element, path: "members[\(position)]")
            return (
                try fields.parsed("member", as: MemberID.init),
                try fields.parsed("memberClass", as: ListedName.init)
            )
        }
    }

    private func named(in stage: CoreStage) throws(Problem) -> MemberID? {
        guard let asker else { return nil }
        guard let member = stage.members.first(where: { $0.name == asker }) else {
            throw Problem(.notFound, "There is no member \(asker) in \(Simulation.membersFile).")
        }
        return member
    }

    private func seconds(since began: Instant) -> Int { Int((Instant.now.milliseconds - began.milliseconds) / 1000) }
}
