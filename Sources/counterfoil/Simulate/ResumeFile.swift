import Registry
import Simulation
import Vocabulary

/// Where a driven simulation keeps the place that it reached. A crash loses at most the last second, and what is posted
/// again then counts once, as records and checks carry their ids.
struct ResumeFile {
    let path: String

    func state(otherwise parameters: SimulationParameters) throws(Problem) -> DriveState {
        guard FileSystem.exists(path) else { return DriveState(parameters: parameters) }
        let json = try InputDocument.read(path)
        do throws(FieldFailure) { return try DriveState(json) } catch { throw Problem(error) }
    }

    func keep(_ state: DriveState) throws(Problem) {
        try FileSystem.write(Array(state.json.prettyText.utf8), to: path, as: .open, replacing: true)
    }
}

/// How far a driven simulation is.
struct DriveState: Equatable {
    let parameters: SimulationParameters
    /// Events of the simulation that are done with.
    var events = 0
    var records = 0
    var checks = 0
    var refused = 0

    init(parameters: SimulationParameters) { self.parameters = parameters }

    init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        let seed = try reader.parsed("seed") { (text) throws(DecodingFailure) in
            guard let seed = UInt64(text) else { throw .notCanonical }
            return seed
        }
        let persons = Int(try reader.integer("persons", in: 1...Int64(SimulationParameters.personLimit)))
        let members = Int(try reader.integer("members", in: 2...Int64(SimulationParameters.memberLimit)))
        let start = try reader.parsed("start") { (text) throws(DecodingFailure) in try Instant(text) }
        parameters = SimulationParameters(
            seed: seed, persons: persons, members: members, start: start,
            days: Int(try reader.integer("days", in: 1...3660)),
            composites: try reader.optionalBool("composites") ?? true, disputes: false,
            books: try reader.optionalBool("books") ?? true,
            communities: try reader.optionalBool("communities") ?? false)
        events = Int(try reader.integer("events", in: 0...Int64.max))
        records = Int(try reader.integer("records", in: 0...Int64.max))
        checks = Int(try reader.integer("checks", in: 0...Int64.max))
        refused = Int(try reader.integer("refused", in: 0...Int64.max))
        try reader.finish()
    }

    var json: JSON {
        .object([
            "seed": .string(String(parameters.seed)), "persons": .number(parameters.persons),
            "members": .number(parameters.members), "start": .string(parameters.start.description),
            "days": .number(parameters.days), "composites": .bool(parameters.composites),
            "books": .bool(parameters.books), "communities": .bool(parameters.communities),
            "events": .number(events), "records": .number(records),
            "checks": .number(checks), "refused": .number(refused),
        ])
    }

    var text: String {
        "\(events) events: \(records) records and \(checks) checks taken, \(refused) refused.\n"
    }

    /// - Throws: `configurationInvalid` where the kept place is one of another simulation.
    func requireSame(_ options: SimulationOptions, members: Int) throws(Problem) {
        let asked = options.parameters(start: parameters.start, members: members, disputes: false)
        guard asked == parameters else {
            throw Problem(
                .configurationInvalid, "The place kept is that of a simulation with other parameters.",
                hint: "Give the same ones to go on, or another --resume file to begin.")
        }
    }
}
