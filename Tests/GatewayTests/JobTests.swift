import Exchange
import ExchangeFakes
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

@Suite("Large files worked off")
struct JobTests {
    let fixture: Fixture

    init() throws {
        fixture = try Fixture { $0.jobSizes = JobSizes(checks: 4, longChecks: 2, records: 4, undelivered: 8) }
    }

    @Test("a file cut anywhere is read whole, each row answered as if asked alone", arguments: [7, 64, 1 << 20])
    func whole(chunk: Int) async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(10, bad: [3]), chunk: chunk)
        #expect(await fixture.gateway.jobs.drain() == nil)
        let status = try await fixture.status()
        #expect(status["state"] == "done")
        #expect(status["rowsRead"] == 10)
        #expect(status["rowsDone"] == 9)
        #expect(status["failed"] == 1)
        let lines = try await fixture.lines()
        #expect(lines.compactMap { $0["row"]?.integer } == [2, 3, 4, 6, 7, 8, 9, 10, 11])
        let errors = try await fixture.lines("errors")
        #expect(errors.count == 1)
        #expect(errors.first?["row"] == 5)
        #expect(errors.first?["column"] == "phone")
        #expect(errors.first?["error"] == "invalidIdentifier")
        let single = try await fixture.json("POST", "/v1/checks", Samples.check(1, applicant: Samples.person(0)).text)
        let names = (single.members ?? []).map(\.name).filter { !["check", "evidence"].contains($0) }
        #expect(!names.isEmpty)
        for name in names { #expect(lines.first?[name] == single[name], "\(name)") }
        #expect(lines.first?.members?.map(\.name) == ["row"] + (single.members ?? []).map(\.name))
    }

    @Test("a table has a column a statistic, and errors have theirs")
    func tables() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(5, bad: [0]))
        #expect(await fixture.gateway.jobs.drain() == nil)
        let results = await fixture.call("GET", Fixture.jobPath + "/results", accept: "text/csv")
        let rows = String(decoding: results.body, as: UTF8.self).split(separator: "\r\n")
        #expect(rows.count == 5)
        #expect(rows[0].hasPrefix("row,check,status,"))
        #expect(Set(rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1)
        let errors = await fixture.call("GET", Fixture.jobPath + "/errors", accept: "text/csv")
        let text = String(decoding: errors.body, as: UTF8.self)
        #expect(text.hasPrefix("row,error,column,detail\r\n2,invalidIdentifier,"))
    }

    @Test("lines of JSON are the documents of single checks, with their own profile and date")
    func lines() async throws {
        try await fixture.openJob("checks", "ndjson")
        var documents = (1...3).map { Samples.check($0, applicant: Samples.person(Int($0)), mode: "soft") }
        let extra = [
            JSON.Member("profile", "standard"), JSON.Member("asOf", .object(["instant": "2026-01-01T00:00:00Z"])),
        ]
        documents[1] = .object((documents[1].members ?? []) + extra)
        let text = documents.map(\.text).joined(separator: "\n") + "\n\n{\"purpose\":\n"
        try await fixture.send(text, chunk: 100)
        #expect(await fixture.gateway.jobs.drain() == nil)
        let lines = try await fixture.lines()
        #expect(lines.map { $0["check"]?.string } == (1...3).map { Samples.id($0).description })
        #expect(lines.map { $0["statistics"]?["profile"]?.string } == ["summary", "standard", "summary"])
        #expect(try await fixture.lines("errors").map { $0["error"]?.string } == ["malformedJSON"])
        let batches = fixture.consortium.node.with { $0.batches }
        let payloads = batches.map { String(decoding: $0.envelope.payload, as: UTF8.self) }
        #expect(payloads.filter { $0.contains(#""asOf":{"instant":"2026-01-01T00:00:00"#) }.count == 1)
    }

    @Test("the node's refusal of one check by its place is that row's alone")
    func refusedRow() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(4))
        fixture.consortium.node.with { $0.failures = [Problem(.wrongPurpose, "No.", path: "checks[2].purpose")] }
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(try await fixture.lines("errors").map { $0["row"]?.integer } == [4])
        #expect(try await fixture.lines().map { $0["row"]?.integer } == [2, 3, 5])
    }

    @Test("an overloaded node or an exhausted budget makes the job wait, and tell why")
    func pressure() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(4))
        let failures = [Problem(.overloaded, "Later."), Problem(.nodeUnavailable, "Away.")]
        fixture.consortium.node.with { $0.failures = failures }
        for code in ["overloaded", "nodeUnavailable"] {
            let until = try #require(await fixture.gateway.jobs.drain())
            let status = try await fixture.status()
            #expect(status["state"] == "running")
            #expect(status["obstacle"]?["code"]?.string == code)
            #expect(until > fixture.consortium.clock.now)
            fixture.consortium.clock.advance(seconds: 5)
        }
        #expect(await fixture.gateway.jobs.drain() == nil)
        let envelopes = fixture.consortium.node.with { $0.batches.map(\.envelope.json.bytes) }
        #expect(envelopes.count == 3)
        #expect(Set(envelopes).count == 1)
    }

    @Test(
        "an answer that lies is not stored",
        arguments: [FakeNode.Lie.answersSwapped, .answerLeftOut, .answerToAnotherBatch])
    func lies(lie: FakeNode.Lie) async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(4))
        fixture.consortium.node.with { $0.lie = lie }
        #expect(await fixture.gateway.jobs.drain() != nil)
        #expect(try await fixture.lines().isEmpty)
        #expect(try await fixture.status()["obstacle"]?["code"] == "verificationFailed")
    }

    @Test("tokens are bought once for a person met again, under the grant, and counted")
    func grant() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults + #","grant":"onboarding""#)
        try await fixture.send(Fixture.checks(8))
        #expect(await fixture.gateway.jobs.drain() == nil)
        let requests = fixture.consortium.custodians.flatMap(\.requests)
        #expect(requests.allSatisfy { $0.grant?.text == "onboarding" })
        let threshold = fixture.consortium.sample.chain.current.tokenKeys.threshold
        #expect(fixture.boughtElements == 4 * threshold)
        #expect(try await fixture.status()["tokens"]?["bought"] == 4)
    }

    @Test("records go to the outbox in portions, and their results are their states")
    func records() async throws {
        try await fixture.openJob("records")
        let rows = (0..<20).map { "2020-05-01T09:00:00Z,loan-\($0),applied,139123\(10_000 + $0)" }
        try await fixture.send((["eventTime,loanRef,stage,phone"] + rows).joined(separator: "\n"), chunk: 50)
        var rounds = 0
        while await fixture.gateway.jobs.drain() != nil, rounds < 20 {
            // Fewer than eight wait when a group is let in, and three groups of four may be let in at once.
            #expect(await fixture.dependenciesOutbox.queuedCount < 8 + 3 * 4)
            #expect(try await fixture.status()["obstacle"]?["code"] == "overloaded")
            #expect(await fixture.gateway.delivery.drain() == nil)
            fixture.consortium.clock.advance(seconds: 2)
            rounds += 1
        }
        #expect(rounds > 0)
        #expect(await fixture.gateway.delivery.drain() == nil)
        let lines = try await fixture.lines()
        #expect(lines.count == 20)
        #expect(lines.allSatisfy { $0["status"] == "delivered" })
        let threshold = fixture.consortium.sample.chain.current.tokenKeys.threshold
        #expect(fixture.boughtElements == 20 * threshold)
    }

    @Test("memory is bounded by the groups in flight, not by the file")
    func bounded() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(120), chunk: 500)
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(await fixture.gateway.jobs.mostHeldRows <= 3 * 4)
        #expect(try await fixture.status()["rowsDone"] == 120)
    }
}
