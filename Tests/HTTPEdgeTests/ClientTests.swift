import HTTPEdge
import NIOCore
import Synchronization
import Testing
import Vocabulary

@Suite("The client")
struct ClientTests {
    static let ok = RawServer.Answer.bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    /// Sends to a server that answers as given and closes it afterwards.
    func against(
        _ answer: @escaping @Sendable (Int, Int) -> RawServer.Answer,
        _ body: (HTTPClient, Origin) async throws -> Void
    ) async throws {
        let server = try await RawServer(answer)
        let client = try HTTPClient()
        try await body(client, Origin("http://127.0.0.1:\(server.port)"))
        client.shutDown()
        try await server.close()
    }

    func succeeds(_ method: String, _ origin: Origin, _ client: HTTPClient) async throws {
        let response = try await client.send(ClientRequest(method, origin, "/"))
        #expect(response.status == 200)
    }

    @Test("requests one after the other use one connection")
    func reuse() async throws {
        let connections = Mutex<Set<Int>>([])
        try await against { connection, _ in
            connections.withLock { _ = $0.insert(connection) }
            return Self.ok
        } _: { client, origin in
            for _ in 0..<20 { try await succeeds("GET", origin, client) }
        }
        #expect(connections.withLock { $0 } == [1])
    }

    @Test("more requests than connections wait their turn")
    func waiting() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerOrigin = 2
        var limits = ListenerLimits()
        limits.connections = 2
        let client = try HTTPClient(configuration)
        try await Harness.run(LimitTests.routes, limits: limits, client: client) { harness in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 { group.addTask { try await harness.get("/ok").status } }
                for try await status in group { #expect(status == 200) }
            }
        }
    }

    @Test("a server that never answers is given up at the request's timeout")
    func silentServer() async throws {
        try await against { _, _ in .silence } _: { client, origin in
            var request = ClientRequest("GET", origin, "/")
            request.timeout = .milliseconds(50)
            await #expect(throws: ClientFailure.timedOut) { try await client.send(request) }
        }
    }

    @Test("a wait for a free connection counts into the timeout")
    func waitTimesOut() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionsPerOrigin = 1
        let gate = Gate()
        let routes: [Route] = [
            .get("/held", name: "held") { _ in
                await gate.pass()
                return .text("done")
            }
        ]
        try await Harness.run(routes, client: try HTTPClient(configuration)) { harness in
            async let held = harness.get("/held")
            await gate.untilSomebodyWaits()
            var second = ClientRequest("GET", harness.origin, "/held")
            second.timeout = .milliseconds(50)
            let late = second
            await #expect(throws: ClientFailure.timedOut) { try await harness.client.send(late) }
            gate.open()
            let response = try await held
            #expect(response.status == 200)
        }
    }

    @Test("a port where nobody listens is refused, which is not a timeout")
    func nobodyListens() async throws {
        let server = try await RawServer { _, _ in .silence }
        try await server.close()
        let client = try HTTPClient()
        let origin = try Origin("http://127.0.0.1:\(server.port)")
        await #expect(throws: ClientFailure.refused) { try await client.send(ClientRequest("GET", origin, "/")) }
        let problem = ClientFailure.refused.problem(.custodianUnavailable, party: "custodian c1")
        #expect(problem.code == .custodianUnavailable && problem.detail.contains("custodian c1"))
    }

    @Test("a kept connection that turns out closed is replaced once for an idempotent request")
    func retriesIdempotent() async throws {
        let requests = Mutex(0)
        try await against { connection, chunk in
            requests.withLock { $0 += 1 }
            return connection == 1 && chunk == 2 ? .close : Self.ok
        } _: { client, origin in
            try await succeeds("GET", origin, client)
            try await succeeds("GET", origin, client)
        }
        #expect(requests.withLock { $0 } == 3)
    }

    @Test("a request that is not idempotent is never sent twice")
    func neverRetriesOthers() async throws {
        let requests = Mutex(0)
        try await against { connection, chunk in
            requests.withLock { $0 += 1 }
            return chunk == 2 ? .close : Self.ok
        } _: { client, origin in
            try await succeeds("POST", origin, client)
            await #expect(throws: ClientFailure.closedBeforeResponse(reused: true)) {
                try await client.send(ClientRequest("POST", origin, "/"))
            }
        }
        #expect(requests.withLock { $0 } == 2)
    }

    @Test("a fresh connection that closes without an answer is no reason to try again")
    func neverRetriesFresh() async throws {
        let requests = Mutex(0)
        try await against { _, _ in
            requests.withLock { $0 += 1 }
            return .close
        } _: { client, origin in
            await #expect(throws: ClientFailure.closedBeforeResponse(reused: false)) {
                try await client.send(ClientRequest("GET", origin, "/"))
            }
        }
        #expect(requests.withLock { $0 } == 1)
    }

    @Test("a response longer than the limit is refused")
    func responseTooLarge() async throws {
        try await against { _, _ in Self.ok } _: { client, origin in
            var request = ClientRequest("GET", origin, "/")
            request.responseLimit = 1
            await #expect(throws: ClientFailure.responseTooLarge) { try await client.send(request) }
        }
    }

    @Test(
        "what is not a whole HTTP response is a failure",
        arguments: ["SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", "HTTP/1.1 9 OK\r\n\r\n"])
    func malformed(text: String) async throws {
        try await against { _, _ in .bytes(text) } _: { client, origin in
            await #expect(throws: ClientFailure.malformedResponse) {
                try await client.send(ClientRequest("GET", origin, "/"))
            }
        }
    }

    @Test("a cancelled request ends at once and closes its connection")
    func cancelled() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        try await against { _, _ in
            arrived.continuation.yield()
            return .silence
        } _: { client, origin in
            let sending = Task { try await client.send(ClientRequest("GET", origin, "/")) }
            for await _ in arrived.stream { break }
            sending.cancel()
            await #expect(throws: ClientFailure.cancelled) { try await sending.value }
        }
    }

    @Test("after its shutdown a client sends nothing")
    func shutDown() async throws {
        try await against { _, _ in Self.ok } _: { client, origin in
            try await succeeds("GET", origin, client)
            client.shutDown()
            await #expect(throws: ClientFailure.shutDown) { try await client.send(ClientRequest("GET", origin, "/")) }
        }
    }

    @Test(
        "an address of another form, or plain HTTP to another machine, is refused",
        arguments: [
            "", "localhost:80", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a", "https://a:0",
            "https://a:65536", "https://a:x", "http://10.0.0.1", "http://example.com:80", "http://0.0.0.0:1",
            "https://[::1", "https://[::1]x", "unix:relative", "http://127.0.0.1.example.com", "https://a b",
        ])
    func badOrigins(text: String) {
        #expect(throws: Problem.self) { try Origin(text) }
    }

    @Test(
        "an address says what the Host field says",
        arguments: [
            ("https://Node.example", "node.example"), ("https://node.example:443/", "node.example"),
            ("https://node.example:8443", "node.example:8443"), ("http://127.0.0.1:80", "127.0.0.1"),
            ("http://localhost:8080", "localhost:8080"), ("https://[::1]:9", "[::1]:9"), ("unix:/run/x", "localhost"),
        ])
    func origins(text: String, authority: String) throws {
        #expect(try Origin(text).authority == authority)
    }
}
