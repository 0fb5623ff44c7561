import ArgumentParser
import Foundation
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Large files as jobs")
struct JobCommandTests {
    static func place(_ results: String, size: Int? = 9) throws -> JobPlace {
        JobPlace(
            job: try RecordID("3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44"), kind: .checks, file: "rows.csv",
            results: results, asJSON: false, description: .object(["kind": "checks"]), size: size)
    }

    @Test("what a command knows of its job outlives it")
    func kept() throws {
        try Fixture.withFolder { folder in
            #expect(try JobPlace.at(results: "\(folder)/out.csv") == nil)
            var place = try Self.place("\(folder)/out.csv")
            place.uploaded = 3
            place.fetched = JobPlace.Fetched(row: 501, bytes: 12_345)
            try place.keep()
            #expect(try JobPlace.at(results: "\(folder)/out.csv") == place)
            #expect(try JobPlace.at(results: "\(folder)/out.csv.job") == place)
            place.fetched = nil
            place.isStarted = true
            try place.keep()
            #expect(try JobPlace.at(results: "\(folder)/out.csv") == place)
            place.forget()
            #expect(try JobPlace.at(results: "\(folder)/out.csv") == nil)
        }
    }

    @Test("results of one file never go on in those of another")
    func otherFile() throws {
        let place = try Self.place("out.csv")
        #expect(throws: Never.self) { try place.requireSame(kind: .checks, file: "rows.csv") }
        #expect(throws: Problem.self) { try place.requireSame(kind: .records, file: "rows.csv") }
        #expect(throws: Problem.self) { try place.requireSame(kind: .checks, file: "others.csv") }
    }

    @Test("results go on where they were whole: what a crash left beyond is cut off")
    func cutOff() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("row,check\r\n2,a\r\n3,b", to: "\(folder)/out.csv")
            let sink = try ResultSink("\(folder)/out.csv", keeping: 16)
            try sink.write(Array("3,c\r\n".utf8))
            try sink.close()
            #expect(try String(contentsOfFile: "\(folder)/out.csv", encoding: .utf8) == "row,check\r\n2,a\r\n3,c\r\n")
        }
    }

    @Test("a file is read in pieces that meet without gap, from any place")
    func pieces() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("0123456789", to: "\(folder)/rows.csv")
            var reader = try ChunkReader("\(folder)/rows.csv")
            let pieces = [try reader.next(4), try reader.next(4), try reader.next(4), try reader.next(4)]
            #expect(pieces.map { String(decoding: $0, as: UTF8.self) } == ["0123", "4567", "89", ""])
            var again = try ChunkReader("\(folder)/rows.csv")
            try again.skip(to: 8)
            let last = try again.next(4)
            #expect(last == Array("89".utf8))
            #expect(throws: Problem.self) { _ = try ChunkReader("\(folder)/none.csv") }
        }
    }

    @Test("rows still unread are guessed from the bytes of the read ones")
    func expected() {
        let job = JSON.object(["rowsDone": 90, "failed": 10, "rowsRead": 200, "bytes": 5000, "bytesRead": 1000])
        #expect(JobText.rows(job) == (100, 1000))
        #expect(JobText.rows(.object([:])) == (0, 0))
        #expect(JobText.status(job).contains("100 of about 1000, 10 refused"))
    }

    @Test("what holds for all rows goes with the job")
    func defaults() throws {
        let command = try BatchChecks.parse([
            "rows.csv", "--soft", "--profile", "full", "--purpose", "monitoring", "--as-of", "2026-01-31T00:00:00Z",
        ])
        let defaults = JSON.object(command.defaults)
        #expect(defaults["mode"] == "soft" && defaults["profile"] == "full" && defaults["purpose"] == "monitoring")
        #expect(defaults["asOf"]?["instant"] == "2026-01-31T00:00:00Z")
        #expect(try BatchChecks.parse(["rows.csv"]).defaults.isEmpty)
    }

    @Test("a file's name tells its form, and where a job's results go")
    func names() throws {
        let csv = try BatchOptions.parse(["rows.csv"])
        #expect(csv.format == "csv" && csv.resultsPath == "rows.csv.results")
        #expect(try BatchOptions.parse(["rows.ndjson", "--out", "a"]).format == "ndjson")
        #expect(try BatchOptions.parse(["-"]).resultsPath == nil)
        #expect(throws: (any Error).self) { try BatchOptions.parse(["rows.csv", "--rows-at-once", "0"]) }
    }

    @Test("what may pass is tried again, what may not is told at once")
    func patience() async throws {
        var tries = 0
        let value = try await Patience(limit: .seconds(5)).attempt { () throws(Problem) in
            tries += 1
            guard tries > 1 else { throw Problem(.overloaded, "Busy.") }
            return tries
        }
        #expect(value == 2)
        await #expect(throws: Problem(.unauthenticated, "No.")) {
            try await Patience().attempt { () throws(Problem) in throw Problem(.unauthenticated, "No.") }
        }
        await #expect(throws: Problem(.overloaded, "Busy.")) {
            try await Patience(limit: .zero).attempt { () throws(Problem) in throw Problem(.overloaded, "Busy.") }
        }
    }
}
