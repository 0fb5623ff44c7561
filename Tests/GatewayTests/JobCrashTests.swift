import Exchange
import ExchangeFakes
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Jobs killed anywhere")
struct JobCrashTests {
    static let rows = 12
    static let people = rows / 2

    static func fixture() async throws -> Fixture {
        let fixture = try Fixture { $0.jobSizes = JobSizes(checks: 4, longChecks: 2, records: 4) }
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(rows), chunk: 100)
        return fixture
    }

    /// All rows answered once, every token bought once, and no batch sent with two contents.
    static func requireWhole(_ fixture: Fixture) async throws {
        #expect(try await fixture.status()["state"] == "done")
        #expect(try await fixture.lines().compactMap { $0["row"]?.integer } == (2...Int64(rows) + 1).map { $0 })
        let threshold = fixture.consortium.sample.chain.current.tokenKeys.threshold
        #expect(fixture.boughtElements == people * threshold)
        #expect(try await fixture.status()["tokens"]?["bought"]?.integer == Int64(people))
        var contents: [String: Set<[UInt8]>] = [:]
        for request in fixture.consortium.node.with({ $0.batches }) {
            let batch = try CheckBatch<CommittedIdentifier>(parsing: request.envelope.payload)
            contents["\(batch.batch)", default: []].insert(request.envelope.json.bytes)
        }
        #expect(contents.count == rows / 4)
        #expect(contents.values.allSatisfy { $0.count == 1 })
    }

    @Test("killed after every single step, it goes on and pays nothing twice")
    func everyStep() async throws {
        let fixture = try await Self.fixture()
        var steps = 0
        while await fixture.gateway.jobs.step() != .idle, steps < 100 {
            try fixture.killAndReopen()
            steps += 1
        }
        #expect(steps > 8)
        try await Self.requireWhole(fixture)
    }

    @Test("killed once, after any number of steps, it goes on and pays nothing twice", arguments: 0..<12)
    func once(after count: Int) async throws {
        let fixture = try await Self.fixture()
        for _ in 0..<count { _ = await fixture.gateway.jobs.step() }
        try fixture.killAndReopen()
        #expect(await fixture.gateway.jobs.drain() == nil)
        try await Self.requireWhole(fixture)
    }

    @Test("killed with the tokens bought and nothing signed, or with an answer lost, it goes on", arguments: 0..<6)
    func between(failing call: Int) async throws {
        let fixture = try await Self.fixture()
        var steps = 0
        var failed = false
        while steps < 100 {
            // The node takes the batch, and its answer never arrives here.
            if steps >= call, !failed {
                failed = true
                fixture.consortium.node.with { $0.failures = [Problem(.nodeUnavailable, "The line broke.")] }
            }
            let step = await fixture.gateway.jobs.step()
            if step == .idle { break }
            try fixture.killAndReopen()
            fixture.consortium.clock.advance(seconds: 2)
            steps += 1
        }
        try await Self.requireWhole(fixture)
    }

    @Test("a job of records killed after every step furnishes each record once")
    func records() async throws {
        let fixture = try Fixture { $0.jobSizes = JobSizes(records: 4) }
        try await fixture.openJob("records")
        let rows = (0..<10).map { "2020-05-01T09:00:00Z,loan-\($0),applied,139123\(10_000 + $0)" }
        try await fixture.send((["eventTime,loanRef,stage,phone"] + rows).joined(separator: "\n"), chunk: 64)
        while await fixture.gateway.jobs.step() != .idle {
            try fixture.killAndReopen()
            _ = await fixture.gateway.delivery.deliverNext()
        }
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(fixture.consortium.node.with { $0.order.count } == 10)
        #expect(try await fixture.lines().count == 10)
        let threshold = fixture.consortium.sample.chain.current.tokenKeys.threshold
        #expect(fixture.boughtElements == 10 * threshold)
    }
}
