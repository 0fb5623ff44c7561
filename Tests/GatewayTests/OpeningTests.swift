import Exchange
import ExchangeFakes
import Foundation
import HTTPEdge
import Logging
import Registry
import ServiceLifecycle
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("A gateway from its files")
struct OpeningTests {
    let consortium: FakeConsortium
    let folder: String
    let files: SampleFolder

    init() throws {
        consortium = try FakeConsortium()
        folder = NSTemporaryDirectory() + "counterfoil-opening-" + Hex.encode(SystemRandom.bytes(8))
        files = try consortium.sample.write(to: folder)
    }

    func configuration() -> GatewayConfiguration {
        GatewayConfiguration(
            member: consortium.member, memberKeyFile: files.memberKey(consortium.member),
            registryFile: files.registry, outboxFile: "\(folder)/outbox.db", dataKeyFile: "\(folder)/data.key",
            listeners: [.unixSocket(path: "\(folder)/g.sock")])
    }

    func open(_ configuration: GatewayConfiguration) throws -> Gateway {
        let clock = consortium.clock
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try Gateway.open(configuration, logger: logger) { clock.now }.gateway
    }

    func refusal(_ change: (inout GatewayConfiguration) throws -> Void) throws -> ErrorCode? {
        var configuration = configuration()
        try change(&configuration)
        return #expect(throws: Problem.self) {
            let gateway = try open(configuration)
            _ = try gateway.listeners(configuration)
        }?.code
    }

    @Test("opened twice in turn it finds its outbox and its key again")
    func opens() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for _ in 0..<2 {
            let gateway = try open(configuration())
            #expect(try gateway.listeners(configuration()).count == 1)
        }
    }

    @Test("what an operator has to put right is refused with a code of its own")
    func refusals() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try refusal { $0.memberKeyFile = files.adminKey("admin-1") } == .configurationInvalid)
        #expect(try refusal { $0.memberKeyFile = files.memberKey(consortium.sample.members[1].id) } == .unknownKey)
        #expect(try refusal { $0.memberKeyFile = "\(folder)/none.key" } == .notFound)
        #expect(try refusal { $0.fingerprint = Vocabulary.Hash(Bytes32()) } == .verificationFailed)
        #expect(
            try refusal { $0.listeners = [.loopback(host: "127.0.0.1", port: 0)] } == .configurationInvalid,
            "a port needs API keys")
        let missingKeys = try refusal {
            $0.apiKeysFile = "\(folder)/none.json"
            $0.listeners = [.loopback(host: "127.0.0.1", port: 0)]
        }
        #expect(missingKeys == .notFound)
        #expect(try refusal { $0.authoritiesFile = "\(folder)/none.pem" } == .configurationInvalid)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: files.memberKey(consortium.member))
        #expect(try refusal { _ in } == .secretFileExposed)
    }

    @Test("an outbox without its key is refused, and no new key is made for it")
    func lostKey() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try open(configuration())
        try FileManager.default.removeItem(atPath: "\(folder)/data.key")
        #expect(try refusal { _ in } == .configurationInvalid)
        #expect(!FileSystem.exists("\(folder)/data.key"))
    }

    @Test("outside demo mode the key may not lie beside the outbox")
    func keyBesideOutbox() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let changed = try consortium.changed { $0.mode = .production }
        try changed.chain.write(to: files.registry, replacing: true)
        #expect(try refusal { _ in } == .keysBesideDatabase)
        var apart = configuration()
        try FileSystem.makeFolder("\(folder)/keys")
        apart.dataKeyFile = "\(folder)/keys/data.key"
        _ = try open(apart)
        for way in ["\(folder)/keys/../data.key", "\(folder)/./data.key"] {
            #expect(try refusal { $0.dataKeyFile = way } == .keysBesideDatabase)
        }
    }

    @Test("a link does not make the outbox's folder another one")
    func linkToOutbox() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let changed = try consortium.changed { $0.mode = .production }
        try changed.chain.write(to: files.registry, replacing: true)
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/apart", withDestinationPath: folder)
        #expect(try refusal { $0.dataKeyFile = "\(folder)/apart/data.key" } == .keysBesideDatabase)
        _ = try DataKey.openOrCreate("\(folder)/data.key")
        try FileSystem.makeFolder("\(folder)/keys")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/keys/data.key", withDestinationPath: "\(folder)/data.key")
        #expect(try refusal { $0.dataKeyFile = "\(folder)/keys/data.key" } == .keysBesideDatabase)
    }
}

@Suite("The gateway at work")
struct ServiceTests {
    @Test("what the node did not take at first is sent again when its time has come", .timeLimit(.minutes(1)))
    func retries() async throws {
        let fixture = try Fixture()
        let (gateway, clock, node) = (fixture.gateway, fixture.consortium.clock, fixture.consortium.node)
        node.with { $0.failures = [ErrorCode.nodeUnavailable, .overloaded].map { Problem($0, "Later.") } }
        let service = DeliveryService(
            delivery: gateway.delivery, arrivals: gateway.arrivals, now: { clock.now },
            sleep: { clock.advance(seconds: $0.components.seconds + 1) })
        _ = await fixture.call("POST", "/v1/records", Samples.loan(1).text)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            while node.with({ $0.order.isEmpty }) { await Task.yield() }
            group.cancelAll()
        }
        #expect(node.with { Set($0.submissions.map(\.envelope)).count } == 1)
    }

    @Test("posted over its Unix socket, a record is delivered by the running services", .timeLimit(.minutes(1)))
    func endToEnd() async throws {
        let fixture = try Fixture()
        let gateway = fixture.gateway
        let path = "\(fixture.folder)/g.sock"
        var configuration = GatewayConfiguration(
            member: fixture.member, memberKeyFile: "", registryFile: "", outboxFile: "", dataKeyFile: "",
            listeners: [.unixSocket(path: path)])
        configuration.limits.drainDeadline = .milliseconds(100)
        let listener = try #require(try gateway.listeners(configuration).first)
        let http = try HTTPClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            for service in gateway.services { group.addTask { try await service.run() } }
            _ = try await listener.address
            let origin = try Origin("unix:\(path)")
            let posted = try await http.send(
                ClientRequest(
                    "POST", origin, "/v1/records", headers: ["content-type": "application/json"],
                    body: Samples.loan(1).bytes))
            #expect(posted.status == 202)
            var status: String?
            while status != "delivered" {
                let response = try await http.send(ClientRequest("GET", origin, "/v1/records/\(Samples.id(1))"))
                status = try JSON(parsing: response.body)["status"]?.string
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            group.cancelAll()
        }
        http.shutDown()
        #expect(!FileSystem.exists(path))
    }
}
