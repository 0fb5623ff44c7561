import HTTPEdge
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing
import Vocabulary

/// Short durations are the limits under test; nothing here sleeps: every test waits for the other side to act.
@Suite("Streamed responses")
struct StreamTests {
    /// Events that the test sends one by one, and what became of the task that takes them.
    final class Source: Sendable {
        private let chunks = AsyncStream<[UInt8]>.makeStream()
        let ended = Gate()
        let taken = Atomic<Int>(0)

        var route: Route {
            .get("/stream", name: "stream") { _ in .events(EdgeStream(Chunks(source: self))) }
        }

        func send(_ number: Int) { chunks.continuation.yield(StreamTests.event(number).bytes) }
        func send(_ bytes: [UInt8]) { chunks.continuation.yield(bytes) }
        func finish() { chunks.continuation.finish() }

        private struct Chunks: AsyncSequence {
            let source: Source

            func makeAsyncIterator() -> Iterator {
                Iterator(source: source, chunks: source.chunks.stream.makeAsyncIterator(), end: End(source.ended))
            }
        }

        private struct Iterator: AsyncIteratorProtocol {
            let source: Source
            var chunks: AsyncStream<[UInt8]>.Iterator
            let end: End

            mutating func next() async -> [UInt8]? {
                let chunk = await chunks.next()
                if chunk != nil { source.taken.add(1, ordering: .relaxed) }
                return chunk
            }
        }

        /// Goes with the iterator: nobody takes chunks any more.
        private final class End: Sendable {
            private let gate: Gate
            init(_ gate: Gate) { self.gate = gate }
            deinit { gate.open() }
        }
    }

    static func event(_ number: Int) -> ServerSentEvent {
        ServerSentEvent(event: "notices", id: "\(number)", data: "{\"n\":\(number)}")
    }

    func request(_ origin: Origin) -> ClientRequest { ClientRequest("GET", origin, "/stream") }

    @Test("events arrive one by one while the stream is open, and it ends when the route says so")
    func eventsArrive() async throws {
        let source = Source()
        try await Harness.run([source.route]) { harness in
            source.send(0)
            let received = Mutex<[ServerSentEvent]>([])
            let response = try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { event in
                let count = received.withLock { events -> Int in
                    events.append(event)
                    return events.count
                }
                // The next one is made once this one is here: nothing waits for the end.
                if count < 20 { source.send(count) } else { source.finish() }
            }
            #expect(response == nil)
            #expect(received.withLock { $0 } == (0..<20).map(Self.event))
            #expect(harness.registry.text.contains("counterfoil_streams{listener=\"test\"} 0\n"))
        }
    }

    @Test("a stream has no length and ends with its connection")
    func framing() async throws {
        let source = Source()
        try await Harness.run([source.route]) { harness in
            source.send(1)
            source.finish()
            let port = try #require(try await harness.listener.address.port)
            let text = try await RawConnection.open(port: port).exchange("GET /stream HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"))
            #expect(text.contains("transfer-encoding: chunked") && !text.contains("content-length"))
            #expect(text.contains("connection: close") && text.contains("cache-control: no-store"))
            #expect(text.hasSuffix("\r\n0\r\n\r\n"))
        }
    }

    @Test("a silent stream says now and then that it goes on, until its longest duration ends it")
    func keepsAlive() async throws {
        let source = Source()
        let limits = LimitTests.limits {
            $0.streamKeepAlive = .milliseconds(20)
            $0.streamDuration = .milliseconds(200)
        }
        try await Harness.run([source.route], limits: limits) { harness in
            let port = try #require(try await harness.listener.address.port)
            let text = try await RawConnection.open(port: port).exchange("GET /stream HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(text.split(separator: "3\r\n:\n\n\r\n", omittingEmptySubsequences: false).count > 2)
            #expect(text.hasSuffix("\r\n0\r\n\r\n"))
            await source.ended.pass()
        }
    }

    @Test("a caller that leaves ends the work that was done for it")
    func callerLeaves() async throws {
        let source = Source()
        try await Harness.run([source.route]) { harness in
            source.send(1)
            let arrived = Gate()
            let reading = Task {
                try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { _ in arrived.open() }
            }
            await arrived.pass()
            reading.cancel()
            await #expect(throws: ClientFailure.cancelled) { try await reading.value }
            await source.ended.pass()
        }
    }

    @Test("a caller that does not read is cut off, and only what is on its way is held for it")
    func callerDoesNotRead() async throws {
        let source = Source()
        let limits = LimitTests.limits { $0.streamChunkDeadline = .milliseconds(50) }
        try await Harness.run([source.route], limits: limits) { harness in
            let port = try #require(try await harness.listener.address.port)
            let megabyte = [UInt8](repeating: UInt8(ascii: ":"), count: 1 << 20)
            for _ in 0..<100 { source.send(megabyte) }
            let silent = try await SilentCaller.open(port: port, "GET /stream HTTP/1.1\r\nhost: a\r\n\r\n")
            await source.ended.pass()
            #expect(source.taken.load(ordering: .relaxed) < 50)
            try await silent.close()
        }
    }

    @Test("a draining listener ends its streams at once")
    func drains() async throws {
        let source = Source()
        let served = try await ShutdownTests().serve([source.route])
        source.send(1)
        let arrived = Gate()
        let client = try HTTPClient()
        let reading = Task {
            try await client.events(request(served.origin), quietFor: .seconds(10)) { _ in arrived.open() }
        }
        await arrived.pass()
        await served.group.triggerGracefulShutdown()
        let response = try await reading.value
        #expect(response == nil)
        await source.ended.pass()
        try await served.running.value
    }

    @Test("more streams than the limit are refused with a problem")
    func tooMany() async throws {
        let source = Source()
        let limits = LimitTests.limits { $0.streams = 1 }
        try await Harness.run([source.route], limits: limits) { harness in
            source.send(1)
            let arrived = Gate()
            let reading = Task {
                try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { _ in arrived.open() }
            }
            await arrived.pass()
            let refused = try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { _ in
                Issue.record("A second stream was served.")
            }
            #expect(refused?.status == 503)
            #expect(throws: Problem.self) { try refused?.accepted(otherwise: .nodeUnavailable) }
            reading.cancel()
            _ = try? await reading.value
        }
    }

    @Test("a stream that fails ends, and only its error's type is logged")
    func failing() async throws {
        struct Broken: Error { let secret = "13800000000" }
        let route = Route.get("/stream", name: "stream") { _ in
            .events(EdgeStream(AsyncThrowingStream<[UInt8], any Error> { throw Broken() }))
        }
        try await Harness.run([route]) { harness in
            let response = try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { _ in }
            #expect(response == nil)
            let lines = harness.lines.all.joined()
            #expect(lines.contains("Broken") && !lines.contains("13800000000"))
        }
    }

    // MARK: The client's side

    static let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"

    func reading(_ answer: String, limit: Int = 16 << 20, quiet: Duration = .seconds(10)) async throws {
        let server = try await RawServer { _, _ in .bytes(answer) }
        let client = try HTTPClient()
        var request = request(try Origin("http://127.0.0.1:\(server.port)"))
        request.responseLimit = limit
        let asked = request
        defer { client.shutDown() }
        _ = try await client.events(asked, quietFor: quiet) { _ in }
        try await server.close()
    }

    @Test("a stream that falls silent is given up")
    func silence() async throws {
        await #expect(throws: ClientFailure.timedOut) {
            try await reading(Self.head + "3\r\n:\n\n\r\n", quiet: .milliseconds(50))
        }
        await #expect(throws: ClientFailure.timedOut) { try await reading("", quiet: .milliseconds(50)) }
    }

    @Test("an event longer than the limit, or text that is none, ends the reading")
    func tooLong() async throws {
        let event = "14\r\ndata: 0123456789012\n\r\n"
        await #expect(throws: ClientFailure.malformedResponse) { try await reading(Self.head + event, limit: 10) }
        await #expect(throws: ClientFailure.malformedResponse) { try await reading("SSH-2.0-x\r\n\r\n") }
    }

    @Test("a server that leaves in the middle is told from one that ends the stream")
    func closedEarly() async throws {
        let server = try await RawServer { _, _ in .close }
        let client = try HTTPClient()
        let origin = try Origin("http://127.0.0.1:\(server.port)")
        await #expect(throws: ClientFailure.closedEarly) {
            try await client.events(request(origin), quietFor: .seconds(10)) { _ in }
        }
        try await server.close()
        await #expect(throws: ClientFailure.refused) {
            try await client.events(request(origin), quietFor: .seconds(10)) { _ in }
        }
    }

    @Test("what the reader throws ends the reading")
    func readerThrows() async throws {
        struct Enough: Error {}
        let source = Source()
        try await Harness.run([source.route]) { harness in
            source.send(1)
            await #expect(throws: Enough.self) {
                try await harness.client.events(request(harness.origin), quietFor: .seconds(10)) { _ in throw Enough() }
            }
            await source.ended.pass()
        }
    }
}
