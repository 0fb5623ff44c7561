import Records
import Simulation
import Sodium
import Testing
import Vocabulary

@Suite("A simulated consortium")
struct SimulationTests {
    private func digest(of simulation: Simulation) -> String {
        var bytes: [UInt8] = []
        _ = simulation.writeNDJSON { (piece: [UInt8]) in bytes += piece }
        simulation.writeTruth { (piece: [UInt8]) in bytes += piece }
        bytes += simulation.membersDocument.bytes
        return Hex.encode(SHA256.hash(bytes).value.bytes)
    }

    /// Another digest is right only where the simulation or one of the policy's lists was changed on purpose.
    @Test("the same seed gives the same bytes, on every machine")
    func sameBytes() throws {
        let expected = "ee2dd842953f22b70c8aec706f75517798b22d52ca990e6e2387e0d750fdde79"
        let digest = try digest(of: Fixture.simulation(seed: 1, persons: 100, days: 120))
        #expect(digest == expected)
    }

    @Test("a world with communities too is the same bytes everywhere")
    func sameCommunities() throws {
        let expected = "3fc8fd83519474046b229ec353946c04f2d4d9414cd0fb0cca14f4181d5ef628"
        let digest = try digest(of: Fixture.simulation(seed: 1, persons: 400, days: 90, communities: true))
        #expect(digest == expected)
    }

    @Test("another seed gives another year")
    func otherSeed() throws {
        let seeds: [UInt64] = [1, 2, 3]
        let digests = try seeds.map { try digest(of: Fixture.simulation(seed: $0, persons: 60, days: 60)) }
        #expect(Set(digests).count == 3)
    }

    @Test("events come in the order in which they are received, within the simulated time")
    func order() throws {
        let parameters = try Fixture.simulation().parameters
        let times = try Fixture.year.get().map(\.receivedTime)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times.allSatisfy { $0 >= parameters.start && $0 < parameters.end })
    }

    @Test("a line says nothing of the truth, and is one line of JSON that our own reader takes")
    func lines() throws {
        for event in try Fixture.year.get().prefix(500) {
            let bytes = event.line.bytes
            #expect(!bytes.contains(UInt8(ascii: "\n")))
            let json = try JSON(parsing: bytes)
            #expect(json["member"]?.string == event.member.name)
            #expect([json["record"], json["check"], json["dispute"]].compactMap { $0 } == [event.document])
            #expect(json["labels"] == nil && json["person"] == nil)
        }
    }

    @Test("what is planned grows with the population, not with the years")
    func boundedMemory() throws {
        let simulation = try Fixture.simulation(persons: 80, days: 1800)
        var highest = 0
        var count = 0
        while simulation.next() != nil {
            highest = max(highest, simulation.pendingCount)
            count += 1
        }
        #expect(count > 5000)
        #expect(highest < 80 * 8)
    }

    @Test("every class, stage, channel, due bucket and kind of record occurs")
    func coverage() throws {
        let policy = try Fixture.policy.get()
        var found: Set<String> = []
        for event in try Fixture.year.get() + Fixture.town.get().events {
            found.insert(event.member.memberClass)
            for name in ["stage", "channel", "kind", "dueBucket"] {
                if let text = event.document[name]?.string { found.insert(text) }
            }
        }
        let kinds = RecordKind.allCases.map { String(describing: $0) }
        let names =
            policy.memberClasses.map(\.name.text) + LoanStage.allCases.map(\.name) + LoanChannel.allCases.map(\.name)
            + DueBucket.allCases.map(\.label) + kinds
        #expect(names.filter { !found.contains($0) } == [])
    }

    @Test("mistakes are taken back, some things are told weeks late, and some loans are older than the simulation")
    func labels() throws {
        let events = try Fixture.year.get()
        let mistaken = events.filter { $0.labels.contains(.mistake) }
        let retracted = Set(events.compactMap { $0.document["retracts"]?.string })
        let last = try #require(events.last).receivedTime.adding(seconds: -61 * 86_400)
        for event in mistaken where event.receivedTime < last {
            #expect(retracted.contains(event.document["recordID"]?.string ?? ""))
        }
        #expect(mistaken.count > 20)
        for event in events where event.labels.contains(.late) {
            let told = try Instant(event.document["eventTime"]?.string ?? "")
            #expect(event.receivedTime.milliseconds - told.milliseconds > 7 * 86_400_000)
        }
        #expect(events.contains { $0.labels.contains(.late) } && events.contains { $0.labels.contains(.book) })
    }

    @Test("disputes are left out where nobody can play them")
    func withoutDisputes() throws {
        let simulation = try Fixture.simulation(seed: 3, persons: 300, disputes: false)
        while let event = simulation.next() {
            if case .dispute = event.content { Issue.record("a dispute") }
            #expect(event.document["kind"] != "disputeOutcome")
        }
    }
}
