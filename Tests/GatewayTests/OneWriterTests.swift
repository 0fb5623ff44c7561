import ExchangeFakes
import Foundation
import Records
import Registry
import SQLite
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

@Suite("One connection writes the gateway's file")
struct OneWriterTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture { $0.jobSizes = JobSizes(checks: 4, longChecks: 2, records: 4) } }

    /// How often this process has the file open: every connection opens it once.
    var openings: Int {
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let name = "/" + (fixture.outboxFile.split(separator: "/").suffix(2).joined(separator: "/"))
        return descriptors.count { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
            return target?.hasSuffix(name) ?? false
        }
    }

    @Test("checks, records and a job at once, with every read after them, open it once", .enabled(if: hasProc))
    func once() async throws {
        #expect(openings == 1)
        try await fixture.openJob("checks", "csv", Fixture.checkDefaults)
        try await fixture.send(Fixture.checks(24), chunk: 100)
        await withTaskGroup(of: Void.self) { tasks in
            let (gateway, door) = (fixture.gateway, fixture.door)
            tasks.addTask { _ = await gateway.jobs.drain() }
            for number in 1...8 as ClosedRange<UInt64> {
                tasks.addTask {
                    _ = await door.call("POST", "/v1/records", Samples.loan(number).text)
                    _ = await door.call("POST", "/v1/checks", Samples.check(number + 100).text)
                    _ = await gateway.delivery.drain()
                }
            }
        }
        #expect(openings == 1)
        #expect(try await fixture.status()["rowsDone"] == 24)
        for path in ["/v1/notices", "/v1/portfolio", "/v1/answers/\(Samples.id(101))", "/v1/records/\(Samples.id(1))"] {
            #expect(await fixture.call("GET", path).status == 200, "\(path)")
        }
        #expect(openings == 1)
    }

    @Test("a writing connection beside it would be seen", .enabled(if: hasProc))
    func seen() throws {
        let other = try Connection(path: fixture.outboxFile, mode: .writer)
        #expect(openings == 2)
        _ = other.changes
    }

    @Test("more statements than a connection keeps are run, and nothing is lost between")
    func manyStatements() throws {
        let path = "\(fixture.folder)/many.db"
        let file = try FileConnection(path: path, maximumPages: 1 << 16)
        try file.run("CREATE TABLE number (value INTEGER NOT NULL) STRICT")
        for number in 0..<300 {
            try file.makeRoom()
            try file.run("INSERT INTO number (value) VALUES (\(number))")
        }
        #expect(try file.integer("SELECT count(*) FROM number") == 300)
    }

    @Test("a second gateway on the file is refused")
    func second() throws {
        #expect(throws: Problem.self) {
            try Outbox(
                path: fixture.outboxFile, key: fixture.key,
                consortium: fixture.consortium.sample.chain.current.consortium, member: fixture.member)
        }
    }

    private static let hasProc = FileManager.default.fileExists(atPath: "/proc/self/fd")
}
