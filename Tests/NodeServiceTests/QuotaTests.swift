import ConsortiumSupport
import Exchange
import NodeService
import Records
import Store
import Testing
import Vocabulary

@Suite("What a member may ask")
struct QuotaTests {
    func stored(checks: Int64, misses: Int64) throws -> StoredConsortium {
        var stored = try StoredConsortium()
        try stored.consortium.changePolicy("quotas") { quotas in
            quotas.replacing(["application": JSON.object(["checks": .integer(checks), "misses": .integer(misses)])])
        }
        return stored
    }

    func refusal(_ stored: inout StoredConsortium, by member: Int) async -> Problem? {
        await #expect(throws: Problem.self) {
            try await stored.consortium.ask(about: Person("nobody"), by: member, mode: .soft)
        }
    }

    @Test("a day's checks are counted over restarts, and anew the next day")
    func checks() async throws {
        var stored = try stored(checks: 3, misses: 3)
        for _ in 0..<2 { try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft) }
        try stored.restart()
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .hard)
        let problem = await refusal(&stored, by: 0)
        #expect(problem?.code == .budgetExhausted && problem?.hint != nil)
        // Another member's day is its own, and another purpose too.
        try await stored.consortium.ask(about: Person("p"), by: 1, mode: .soft)
        try stored.restart()
        #expect(await refusal(&stored, by: 0)?.code == .budgetExhausted)
        stored.consortium.clock.advance(days: 1)
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft)
    }

    @Test("who asks about many that nobody knows is stopped sooner")
    func misses() async throws {
        var stored = try stored(checks: 100, misses: 2)
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L", .applied, of: Person("known"), at: now), by: 1)
        for _ in 0..<5 { try await stored.consortium.ask(about: Person("known"), by: 0, mode: .soft) }
        for _ in 0..<2 { try await stored.consortium.ask(about: Person("nobody"), by: 0, mode: .soft) }
        #expect(await refusal(&stored, by: 0)?.code == .budgetExhausted)
    }

    @Test("a batch is allowed as a whole or not at all")
    func batches() async throws {
        var stored = try stored(checks: 10, misses: 10)
        let people = (0..<6).map { Person("p\($0)") }
        _ = try await stored.consortium.askBatch(about: people, by: 0, name: "one")
        let problem = await #expect(throws: Problem.self) {
            _ = try await stored.consortium.askBatch(about: people, by: 0, name: "two")
        }
        #expect(problem?.code == .budgetExhausted)
        _ = try await stored.consortium.askBatch(about: Array(people.prefix(4)), by: 0, name: "three")
        #expect(await refusal(&stored, by: 0)?.code == .budgetExhausted)
    }

    @Test("an answer that could not be stored was not spent")
    func failures() async throws {
        var stored = try stored(checks: 1, misses: 1)
        stored.faults.set(.append, .full)
        #expect(await refusal(&stored, by: 0)?.code == .storageFull)
        stored.faults.clear()
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft)
        #expect(await refusal(&stored, by: 0)?.code == .budgetExhausted)
    }

    @Test("a reservation counts as a check, a repeated one, a confirmation and a release do not")
    func reservations() async throws {
        var stored = try stored(checks: 2, misses: 2)
        for _ in 0..<2 { try await stored.consortium.reserve("r", Person("p"), by: 0) }
        _ = try await stored.consortium.confirm("r", by: 0)
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft)
        #expect(await refusal(&stored, by: 0)?.code == .budgetExhausted)
        let problem = await #expect(throws: Problem.self) {
            try await stored.consortium.reserve("another", Person("p"), by: 0)
        }
        #expect(problem?.code == .budgetExhausted)
        #expect(try await stored.consortium.confirm("r", by: 0, releases: true)["status"] == "released")
    }

    @Test("who furnishes nothing of what it asks for loses its right to check, and gets it back")
    func reciprocity() async throws {
        var stored = try StoredConsortium()
        try stored.consortium.changePolicy("reciprocity") { rules in
            rules.replacing([
                "graceDays": 0, "minimumChecks": 1, "minimumFreshPercent": 0, "minimumCompletePercent": 100,
                "outcomeDays": 1,
            ])
        }
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .hard)
        stored.consortium.clock.advance(days: 3)
        let problem = await refusal(&stored, by: 0)
        #expect(problem?.code == .notEntitled && problem?.hint?.contains("/v1/furnishing") == true)
        let standing = try await stored.consortium.session(of: 0).furnishing()
        #expect(standing["mayCheck"] == false)
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L", .refused, of: Person("p"), at: now), by: 0)
        stored.consortium.clock.advance(seconds: 61)
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft)
        #expect(try await stored.consortium.session(of: 0).furnishing()["mayCheck"] == true)
    }

    @Test("what others have not read is no member's business")
    func unacknowledged() async throws {
        var stored = try StoredConsortium()
        let session = stored.consortium.session(of: 0)
        let problem = await #expect(throws: Problem.self) { try await session.unacknowledged() }
        #expect(problem?.code == .notEntitled)
    }

    @Test("the report on outcomes is made once an hour, whoever asks")
    func outcomes() async throws {
        var stored = try StoredConsortium()
        let first = try await stored.consortium.session(of: 0).outcomes()
        try await stored.consortium.ask(about: Person("p"), by: 0)
        #expect(try await stored.consortium.session(of: 1).outcomes() == first)
        stored.consortium.clock.advance(seconds: 3600)
        let second = try await stored.consortium.session(of: 1).outcomes()
        #expect(second["knownSize"]?.integer ?? 0 > first["knownSize"]?.integer ?? 0)
    }
}
