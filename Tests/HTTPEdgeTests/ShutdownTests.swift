import HTTPEdge
import ServiceLifecycle
import Testing
import Vocabulary

@Suite("Graceful shutdown")
struct ShutdownTests {
    struct Served: Sendable {
        let listener: Listener
        let group: ServiceGroup
        let origin: Origin
        let running: Task<Void, any Error>
    }

    func serve(_ routes: [Route], _ limits: ListenerLimits = ListenerLimits()) async throws -> Served {
        let registry = MetricsRegistry()
        let logger = LogLines().logger
        var configuration = Listener.Configuration(name: "test", address: .any)
        configuration.limits = limits
        let listener = try Listener(
            configuration,
            responder: Responder(routes: routes, registry: registry, logger: logger) { Harness.noon },
            registry: registry, logger: logger)
        let group = ServiceGroup(services: [listener], logger: logger)
        let running = Task { try await group.run() }
        let origin = try Origin(Harness.url(of: try await listener.address, isTLS: false))
        return Served(listener: listener, group: group, origin: origin, running: running)
    }

    @Test("a request at work is answered, then its connection closed, and new ones refused")
    func finishesInFlight() async throws {
        let gate = Gate()
        let served = try await serve([
            .get("/held", name: "held") { _ in
                await gate.pass()
                return .text("done")
            },
            .get("/ok", name: "ok") { _ in .text("ok") },
        ])
        let client = try HTTPClient()
        _ = try await client.send(ClientRequest("GET", served.origin, "/ok"))
        async let held = client.send(ClientRequest("GET", served.origin, "/held"))
        await gate.untilSomebodyWaits()
        await served.group.triggerGracefulShutdown()
        let other = try HTTPClient()
        await untilRefused(other, served.origin)
        gate.open()
        let response = try await held
        #expect(response.body == Array("done".utf8))
        try await served.running.value
    }

    /// Asks until nobody listens any more: the shutdown has begun then.
    func untilRefused(_ client: HTTPClient, _ origin: Origin) async {
        while true {
            do {
                _ = try await client.send(ClientRequest("GET", origin, "/ok"))
            } catch .refused { return } catch { continue }
        }
    }

    @Test("idle connections do not hold a shutdown up")
    func closesIdle() async throws {
        let served = try await serve(LimitTests.routes)
        let client = try HTTPClient()
        _ = try await client.send(ClientRequest("GET", served.origin, "/ok"))
        await served.group.triggerGracefulShutdown()
        try await served.running.value
        await #expect(throws: ClientFailure.self) {
            try await client.send(ClientRequest("GET", served.origin, "/ok"))
        }
    }

    @Test("what does not finish by the drain deadline is cut off")
    func cutsOff() async throws {
        let gate = Gate()
        var limits = ListenerLimits()
        limits.drainDeadline = .milliseconds(50)
        let served = try await serve(
            [
                .get("/held", name: "held") { _ in
                    await gate.pass()
                    return .text("done")
                }
            ], limits)
        let client = try HTTPClient()
        async let held = client.send(ClientRequest("GET", served.origin, "/held"))
        await gate.untilSomebodyWaits()
        await served.group.triggerGracefulShutdown()
        try await served.running.value
        do {
            _ = try await held
            Issue.record("The request was answered.")
        } catch {
            #expect(error as? ClientFailure == .closedBeforeResponse(reused: false))
        }
        gate.open()
    }
}
