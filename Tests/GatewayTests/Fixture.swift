import Exchange
import ExchangeClient
import ExchangeFakes
import Foundation
import Lending
import Logging
import Records
import Registry
import Sodium
import Synchronization
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

/// A gateway in process, with its outbox in a folder of its own that goes with the fixture.
final class Fixture {
    let consortium: FakeConsortium
    let folder: String
    let lines = LogLines()
    let key = DataKey.ephemeral()
    let metrics = MetricsRegistry()
    var outboxBytes = Outbox.maximumBytes
    private let prepare: (inout Gateway.Dependencies) -> Void
    private var held: (gateway: Gateway, responders: [Responder])?

    init(
        outboxBytes: Int = Outbox.maximumBytes, prepare: @escaping (inout Gateway.Dependencies) -> Void = { _ in }
    ) throws {
        self.outboxBytes = outboxBytes
        consortium = try FakeConsortium()
        consortium.node.with { $0.values = { Fixture.values([:], $0) } }
        self.prepare = prepare
        folder = NSTemporaryDirectory() + "counterfoil-gateway-" + Hex.encode(SystemRandom.bytes(8))
        try FileSystem.makeFolder(folder)
        try open()
    }

    /// The values of a profile in its order: null but for the cells named.
    static func values(_ cells: [String: JSON], _ profile: String) -> [JSON] {
        (Catalogue.current.profile(named: profile)?.names ?? []).map { cells[$0] ?? .null }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var outboxFile: String { "\(folder)/outbox.db" }
    var member: MemberID { consortium.member }

    var gateway: Gateway {
        guard let held else { preconditionFailure("The gateway is closed.") }
        return held.gateway
    }

    private func open() throws {
        let clock = consortium.clock, lines = lines
        let outbox = try Outbox(
            path: outboxFile, key: key, consortium: consortium.sample.chain.current.consortium, member: member,
            maximumBytes: outboxBytes)
        var logger = Logger(label: "gateway") { label in
            JSONLogHandler(label: label, now: { clock.now }, write: { lines.add($0) })
        }
        logger.logLevel = .trace
        var dependencies = Gateway.Dependencies(
            member: member, key: consortium.key, registry: consortium.follower, outbox: outbox,
            node: consortium.node, connect: consortium.connect, logger: logger)
        dependencies.metrics = metrics
        dependencies.now = { clock.now }
        dependencies.registryFile = "\(folder)/registry.json"
        prepare(&dependencies)
        let gateway = Gateway(dependencies)
        let keys = try APIKeys(.object(["keys": [Self.apiKey.entry]]))
        let responders = try [Access.socketOwner, .keys(keys)].map { access in
            Responder(
                routes: try gateway.routes(access, metrics: metrics), registry: MetricsRegistry(), logger: logger,
                now: { clock.now })
        }
        held = (gateway, responders)
    }

    /// What a kill leaves: the file alone. Everything in memory is gone.
    func killAndReopen() throws {
        held = nil
        try open()
    }

    static let apiKey = APIKeys.generate(name: "loan-system")

    var door: Door {
        guard let held else { preconditionFailure("The gateway is closed.") }
        return Door(responders: held.responders)
    }

    func call(
        _ method: String, _ path: String, _ body: String = "", type: String = "application/json",
        accept: String? = nil, overPort: Bool = false, authorization: String? = nil
    ) async -> EdgeResponse {
        await door.call(
            method, path, body, type: type, accept: accept, overPort: overPort, authorization: authorization)
    }

    func json(_ method: String, _ path: String, _ body: String = "") async throws -> JSON {
        try JSON(parsing: await call(method, path, body).body)
    }
}

/// The gateway's log, as bytes.
final class LogLines: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func add(_ line: [UInt8]) { bytes.withLock { $0 += line } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

/// The gateway's interface without a socket.
struct Door: Sendable {
    let responders: [Responder]

    /// Calls a route: as the socket's owner, or over a port with what stands in `authorization`.
    func call(
        _ method: String, _ path: String, _ body: String = "", type: String = "application/json",
        accept: String? = nil, overPort: Bool = false, authorization: String? = nil
    ) async -> EdgeResponse {
        let (path, query) = Self.split(path)
        let responder = responders[overPort ? 1 : 0]
        var headers = HeaderFields([("content-type", type)])
        if let accept { headers.append("accept", accept) }
        if let authorization { headers.append("authorization", authorization) }
        var request = EdgeRequest(
            method: method, path: path, query: query, authority: "localhost", headers: headers,
            body: Array(body.utf8))
        switch responder.plan(method: method, path: path) {
        case .refuse(let response): return response
        case .route(let index, let tail, let limit):
            guard body.utf8.count <= limit else { return responder.bodyTooLarge(limit: limit) }
            request.tail = tail
            return await responder.respond(to: request, route: index)
        }
    }

    private static func split(_ target: String) -> (path: String, query: String) {
        let parts = target.split(separator: "?", maxSplits: 1).map { String($0) }
        return (parts[0], parts.count == 2 ? parts[1] : "")
    }
}
