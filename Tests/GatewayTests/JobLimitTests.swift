import ExchangeFakes
import Records
import Registry
import SQLite
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

@Suite("Jobs at their limits")
struct JobLimitTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture { $0.jobSizes = JobSizes(checks: 4, longChecks: 2, records: 4) } }

    func count(_ table: String) throws -> Int64? {
        try Connection(path: fixture.outboxFile, mode: .reader).integer("SELECT count(*) FROM \(table)")
    }

    @Test("a byte-order mark is no part of the first column, wherever the file is cut", arguments: [1, 7, 1 << 20])
    func mark(chunk: Int) async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send("\u{FEFF}" + Fixture.checks(6), chunk: chunk)
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(try await fixture.status()["state"] == "done")
        #expect(try await fixture.status()["rowsDone"] == 6)
    }

    @Test("a line too long is one refused row, however long it is", arguments: [1 << 20, (1 << 20) + 1, 2 << 20])
    func longLine(bytes: Int) async throws {
        try await fixture.openJob("checks", "ndjson")
        let long = String(repeating: "x", count: bytes)
        let good = [1, 2, 3].map { Samples.check($0, mode: "soft").text }
        try await fixture.send([good[0], long, good[1], long + "\n" + good[2]].joined(separator: "\n"), chunk: 1 << 19)
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(try await fixture.status()["state"] == "done")
        #expect(try await fixture.lines("errors").map { $0["row"]?.integer } == [2, 4])
        #expect(try await fixture.lines().map { $0["row"]?.integer } == [1, 3, 5])
    }

    @Test("a line too long at the end of the file, and one of a table, are one refused row each")
    func longEnd() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        let long = String(repeating: "x", count: 2 << 20)
        let row = Fixture.checks(1).split(separator: "\r\n")[1]
        try await fixture.send(Fixture.checks(2) + long + "\n" + row + "\n" + long)
        #expect(await fixture.gateway.jobs.drain() == nil)
        #expect(try await fixture.lines("errors").map { $0["row"]?.integer } == [4, 6])
        #expect(try await fixture.lines().map { $0["row"]?.integer } == [2, 3, 5])
    }

    @Test("a table's header comes once, also where the first row is still being asked")
    func header() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(2))
        _ = await fixture.gateway.jobs.step()
        let first = await fixture.call("GET", Fixture.jobPath + "/results?from=0", accept: "text/csv")
        let next = try #require(first.headers["counterfoil-next-row"])
        #expect(await fixture.gateway.jobs.drain() == nil)
        let second = await fixture.call("GET", Fixture.jobPath + "/results?from=\(next)", accept: "text/csv")
        let rows = String(decoding: first.body + second.body, as: UTF8.self).split(separator: "\r\n")
        #expect(next == "2")
        #expect(rows.count { $0.hasPrefix("row,") } == 1)
        #expect(rows.count == 3)
    }

    @Test("a job that is never started ends after a week, and its file goes in portions")
    func expired() async throws {
        try await fixture.openJob("checks")
        let jobs = await fixture.dependenciesOutbox.jobs
        for number in 0..<10 { try await jobs.put([1, 2, 3], as: number, of: Fixture.jobID) }
        fixture.consortium.clock.advance(seconds: 7 * 86_400 - 1)
        await fixture.gateway.jobs.forgetOld()
        #expect(try await fixture.status()["state"] == "open")
        fixture.consortium.clock.advance(seconds: 2)
        #expect(try await jobs.expireOne(
            openedBefore: fixture.consortium.clock.now.adding(seconds: -7 * 86_400), now: fixture.consortium.clock.now))
        #expect(try await fixture.status()["state"] == "failed")
        #expect(try await fixture.status()["problem"]?["code"] == "notAdmissible")
        #expect(try await jobs.forgetPortion(endedBefore: Instant(milliseconds: 0)))
        #expect(try count("job_chunk") == 10 - Int64(JobLimits.chunksForgotten))
        await fixture.gateway.jobs.forgetOld()
        #expect(try count("job_chunk") == 0)
        #expect(try count("job") == 1)
    }

    @Test("a job that ended a month ago goes whole, and no other")
    func forgotten() async throws {
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(10))
        #expect(await fixture.gateway.jobs.drain() == nil)
        await fixture.gateway.jobs.forgetOld()
        #expect(try count("job_row") == 10)
        fixture.consortium.clock.advance(seconds: 31 * 86_400)
        await fixture.gateway.jobs.forgetOld()
        for table in ["job", "job_row", "job_batch", "job_group", "job_chunk"] { #expect(try count(table) == 0) }
    }
}
