import Exchange
import ExchangeClient
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Checks of a job, found by their ids")
struct JobAnswerTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture { $0.jobSizes = JobSizes(checks: 4, longChecks: 2) } }

    var node: FakeNode { fixture.consortium.node }

    /// What the node was asked in batches: each check's id and application.
    func asked() throws -> [(check: String, application: String)] {
        try node.with { $0.batches }.flatMap { request in
            try CheckBatch<CommittedIdentifier>(parsing: request.envelope.payload).checks.map {
                ($0.check.description, $0.applicationRef.text)
            }
        }
    }

    @Test("each has a file like that of a check asked alone, proven by its batch")
    func files() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(6))
        #expect(await fixture.gateway.jobs.drain() == nil)
        let lines = try await fixture.lines()
        #expect(lines.count == 6)
        for line in lines {
            let id = try #require(line["check"]?.string)
            let file = try await fixture.json("GET", "/v1/answers/\(id)")
            #expect(file.members?.map(\.name) == ["answer", "envelope", "request"])
            #expect(file["answer"]?.members == line.members.map { Array($0.dropFirst()) })
            let batch = try SealedRequest(parsing: try #require(file["request"]).bytes).asked()
            #expect(batch.checks.contains { $0.check.description == id })
            let envelope = try Envelope(try #require(file["envelope"]))
            #expect(envelope.isSigned(by: fixture.consortium.sample.answerKey.publicKey))
            #expect(envelope.hash.description == line["evidence"]?["envelopeHash"]?.string)
            let proof = try await fixture.json("GET", line["evidence"]?["answer"]?.string ?? "")
            #expect(proof["request"] == file["request"])
        }
        let single = await fixture.call("GET", "/v1/answers/\(lines[2]["check"]?.string ?? "")?format=csv")
        let table = await fixture.call("GET", Fixture.jobPath + "/results?from=4", accept: "text/csv")
        let row = String(decoding: table.body, as: UTF8.self).split(separator: "\r\n").first.map { $0.dropFirst(2) }
        #expect(String(decoding: single.body, as: UTF8.self).split(separator: "\r\n").last == row)
    }

    @Test("no answer is found for a row that was refused, a job that was forgotten or an id of nobody's")
    func unknown() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(4))
        node.with { $0.failures = [Problem(.wrongPurpose, "No.", path: "checks[2].purpose")] }
        #expect(await fixture.gateway.jobs.drain() == nil)
        let (refused, answered) = (try asked()[2].check, try asked()[0].check)
        #expect(await fixture.call("GET", "/v1/answers/\(refused)").errorCode == .unknownRecord)
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(77))").errorCode == .unknownRecord)
        #expect(await fixture.call("GET", "/v1/answers/\(answered)").status == 200)
        fixture.consortium.clock.advance(seconds: 31 * 86_400)
        await fixture.gateway.jobs.forgetOld()
        #expect(await fixture.call("GET", "/v1/answers/\(answered)").errorCode == .unknownRecord)
    }

    @Test("a notice about one carries its application, after a restart and while the answer is not here yet")
    func notices() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(8))
        // Two groups are answered, and the answer to the first comes only later.
        node.with { $0.failures = [Problem(.nodeUnavailable, "The line broke.")] }
        #expect(await fixture.gateway.jobs.drain() != nil)
        let all = try asked()
        #expect(Set(all.map(\.application)).isSuperset(of: ["app-0", "app-7"]))
        try fixture.killAndReopen()
        #expect(try await fixture.status()["rowsDone"] == 4)
        for (check, _) in all { node.release("alert", about: ["check": .string(check)]) }
        node.release("alert", about: ["check": .string(Samples.id(77).description)])
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .stored(all.count + 1))
        let notices = try #require(try await fixture.json("GET", "/v1/notices")["notices"]?.array)
        let references = notices.map { $0["about"]?["applicationRef"] }
        #expect(references == all.map { .string($0.application) } + [.null])
    }
}
