import Exchange
import ExchangeFakes
import Records
import SQLite
import Sodium
import Synchronization
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

/// A lender's system that answers as a test tells it to.
final class FakeReceiver: Sendable {
    struct State {
        var requests: [ClientRequest] = []
        /// The statuses of the next answers, by sequence number where one is named; 0 for no answer.
        var statuses: [Int] = []
        var statusOf: [Int64: Int] = [:]
    }

    private let state = Mutex(State())

    func with<Result: Sendable>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }

    var sequences: [Int64] {
        with { $0.requests.compactMap { (try? JSON(parsing: $0.body))?["sequence"]?.integer } }
    }

    func take(_ request: ClientRequest) throws(ClientFailure) -> ClientResponse {
        let status = with { state -> Int in
            state.requests.append(request)
            let sequence = (try? JSON(parsing: request.body))?["sequence"]?.integer ?? 0
            return state.statusOf[sequence] ?? (state.statuses.isEmpty ? 200 : state.statuses.removeFirst())
        }
        guard status > 0 else { throw .refused }
        return ClientResponse(status: status, headers: [:], body: [])
    }
}

@Suite("The webhook")
struct WebhookTests {
    let fixture: Fixture
    let receiver: FakeReceiver

    init() throws {
        let receiver = FakeReceiver()
        self.receiver = receiver
        let webhook = try Webhook("https://lender.example/notices?team=risk") { request async throws(ClientFailure) in
            try receiver.take(request)
        }
        fixture = try Fixture {
            $0.webhook = webhook
            $0.acknowledge = .delivered
        }
    }

    var node: FakeNode { fixture.consortium.node }

    @Test("a notice that does not open is given up alone, and those after it are sent")
    func damaged() async throws {
        for check in 1...3 as ClosedRange<UInt64> { notice(about: check) }
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .stored(3))
        let connection = try Connection(path: fixture.outboxFile, mode: .writer)
        try connection.run("UPDATE notice SET sealed = zeroblob(80) WHERE sequence = 1")
        #expect(await fixture.gateway.noticeDelivery.drain() == nil)
        #expect(receiver.sequences == [2, 3])
        #expect(try await fixture.dependenciesOutbox.noticeCounts() == [.givenUp: 1, .taken: 2])
    }

    func notice(about check: UInt64) {
        node.release("correction", about: ["check": .string(Samples.id(check).description)], ["change": "retracted"])
    }

    func drain() async -> Instant? {
        _ = await fixture.gateway.feed.pull(wait: .zero)
        return await fixture.gateway.noticeDelivery.drain()
    }

    func advance(to instant: Instant) {
        let clock = fixture.consortium.clock
        clock.advance(seconds: (instant.milliseconds - clock.now.milliseconds) / 1000 + 1)
    }

    @Test("gets each notice once, signed with the member's key over time and body")
    func signed() async throws {
        notice(about: 1)
        notice(about: 2)
        #expect(await drain() == nil)
        #expect(await drain() == nil)
        #expect(receiver.sequences == [1, 2])
        let request = try #require(receiver.with { $0.requests.first })
        #expect(request.target == "/notices?team=risk")
        let time = try #require(request.headers["counterfoil-time"])
        let text = try #require(request.headers["counterfoil-signature"])
        let signature = try Signature(Base64.decode(text))
        let key = fixture.consortium.key.publicKey
        let signed = Array("counterfoil/webhook/v1\n\(time)\n".utf8) + request.body
        #expect(key.isValid(signature, over: signed))
        #expect(!key.isValid(signature, over: signed + [32]))
        #expect(request.headers["counterfoil-key"] == key.keyID.text)
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 2)
    }

    @Test("that is away is tried again later, after a restart too, and nothing is acknowledged before")
    func away() async throws {
        notice(about: 1)
        receiver.with { $0.statuses = [0, 503] }
        let next = try #require(await drain())
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 0)
        #expect(await drain() == next)
        #expect(receiver.sequences == [1])
        try fixture.killAndReopen()
        advance(to: next)
        advance(to: try #require(await drain()))
        #expect(await drain() == nil)
        #expect(receiver.sequences == [1, 1, 1])
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 1)
    }

    @Test("that refuses one notice gets the others; a later one about the same matter waits for it")
    func oneRefused() async throws {
        notice(about: 1)
        notice(about: 1)
        notice(about: 2)
        receiver.with { $0.statusOf[1] = 422 }
        let next = try #require(await drain())
        #expect(receiver.sequences == [1, 3])
        receiver.with { $0.statusOf[1] = nil }
        advance(to: next)
        #expect(await drain() == nil)
        #expect(receiver.sequences == [1, 3, 1, 2])
    }

    @Test("that refuses a notice for a week loses it, visibly, and the correction stays unacknowledged")
    func givenUp() async throws {
        notice(about: 1)
        notice(about: 1)
        receiver.with { $0.statusOf[1] = 400 }
        _ = await drain()
        fixture.consortium.clock.advance(seconds: 7 * 86_400 + 1)
        #expect(await drain() == nil)
        #expect(receiver.sequences == [1, 2])
        let page = try await fixture.json("GET", "/v1/notices?state=givenUp")
        #expect(page["givenUp"] == 1)
        #expect(page["notices"]?.array?.map { $0["sequence"] } == [1])
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 0)
        #expect(await fixture.call("POST", "/v1/notices/1/seen").status == 200)
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 2)
    }

    @Test(
        "has an address of https, or of this machine",
        arguments: [
            "http://lender.example/x", "ftp://lender.example", "lender.example", "https://", "https://a b/",
            "https://lender.example/x#y", "unix:/run/x.sock", "https://user@lender.example/",
        ])
    func refusedAddress(_ address: String) {
        #expect(throws: Problem.self) {
            _ = try Webhook(address) { _ async throws(ClientFailure) in throw .refused }
        }
    }

    @Test(
        "may have any path",
        arguments: ["https://lender.example", "http://127.0.0.1:9000/in", "https://l.example:8443/a/b?c=d"])
    func address(_ address: String) throws {
        _ = try Webhook(address) { _ async throws(ClientFailure) in throw .refused }
    }
}
