import CustodianService
import Exchange
import Foundation
import HTTPEdge
import Logging
import OPRF
import Registry
import RequestSigning
import Sodium
import Testing
import Vocabulary

/// The whole process, over a loopback socket.
@Suite("The custodian's service")
struct CustodianProgramTests {
    struct Served {
        let fixture: Fixture
        let folder: SampleFolder
        let program: CustodianProgram
        let client: HTTPClient
        let origin: Origin

        func signed(by member: Int = 0, key: SigningKey? = nil) -> SignedClient {
            let signer = RequestSigner(key ?? fixture.sample.members[member].key)
            return SignedClient(origin, http: client, signer: signer) { [clock = fixture.clock] in clock.now }
        }

        func evaluate(_ request: EvaluationRequest, as client: SignedClient? = nil) async throws -> Evaluation {
            let response = try await (client ?? signed()).post(
                "/v1/evaluations", json: request.json, isIdempotent: false)
            return try Evaluation(parsing: response.accepted(otherwise: .custodianUnavailable).body)
        }
    }

    /// A port that was free a moment ago: the registry has to name it before the custodian is bound.
    static func freePort() async throws -> Int {
        let registry = MetricsRegistry()
        let logger = Logger(label: "port") { _ in SwiftLogNoOpLogHandler() }
        let listener = try Listener(
            .init(name: "port", address: .loopback(host: "127.0.0.1", port: 0)),
            responder: Responder(routes: [], registry: registry, logger: logger, now: SystemTime.now),
            registry: registry, logger: logger)
        let serving = Task { try await listener.run() }
        let port = try await listener.address.port
        serving.cancel()
        try await serving.value
        return try #require(port)
    }

    func serve(_ body: (Served) async throws -> Void) async throws {
        let temporary = try TemporaryFolder()
        let port = try await Self.freePort()
        let fixture = try Fixture(url: "http://127.0.0.1:\(port)")
        let folder = try fixture.sample.write(to: temporary.path)
        var configuration = CustodianConfiguration(
            registryFile: folder.registry, databaseFile: temporary.path + "/custodian.sqlite",
            shareFile: folder.share(fixture.sample.shares[0].custodian),
            address: .loopback(host: "127.0.0.1", port: port))
        configuration.registryBeat = .milliseconds(10)
        let logger = Logger(label: "custodian") { _ in SwiftLogNoOpLogHandler() }
        let program = try CustodianProgram(configuration, logger: logger) { [clock = fixture.clock] in clock.now }
        let running = Task { try await program.run() }
        _ = try await program.address
        let client = try HTTPClient()
        let served = Served(
            fixture: fixture, folder: folder, program: program, client: client,
            origin: try Origin("http://127.0.0.1:\(port)"))
        do { try await body(served) } catch {
            running.cancel()
            throw error
        }
        client.shutDown()
        running.cancel()
        try await running.value
    }

    @Test("a member's elements come back evaluated and proven")
    func evaluates() async throws {
        try await serve { served in
            let batch = try BlindedBatch(inputs: [[1], [2], [3]])
            let request = EvaluationRequest(
                epoch: KeyEpoch(1), keyClass: .phone, purpose: .application, elements: batch.elements.elements)
            let evaluation = try await served.evaluate(request)
            let version = served.fixture.sample.chain.current
            let registered = try #require(version.custodian(evaluation.custodian))
            let partial = PartialEvaluation(
                custodian: registered.index, elements: try ElementBatch(evaluation.elements),
                proof: try Proof(bytes: evaluation.proof))
            let publicShare = try #require(registered.publicShares[.phone])
            _ = try batch.verify(partial, publicShare: publicShare)
        }
    }

    @Test("what is wrong with a request is said by its code")
    func refusals() async throws {
        try await serve { served in
            let request = try Fixture.request(1)
            let stranger = served.signed(key: .generate())
            #expect(await Fixture.code { try await served.evaluate(request, as: stranger) } == .unknownKey)
            let wrongEpoch = try Fixture.request(1, epoch: KeyEpoch(2))
            #expect(await Fixture.code { try await served.evaluate(wrongEpoch) } == .wrongEpoch)
            let tooDear = try Fixture.request(101)
            #expect(await Fixture.code { try await served.evaluate(tooDear) } == .budgetExhausted)
            let unlisted = try Fixture.request(1, keyClass: .card)
            #expect(await Fixture.code { try await served.evaluate(unlisted) } == .budgetExhausted)
            let unsigned = ClientRequest(
                "POST", served.origin, "/v1/evaluations", headers: ["content-type": "application/json"],
                body: request.json.bytes)
            let response = try await served.client.send(unsigned)
            #expect(response.status == 401)
        }
    }

    static let badBodies: [(body: String, code: ErrorCode)] = [
        ("[]", .invalidField), ("{", .malformedJSON), (body("\"\",\"more\":1"), .unknownField),
        (#"{"epoch":1,"keyClass":"phone","purpose":"application"}"#, .missingField),
        (#"{"epoch":1,"keyClass":"shoe","purpose":"application","elements":""}"#, .invalidField),
        (body("\"\",\"grant\":\"book 2026\""), .invalidField), (body("\"\",\"grant\":7"), .invalidField),
        (body("\"\""), .invalidElement), (body(repeating: 0, count: 32), .invalidElement),
        (body(repeating: 255, count: 32), .invalidElement), (body(repeating: 1, count: 31), .invalidElement),
        (body(repeating: 1, count: 32 * 1025), .tooManyElements),
    ]

    /// A body up to its elements, which the given text goes on with.
    static func body(_ rest: String) -> String {
        #"{"epoch":1,"keyClass":"phone","purpose":"application","elements":"# + rest + "}"
    }

    static func body(repeating byte: UInt8, count: Int) -> String {
        body("\"" + Base64.encode([UInt8](repeating: byte, count: count)) + "\"")
    }

    @Test("a body that is no evaluation is refused, and the service goes on")
    func badBodies() async throws {
        try await serve { served in
            for (body, code) in Self.badBodies {
                var request = ClientRequest("POST", served.origin, "/v1/evaluations", body: Array(body.utf8))
                request.headers = ["content-type": "application/json"]
                let response = try await served.signed().send(request)
                let json = try JSON(parsing: response.body)
                #expect(json["code"] == .string(code.rawValue), "for \(body.prefix(80))")
            }
            _ = try await served.evaluate(Fixture.request(1))
        }
    }

    @Test("the same signed request is answered once")
    func replayed() async throws {
        try await serve { served in
            let body = try Fixture.request(1).json.bytes
            let created = served.fixture.clock.now
            let signable = SignableRequest(
                method: "POST", authority: served.origin.authority, target: "/v1/evaluations", fields: [])
            let fields = try RequestSigner(served.fixture.sample.members[0].key).headers(
                for: signable, body: body, created: created, expires: created.adding(seconds: 60),
                nonce: RequestNonce("used-once-and-once-only"))
            var headers: HeaderFields = ["content-type": "application/json"]
            for field in fields { headers.append(field.name, field.value) }
            let request = ClientRequest("POST", served.origin, "/v1/evaluations", headers: headers, body: body)
            let first = try await served.client.send(request)
            #expect(first.status == 200)
            let second = try await served.client.send(request)
            #expect(try JSON(parsing: second.body)["code"] == "replayedNonce")
        }
    }

    @Test("a member suspended in a new registry file is refused from the next look on")
    func suspended() async throws {
        try await serve { served in
            let sample = served.fixture.sample
            _ = try await served.evaluate(Fixture.request(1))
            served.fixture.clock.advance(seconds: 60)
            let changed = try sample.changed(at: served.fixture.clock.now) {
                (version: inout RegistryVersion) throws(Problem) in
                try version.suspend(sample.members[0].id, reason: "An audit.", until: nil)
            }
            try changed.chain.write(to: served.folder.registry, replacing: true)
            let request = try Fixture.request(1)
            // Each round asks the process once; the budget of 100 bounds them.
            var code: ErrorCode?
            while code == nil { code = await Fixture.code { try await served.evaluate(request) } }
            #expect(code == .suspendedMember)
            let other = served.signed(by: 1)
            _ = try await served.evaluate(request, as: other)
        }
    }

    @Test("registry, health, readiness and metrics are open to all, and metrics name no member")
    func publicRoutes() async throws {
        try await serve { served in
            _ = try await served.evaluate(Fixture.request(2))
            let registry = try await served.client.send(ClientRequest("GET", served.origin, "/v1/registry"))
            let chain = try RegistryChain(parsing: registry.body, now: served.fixture.clock.now)
            #expect(chain.fingerprint == served.fixture.sample.chain.fingerprint)
            for path in ["/healthz", "/readyz"] {
                let response = try await served.client.send(ClientRequest("GET", served.origin, path))
                #expect(response.status == 200)
            }
            let metrics = try await served.client.send(ClientRequest("GET", served.origin, "/metrics"))
            let text = String(decoding: metrics.body, as: UTF8.self)
            #expect(text.contains(#"counterfoil_tokens_evaluated_total{class="phone"} 2"#))
            for member in served.fixture.sample.members { #expect(!text.contains(member.id.name)) }
        }
    }
}
