import Exchange
import ExchangeClient
import ExchangeFakes
import HTTPEdge
import Logging
import NIOCore
import NIOPosix
import Records
import Registry
import RequestSigning
import Sodium
import Synchronization
import Testing
import Vocabulary

@Suite("Node and custodian over HTTP")
struct ClientTests {
    let consortium: FakeConsortium
    let http: HTTPClient

    init() throws {
        consortium = try FakeConsortium()
        http = try HTTPClient()
    }

    func signed(_ origin: String) throws -> SignedClient {
        let clock = consortium.clock
        return SignedClient(try Origin(origin), http: http, signer: RequestSigner(consortium.key)) { clock.now }
    }

    /// Runs a listener with these routes for as long as `body` runs.
    func serving(_ routes: [Route], _ body: (SignedClient) async throws -> Void) async throws {
        let clock = consortium.clock
        let metrics = MetricsRegistry()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let responder = Responder(routes: routes, registry: metrics, logger: logger) { clock.now }
        let listener = try Listener(
            Listener.Configuration(name: "test", address: .loopback(host: "127.0.0.1", port: 0)), responder: responder,
            registry: metrics, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            let port = try await listener.address.port ?? 0
            try await body(try signed("http://127.0.0.1:\(port)"))
            group.cancelAll()
        }
    }

    @Test("an evaluation goes there and back and its proof still holds")
    func evaluation() async throws {
        let custodian = consortium.custodians[0]
        let route = Route.post("/v1/evaluations", name: "evaluate", bodyLimit: 1 << 20) { request in
            .json(try await custodian.evaluate(try EvaluationRequest(parsing: request.body)).json)
        }
        try await serving([route]) { client in
            let (id, clock, consortium) = (custodian.id, consortium.clock, consortium)
            let tokeniser = Tokeniser(
                registry: consortium.follower,
                connect: { registered throws(Problem) in
                    registered.id == id ? CustodianClient(id, client) : try consortium.connect(registered)
                }, now: { clock.now })
            let inputs = TokeniserTests.inputs(3)
            let tokens = try await tokeniser.tokens(for: inputs, purpose: .furnish)
            #expect(inputs.allSatisfy { tokens[$0] != nil })
            #expect(custodian.requests.count == 1)
        }
    }

    @Test("a submission, a check and the registry go there and back")
    func node() async throws {
        let fixture = try VerificationTests()
        let node = fixture.consortium.node
        let routes: [Route] = [
            .post("/v1/submissions", name: "submit", bodyLimit: 1 << 20) { request in
                .json(try await node.submit(try SealedRequest(parsing: request.body)).json)
            },
            .post("/v1/checks", name: "check", bodyLimit: 1 << 20) { request in
                .json(try await node.check(try SealedRequest(parsing: request.body)).json)
            },
            .get("/v1/registry", name: "registry") { _ in
                EdgeResponse(contentType: "application/json", body: try await node.registry())
            },
        ]
        try await serving(routes) { client in
            let remote = NodeClient(client)
            let answer = try await remote.check(try fixture.check().request)
            #expect(answer.payloadType == .answer)
            #expect(try await remote.registry() == fixture.consortium.sample.chain.json.bytes)
        }
    }

    @Test("the service's problem comes back with its code and path")
    func problems() async throws {
        let refusal = Problem(.budgetExhausted, "The budget is spent.", hint: "Come back tomorrow.", path: "elements")
        let route = Route.post("/v1/evaluations", name: "evaluate", bodyLimit: 1 << 20) { _ in throw refusal }
        try await serving([route]) { client in
            let custodian = CustodianClient(consortium.custodians[0].id, client)
            await #expect(throws: refusal) { _ = try await custodian.evaluate(request()) }
        }
    }

    @Test("an answer that cannot be read is not used and may be asked for again")
    func unreadable() async throws {
        let route = Route.post("/v1/evaluations", name: "evaluate", bodyLimit: 1 << 20) { _ in .json([]) }
        try await serving([route]) { client in
            let custodian = CustodianClient(consortium.custodians[0].id, client)
            let problem = await #expect(throws: Problem.self) { try await custodian.evaluate(request()) }
            #expect(problem?.code == .verificationFailed)
        }
    }

    @Test("a custodian that nobody reaches is named")
    func nobodyThere() async throws {
        let socket = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = socket.localAddress?.port ?? 0
        try await socket.close()
        let custodian = CustodianClient(consortium.custodians[0].id, try signed("http://127.0.0.1:\(port)"))
        let problem = await #expect(throws: Problem.self) { try await custodian.evaluate(request()) }
        #expect(problem?.code == .custodianUnavailable)
        #expect(problem?.detail.contains("custodian-1") == true)
    }

    @Test("a custodian that does not answer in time is named")
    func silence() async throws {
        // It takes connections and says nothing.
        let socket = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = socket.localAddress?.port ?? 0
        let custodian = CustodianClient(
            consortium.custodians[1].id, try signed("http://127.0.0.1:\(port)"), timeout: .milliseconds(30))
        let problem = await #expect(throws: Problem.self) { try await custodian.evaluate(request()) }
        #expect(problem?.code == .custodianUnavailable)
        #expect(problem?.detail.contains("custodian-2") == true)
        try await socket.close()
    }

    private func request() -> EvaluationRequest {
        EvaluationRequest(epoch: KeyEpoch(1), keyClass: .phone, purpose: .furnish, elements: [.generator])
    }
}
