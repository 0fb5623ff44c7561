import Exchange
import ExchangeClient
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("The node's later requests over HTTP")
struct NodeClientTests {
    private let client: ClientTests
    private let fixture: VerificationTests

    init() throws { (client, fixture) = (try ClientTests(), try VerificationTests()) }

    private var node: FakeNode { fixture.consortium.node }

    private func watch(_ loan: String) throws -> SealedRequest {
        fixture.sealer.watch(
            RecordID(high: 3, low: 1),
            watch: [WatchRequest.Loan(watch: RecordID(high: 3, low: 2), loanRef: try OpaqueReference(loan))],
            unwatch: [], madeAt: fixture.consortium.clock.now)
    }

    @Test("batches, reservations, watches and acknowledgements go to their routes and come back")
    func posts() async throws {
        let node = node
        let routes: [Route] = [
            .post("/v1/batches", name: "batch", bodyLimit: 1 << 20) { request in
                .json(try await node.check(batch: try SealedRequest(parsing: request.body)).json)
            },
            .post("/v1/reservations", name: "reserve", bodyLimit: 1 << 20) { request in
                .json(try await node.reserve(try SealedRequest(parsing: request.body)).json)
            },
            .post("/v1/watches", name: "watch", bodyLimit: 1 << 20) { request in
                .json(try await node.watch(try SealedRequest(parsing: request.body)).json)
            },
            .post("/v1/notices/acknowledgements", name: "acknowledge", bodyLimit: 1 << 20) { request in
                .json(try await node.acknowledge(try SealedRequest(parsing: request.body)).json)
            },
        ]
        let now = fixture.consortium.clock.now
        let check = try fixture.check().asked
        let batch = CheckBatch(
            consortium: check.consortium, member: check.member, batch: RecordID(high: 2, low: 1),
            madeAt: check.madeAt, purpose: check.purpose, mode: check.mode, checks: [check])
        let request = try fixture.sealer.batch(batch, epoch: KeyEpoch(1)) { _ throws(Problem) in .generator }.request
        node.with { $0.unknownLoans = [try! OpaqueReference("L-9")] }  // A literal of this test.
        let fixture = fixture
        let (known, unknown) = (try watch("L-1"), try watch("L-9"))
        try await client.serving(routes) { client in
            let remote = NodeClient(client)
            #expect(try await remote.check(batch: request).payloadType == .batchAnswer)
            #expect(try await remote.watch(known) == WatchOutcome(watching: 1, refused: []))
            let refused = WatchOutcome.Refusal(watch: RecordID(high: 3, low: 2), code: .unknownLoan)
            #expect(try await remote.watch(unknown).refused == [refused])
            let outcome = try await remote.acknowledge(
                fixture.sealer.acknowledgement(RecordID(high: 4, low: 1), upTo: 9, madeAt: now))
            #expect(outcome == AcknowledgementOutcome(acknowledged: 0, unacknowledged: 0))
        }
    }

    @Test("notices are asked for by cursor, time to wait and number")
    func notices() async throws {
        let node = node
        let routes: [Route] = [
            .get("/v1/notices", name: "notices") { request in
                guard request.query == "after=7&wait=20&limit=5" else { throw Problem(.invalidField, "Other query.") }
                return .json(try await node.notices(after: 7, wait: .seconds(20), limit: 5).json)
            }
        ]
        try await client.serving(routes) { client in
            let envelope = try await NodeClient(client).notices(after: 7, wait: .seconds(20), limit: 5)
            #expect(envelope.payloadType == .notices)
        }
    }

    @Test("an answer that is no envelope, outcome or object is not used", arguments: [JSON.array([]), "x", 1])
    func unreadable(body: JSON) async throws {
        let posts = ["/v1/batches", "/v1/reservations", "/v1/watches", "/v1/notices/acknowledgements"]
        let gets = ["/v1/notices", "/v1/furnishing", "/v1/outcomes", "/v1/notices/unacknowledged"]
        let routes =
            posts.map { path in Route.post(path, name: "post", bodyLimit: 1 << 20) { _ in .json(body) } }
            + gets.map { path in Route.get(path, name: "get") { _ in .json(body) } }
        let request = try watch("L-1")
        try await client.serving(routes) { client in
            let remote = NodeClient(client)
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await remote.check(batch: request) }, { _ = try await remote.reserve(request) },
                { _ = try await remote.watch(request) }, { _ = try await remote.acknowledge(request) },
                { _ = try await remote.notices(after: 0, wait: .zero, limit: 1) },
                { _ = try await remote.furnishing() }, { _ = try await remote.outcomes() },
                { _ = try await remote.unacknowledged() },
            ]
            for call in calls {
                let problem = await #expect(throws: Problem.self) { try await call() }
                #expect(problem?.code == .verificationFailed)
            }
        }
    }
}
