import ArgumentParser
import Foundation
import Simulation
import Testing
import Vocabulary

@testable import counterfoil

@Suite("The simulator on the command line")
struct SimulateCommandTests {
    static let small = ["--seed", "7", "--persons", "60", "--members", "3", "--days", "20"]

    static func simulation(_ arguments: [String] = small) throws -> Simulation {
        let options = try SimulationOptions.parse(arguments)
        return Simulation(parameters: options.parameters(start: nil, disputes: true), policy: try Fixture.policy())
    }

    @Test("the same seed writes the same bytes, another one others")
    func deterministic() throws {
        try Fixture.withFolder { folder in
            let made = try SimulatedFolder(path: "\(folder)/a", replaces: false).write(try Self.simulation())
            _ = try SimulatedFolder(path: "\(folder)/b", replaces: false).write(try Self.simulation())
            _ = try SimulatedFolder(path: "\(folder)/c", replaces: false).write(
                try Self.simulation(["--seed", "8"] + Self.small.dropFirst(2)))
            func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(folder)/\(name)")) }
            for file in ["events.ndjson", "truth.ndjson", "members.json"] {
                #expect(try bytes("a/\(file)") == bytes("b/\(file)"))
            }
            #expect(try bytes("a/events.ndjson") != bytes("c/events.ndjson"))
            let lines = try bytes("a/events.ndjson").count { $0 == 10 }
            #expect(made.events > 0 && made.events == lines)
        }
    }

    @Test("a folder with anything in it is left alone, unless told otherwise")
    func notEmpty() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("mine", to: "\(folder)/notes.txt")
            let problem = #expect(throws: Problem.self) {
                try SimulatedFolder(path: folder, replaces: false).write(try Self.simulation())
            }
            #expect(problem?.hint?.contains("--force") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
            #expect(throws: Never.self) {
                try SimulatedFolder(path: folder, replaces: true).write(try Self.simulation())
            }
        }
    }

    @Test(
        "a rate is so many events in a time",
        arguments: [
            ("50", 1), ("50/s", 1), ("50/m", 60), ("50/h", 3600),
        ])
    func rates(text: String, seconds: Int) throws {
        let rate = try #require(EventRate(argument: text))
        #expect(rate == EventRate(events: 50, seconds: seconds) && rate.duration(of: 100) == .seconds(2 * seconds))
    }

    @Test("anything else is no rate", arguments: ["", "0", "-1/s", "5/d", "5/s/s", "s", "/", "1000001"])
    func noRates(text: String) { #expect(EventRate(argument: text) == nil) }

    @Test("each member's events keep their order, records in groups, and no event is lost")
    func lanes() throws {
        let simulation = try Self.simulation()
        var events: [SimulatedEvent] = []
        while let event = simulation.next() { events.append(event) }
        let lanes = events.lanes(of: 3)
        for (member, steps) in lanes.enumerated() {
            let posted = steps.flatMap { step in
                switch step {
                case .records(let group): group
                case .check(let check): [check]
                }
            }
            let own = events.filter { event in
                if case .dispute = event.content { return false }
                return event.memberIndex == member
            }
            #expect(posted == own.map(\.document) && !posted.isEmpty)
            #expect(steps.allSatisfy { if case .records(let group) = $0 { group.count <= 100 } else { true } })
        }
    }

    @Test("the place reached is kept, and goes on only with the same simulation")
    func resuming() throws {
        try Fixture.withFolder { folder in
            let options = try SimulationOptions.parse(Self.small)
            let file = ResumeFile(path: "\(folder)/place")
            var state = try file.state(otherwise: options.parameters(start: Fixture.now, disputes: false))
            state.add(DriveOutcome(records: 5, checks: 2, refused: 1), events: 8)
            try file.keep(state)
            let found = try file.state(otherwise: options.parameters(start: nil, disputes: false))
            #expect(found == state && found.parameters.start == Fixture.now)
            #expect(throws: Never.self) { try found.requireSame(options, members: 3) }
            let other = try SimulationOptions.parse(["--seed", "8"] + Self.small.dropFirst(2))
            #expect(throws: Problem.self) { try found.requireSame(other, members: 3) }
        }
    }

    @Test(
        "a simulation goes to one place, and within its limits",
        arguments: [
            [], ["--out", "a", "--gateways", "b"], ["--out", "a", "--persons", "0"], ["--out", "a", "--members", "1"],
            ["--out", "a", "--days", "4000"], ["--gateways", "a", "--rate", "fast"],
            ["--gateways", "a", "--window", "0"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try SimulateCommand.parse(arguments) }
    }
}
