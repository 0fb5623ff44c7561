import Foundation
import HTTPEdge
import Testing
import Vocabulary

/// Short durations are the limits under test; nothing here sleeps: every test waits for the listener to act.
@Suite("Limits of a listener")
struct LimitTests {
    static let routes: [Route] = [
        .get("/ok", name: "ok") { _ in .text("ok") },
        .post("/small", name: "small", bodyLimit: 100) { .text("\($0.body.count)") },
    ]

    static func limits(_ change: (inout ListenerLimits) -> Void) -> ListenerLimits {
        var limits = ListenerLimits()
        change(&limits)
        return limits
    }

    func raw(_ texts: [String], _ limits: ListenerLimits) async throws -> String {
        try await Harness.run(Self.routes, limits: limits) { harness in
            let port = try #require(try await harness.listener.address.port)
            return try await RawConnection.open(port: port).exchange(texts.joined())
        }
    }

    @Test("a body as long as the limit is read")
    func fits() async throws {
        try await Harness.run(Self.routes) { harness in
            let response = try await harness.post("/small", [UInt8](repeating: 65, count: 100))
            #expect(response.body == Array("100".utf8))
        }
    }

    @Test("a body declared one byte too long is refused before it is sent")
    func declaredTooLong() async throws {
        let head = "POST /small HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 101\r\n\r\n"
        let answer = try await raw([head], Self.limits { $0.lingering = .milliseconds(50) })
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.contains("bodyTooLarge") && answer.contains("connection: close"))
        #expect(!answer.contains("100 Continue"))
    }

    @Test("a body in chunks is refused as soon as it is too long")
    func chunksTooLong() async throws {
        let head = "POST /small HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
        let chunk = "40\r\n" + String(repeating: "x", count: 64) + "\r\n"
        let answer = try await raw([head, chunk, chunk], Self.limits { $0.lingering = .milliseconds(50) })
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }

    @Test("a client that sends an oversized body gets the refusal, not a reset")
    func clientReadsRefusal() async throws {
        try await Harness.run(Self.routes) { harness in
            let response = try await harness.post("/small", [UInt8](repeating: 65, count: 4 << 20))
            #expect(response.status == 413)
        }
    }

    @Test("bodies that all connections hold together are limited, and count until they are answered")
    func bodiesInFlight() async throws {
        let gate = Gate()
        let held = Route.post("/held", name: "held", bodyLimit: 100) { request in
            await gate.pass()
            return .text("\(request.body.count)")
        }
        let limits = Self.limits {
            $0.bodyBytesInFlight = 150
            $0.lingering = .milliseconds(50)
        }
        try await Harness.run(Self.routes + [held], limits: limits) { harness in
            let body = [UInt8](repeating: 65, count: 100)
            async let first = harness.post("/held", body)
            await gate.untilSomebodyWaits()
            let refused = try await harness.post("/small", body)
            #expect(refused.status == 503)
            #expect(try JSON(parsing: refused.body)["code"] == "overloaded")
            #expect(try await harness.post("/small", [UInt8](repeating: 65, count: 50)).status == 200)
            gate.open()
            #expect(try await first.status == 200)
            for _ in 0..<3 { #expect(try await harness.post("/small", body).status == 200) }
        }
    }

    @Test("a body in chunks is refused with the part that is too much, and gives back what it held")
    func chunksInFlight() async throws {
        let limits = Self.limits {
            $0.bodyBytesInFlight = 70
            $0.lingering = .milliseconds(50)
        }
        try await Harness.run(Self.routes, limits: limits) { harness in
            let port = try #require(try await harness.listener.address.port)
            let head = "POST /small HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
            let chunk = "28\r\n" + String(repeating: "x", count: 40) + "\r\n"
            let answer = try await RawConnection.open(port: port).exchange(head + chunk + chunk)
            #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("connection: close"))
            #expect(try await harness.post("/small", [UInt8](repeating: 65, count: 70)).status == 200)
        }
    }

    @Test("a body announced with an expectation is asked for")
    func expectation() async throws {
        let fields = ["host: a", "connection: close", "expect: 100-continue", "content-length: 3"]
        let head = (["POST /small HTTP/1.1"] + fields + ["", ""]).joined(separator: "\r\n")
        let answer = try await raw([head, "abc"], ListenerLimits())
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n3"))
    }

    @Test("a head that does not come to its end is cut off at the header deadline")
    func slowHead() async throws {
        let answer = try await raw(
            ["GET /ok HTTP/1.1\r\nhost: a\r\n"], Self.limits { $0.headerDeadline = .milliseconds(50) })
        #expect(answer.isEmpty)
    }

    @Test("a connection that sends nothing is cut off at the header deadline")
    func silence() async throws {
        #expect(try await raw([], Self.limits { $0.headerDeadline = .milliseconds(50) }).isEmpty)
    }

    @Test("a body that does not come to its end is cut off at the body deadline")
    func slowBody() async throws {
        let head = "POST /small HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc"
        #expect(try await raw([head], Self.limits { $0.bodyDeadline = .milliseconds(50) }).isEmpty)
    }

    @Test("an idle connection is closed after the idle timeout, its responses delivered")
    func idle() async throws {
        let request = "GET /ok HTTP/1.1\r\nhost: a\r\n\r\n"
        let answer = try await raw([request, request], Self.limits { $0.idleTimeout = .milliseconds(50) })
        #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
    }

    @Test("a connection above the limit is closed and counted")
    func tooManyConnections() async throws {
        try await Harness.run(Self.routes, limits: Self.limits { $0.connections = 1 }) { harness in
            #expect(try await harness.get("/ok").status == 200)
            let port = try #require(try await harness.listener.address.port)
            let answer = try await RawConnection.open(port: port).exchange("GET /ok HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(answer.isEmpty)
            #expect(harness.registry.text.contains(#"counterfoil_connections_refused_total{listener="test"} 1"#))
            #expect(try await harness.get("/ok").status == 200)
        }
    }

    struct BadHead: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
    }

    static let badHeads = [
        BadHead(
            testDescription: "a field of 20 kB",
            text: "GET /ok HTTP/1.1\r\nhost: a\r\nx: " + String(repeating: "y", count: 20_000) + "\r\n\r\n"),
        BadHead(
            testDescription: "a hundred fields",
            text: "GET /ok HTTP/1.1\r\n" + (0..<100).map { "x\($0): y\r\n" }.joined() + "\r\n"),
        BadHead(testDescription: "no version", text: "GET  /ok\r\n\r\n"),
        BadHead(testDescription: "the start of TLS", text: "\u{16}\u{3}\u{1}\r\n\r\n"),
        BadHead(
            testDescription: "two lengths",
            text: "POST /small HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd"),
        BadHead(
            testDescription: "a negative length",
            text: "POST /small HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n"),
    ]

    @Test("a head that is too large or no HTTP is refused and the connection closed", arguments: badHeads)
    func refusesBadHeads(head: BadHead) async throws {
        let answer = try await raw([head.text], Self.limits { $0.headerDeadline = .milliseconds(200) })
        #expect(answer.hasPrefix("HTTP/1.1 400 ") || answer.isEmpty)
    }

    @Test("requests sent one behind the other are answered in order")
    func pipelined() async throws {
        let answer = try await raw(
            ["GET /ok HTTP/1.1\r\nhost: a\r\n\r\n", "GET /no HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"],
            ListenerLimits())
        let first = try #require(answer.range(of: "HTTP/1.1 200"))
        let second = try #require(answer.range(of: "HTTP/1.1 404"))
        #expect(first.lowerBound < second.lowerBound)
    }

    @Test("HTTP/1.0 is answered and closed")
    func oldVersion() async throws {
        #expect(try await raw(["GET /ok HTTP/1.0\r\n\r\n"], ListenerLimits()).hasSuffix("ok"))
    }
}
