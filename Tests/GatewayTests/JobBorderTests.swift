import Exchange
import ExchangeFakes
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

@Suite("What a job refuses")
struct JobBorderTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    func code(_ method: String, _ path: String, _ body: String = "") async throws -> String? {
        try JSON(parsing: await fixture.call(method, path, body).body)["code"]?.string
    }

    @Test("a description out of its bounds is refused by its field", arguments: [
        #""kind":"people","format":"csv","name":"a""#, #""kind":"checks","format":"xlsx","name":"a""#,
        #""kind":"checks","format":"csv""#, #""kind":"checks","format":"csv","name":"a","profile":"all""#,
        #""kind":"records","format":"csv","name":"a","mode":"hard""#,
        #""kind":"checks","format":"csv","name":"a","more":1"#, #""job":"1","kind":"checks","format":"csv","name":"a""#,
    ])
    func descriptions(text: String) async throws {
        #expect(await fixture.call("POST", "/v1/jobs", "{\(text)}").status == 400)
    }

    @Test("the same id opens the same job again and no other")
    func sameID() async throws {
        #expect(try await fixture.openJob("checks")["state"] == "open")
        #expect(try await fixture.openJob("checks")["state"] == "open")
        #expect(try await fixture.openJob("checks", "ndjson")["code"] == "recordConflict")
    }

    @Test("a chunk comes twice alike or not at all, and none is missing at the start")
    func chunks() async throws {
        try await fixture.openJob("checks")
        #expect(await fixture.call("PUT", Fixture.jobPath + "/chunks/0", "a,b").status == 200)
        #expect(await fixture.call("PUT", Fixture.jobPath + "/chunks/0", "a,b").status == 200)
        #expect(try await code("PUT", Fixture.jobPath + "/chunks/0", "a,c") == "recordConflict")
        #expect(try await code("POST", Fixture.jobPath + "/start", #"{"chunks":2}"#) == "notAdmissible")
        #expect(await fixture.call("PUT", Fixture.jobPath + "/chunks/2", "c").status == 200)
        #expect(try await code("POST", Fixture.jobPath + "/start", #"{"chunks":1}"#) == "notAdmissible")
        for path in ["/chunks/-1", "/chunks/2048", "/chunks/x", "/chunks", "/pieces/1"] {
            #expect(try await code("PUT", Fixture.jobPath + path, "a") == "notFound", "\(path)")
        }
        #expect(try await code("PUT", Fixture.jobPath + "/chunks/1", "") == "invalidField")
    }

    @Test("a header row that names no known column ends the job, and says so")
    func header() async throws {
        try await fixture.openJob("checks")
        try await fixture.send("phone,shoeSize\n12,44\n")
        #expect(await fixture.gateway.jobs.drain() == nil)
        let status = try await fixture.status()
        #expect(status["state"] == "failed")
        #expect(status["problem"]?["path"] == "header")
    }

    @Test("a cancelled job takes no more, asks nothing more, and keeps what it had")
    func cancelled() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(10))
        #expect(try await code("DELETE", Fixture.jobPath + "/results") == "notFound")
        #expect(try await fixture.status()["state"] == "running")
        #expect(await fixture.call("DELETE", Fixture.jobPath).status == 200)
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(fixture.boughtElements == 0)
        #expect(try await fixture.status()["state"] == "cancelled")
        #expect(try await code("PUT", Fixture.jobPath + "/chunks/9", "a") == "notAdmissible")
    }

    @Test("an unknown job, page or batch is not found")
    func unknown() async throws {
        #expect(try await code("GET", Fixture.jobPath) == "unknownRecord")
        try await fixture.openJob("checks")
        #expect(try await code("GET", Fixture.jobPath + "/pages") == "notFound")
        #expect(try await code("GET", Fixture.jobPath + "/batches/\(Samples.id(1))") == "unknownRecord")
        #expect(try await code("GET", Fixture.jobPath + "/results?from=-1") == "invalidField")
        #expect(try await code("GET", "/v1/jobs/nothing") == "invalidField")
    }

    @Test("the file holds nothing of a job in clear, and its chunks are gone once read")
    func sealed() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(10))
        _ = await fixture.gateway.jobs.step()
        for suffix in ["", "-wal"] {
            let bytes = try FileSystem.read(fixture.outboxFile + suffix, as: .open, limit: 1 << 26)
            #expect(!bytes.contains(Array("13912310000".utf8)))
            #expect(!bytes.contains(Array("applicationRef".utf8)))
        }
        let jobs = await fixture.dependenciesOutbox.jobs
        await #expect(throws: Problem.self) { _ = try await jobs.chunk(0, of: Fixture.jobID) }
    }
}
