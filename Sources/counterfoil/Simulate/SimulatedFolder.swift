import Glibc
import Registry
import Simulation
import Vocabulary

/// The folder that a simulation is written into.
struct SimulatedFolder {
    let path: String
    let replaces: Bool

    struct Made {
        let folder: String
        let parameters: SimulationParameters
        let events: Int
    }

    func write(_ simulation: Simulation) throws(Problem) -> Made {
        try prepare()
        let members = Array(simulation.membersDocument.prettyText.utf8)
        try FileSystem.write(members, to: "\(path)/\(Simulation.membersFile)", as: .open, replacing: true)
        let events = try writeEvents(of: simulation)
        let truth = try ResultSink("\(path)/\(Simulation.truthFile)")
        try simulation.writeTruth { (piece) throws(Problem) in try truth.write(piece) }
        try truth.close()
        return Made(folder: path, parameters: simulation.parameters, events: events)
    }

    private func writeEvents(of simulation: Simulation) throws(Problem) -> Int {
        let sink = try ResultSink("\(path)/\(Simulation.eventsFile)")
        let parameters = simulation.parameters
        var progress = Progress(total: 0, what: "events")
        let count = try simulation.writeNDJSON(
            to: { (piece) throws(Problem) in try sink.write(piece) },
            progress: { count, reached in
                progress.reach(count, of: parameters.expectedEvents(after: count, at: reached))
            })
        progress.finish()
        try sink.close()
        return count
    }

    private func prepare() throws(Problem) {
        try FileSystem.makeFolder(path)
        guard replaces || Self.isEmpty(path) else {
            throw Problem(
                .configurationInvalid, "The folder \(path) is not empty.",
                hint: "Choose another folder, or add --force to replace the files of the same names.")
        }
    }

    private static func isEmpty(_ folder: String) -> Bool {
        guard let handle = opendir(folder) else { return false }
        defer { closedir(handle) }
        var entries = 0
        // The folder itself and the one above it stand in every folder.
        while entries <= 2, readdir(handle) != nil { entries += 1 }
        return entries == 2
    }
}

extension SimulationParameters {
    /// How many events there will be, if they go on as they came so far.
    func expectedEvents(after count: Int, at reached: Instant) -> Int {
        let elapsed = max(1, reached.milliseconds - start.milliseconds)
        let all = end.milliseconds - start.milliseconds
        return max(count, Int(Double(count) * Double(all) / Double(elapsed)))
    }
}

extension SimulatedFolder.Made {
    var json: JSON {
        .object([
            "folder": .string(folder), "events": .number(events), "seed": .string(String(parameters.seed)),
            "persons": .number(parameters.persons), "members": .number(parameters.members),
            "start": .string(parameters.start.description), "days": .number(parameters.days),
        ])
    }

    var text: String {
        "\(events) events of \(parameters.persons) persons at \(parameters.members) members "
            + "in \(parameters.days) days, seed \(parameters.seed), in \(folder).\n"
    }
}
