import ConsortiumSupport
import Exchange
import HTTPEdge
import Logging
import NodeService
import Records
import Registry
import RequestSigning
import ServiceLifecycle
import Sodium
import Store
import Synchronization
import Testing
import Vocabulary

/// The node's routes over a real listener, asked by signed clients.
@Suite("The node over HTTP", .serialized)
struct RouteTests {
    struct Served: Sendable {
        let origin: Origin
        let clock: TestClock
        let registry: MetricsRegistry
        let http: HTTPClient

        func client(_ key: SigningKey) -> SignedClient {
            SignedClient(origin, http: http, signer: RequestSigner(key)) { [clock] in clock.now }
        }
    }

    func serving(
        _ consortium: NodeConsortium, _ body: (Served) async throws -> Void
    ) async throws {
        let (registry, clock, chain) = (MetricsRegistry(), consortium.clock, consortium.registry)
        let authority = Mutex("")
        let authenticator = Authenticator(
            isOurs: { asked in authority.withLock { $0 == asked } }, lookUp: { chain.chain.key($0) },
            lookUpAdmin: { id in chain.current.admins.first { $0.keyID == id } }, now: { clock.now })
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let responder = Responder(
            routes: NodeRoutes(node: consortium.running, authenticator: authenticator).routes, registry: registry,
            logger: logger, now: { clock.now })
        let listener = try Listener(
            Listener.Configuration(name: "node", address: .loopback(host: "127.0.0.1", port: 0)),
            responder: responder, registry: registry, logger: logger)
        let group = ServiceGroup(services: [listener], logger: logger)
        let running = Task { try await group.run() }
        guard case .tcp(let host, let port) = try await listener.address else { return }
        let served = Served(
            origin: try Origin("http://\(host):\(port)"), clock: clock, registry: registry, http: try HTTPClient())
        authority.withLock { $0 = served.origin.authority }
        do { try await body(served) } catch {
            running.cancel()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running.value
    }

    func code(_ response: ClientResponse?) throws -> String? {
        try response.flatMap { try JSON(parsing: $0.body)["code"]?.string }
    }

    @Test("notices come as a stream of signed pages, one after the other, from the cursor on")
    func stream() async throws {
        var consortium = try NodeConsortium()
        try consortium.start(on: MemoryEntryStore())
        for number in 0..<3 {
            try await consortium.reserve("mine\(number)", Person("p\(number)"), by: 0)
        }
        let sample = consortium.lenders.sample
        var reserving: [(any Node, SealedRequest)] = []
        for number in 0..<3 {
            let request = consortium.lenders.reservation(
                "theirs\(number)", of: Person("p\(number)"), by: 1, at: consortium.now)
            reserving.append((consortium.session(of: 1), request))
        }
        let (reader, requests) = (consortium, reserving)
        try await serving(consortium) { served in
            _ = try await requests[0].0.reserve(requests[0].1)
            let seen = Mutex<[(id: String, kinds: [String])]>([])
            struct Enough: Error {}
            await #expect(throws: Enough.self) {
                try await served.client(sample.members[0].key).events(
                    "/v1/notices/stream?after=0", quietFor: .seconds(20)
                ) { event in
                    let page = try reader.open(try Envelope(parsing: Array(event.data.utf8)), .notices)
                    #expect(event.event == "notices" && event.id == page.cursor.map { String($0) })
                    let count = seen.withLock { seen -> Int in
                        seen.append((event.id, page.noticeKinds))
                        return seen.count
                    }
                    guard count < 3 else { throw Enough() }
                    _ = try await requests[count].0.reserve(requests[count].1)
                }
            }
            #expect(seen.withLock { $0.map(\.id) } == ["1", "2", "3"])
            #expect(seen.withLock { $0.flatMap(\.kinds) } == ["reservation", "reservation", "reservation"])
        }
    }

    @Test("a stream ends once its member is suspended, and is refused to one that is")
    func suspended() async throws {
        var consortium = try NodeConsortium()
        try consortium.start(on: MemoryEntryStore())
        for name in ["p", "q"] { try await consortium.reserve("mine-\(name)", Person(name), by: 0) }
        try await consortium.reserve("theirs", Person("p"), by: 1)
        let request = consortium.lenders.reservation("later", of: Person("q"), by: 1, at: consortium.now)
        let session: any Node = consortium.session(of: 1)
        let (id, key) = consortium.lenders.sample.members[0]
        let changed = try consortium.lenders.sample.changed(at: consortium.now) { version throws(Problem) in
            try version.suspend(id, reason: "audit", until: nil)
        }
        let (registry, now) = (consortium.registry, consortium.now)
        let told = Mutex(0)
        try await serving(consortium) { served in
            let response = try await served.client(key).events(
                "/v1/notices/stream", quietFor: .seconds(20)
            ) { _ in
                told.withLock { $0 += 1 }
                try registry.adopt(changed.chain.envelopes, now: now)
                // There is something to tell now, but not to this member.
                _ = try await session.reserve(request)
            }
            #expect(response == nil && told.withLock { $0 } == 1)
            let refused = try await served.client(key).events("/v1/notices/stream", quietFor: .seconds(20)) { _ in }
            #expect(try code(refused) == "suspendedMember")
        }
    }

    @Test("who has not acknowledged is shown to admins, by their keys alone")
    func unacknowledged() async throws {
        var consortium = try NodeConsortium()
        try consortium.start(on: MemoryEntryStore())
        let now = consortium.now
        let person = Person("p")
        try await consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: now, name: "report"), by: 1)
        try await consortium.ask(about: person, by: 0)
        try await consortium.furnish(.retraction(of: "report", at: now), by: 1)
        consortium.clock.advance(days: 2)
        let sample = consortium.lenders.sample
        try await serving(consortium) { served in
            let path = "/v1/notices/unacknowledged"
            let answer = try await served.client(sample.admins[0].key).get(path)
            let members = try JSON(parsing: answer.body)["members"]?.array
            #expect(members?.count == 1 && members?.first?["unacknowledged"] == 1)
            #expect(members?.first?["member"]?.string == sample.members[0].id.name)
            #expect(try code(try await served.client(sample.members[0].key).get(path)) == "notEntitled")
            #expect(try code(try await served.client(.generate()).get(path)) == "unknownKey")
            // An admin is no member.
            #expect(try code(try await served.client(sample.admins[0].key).get("/v1/notices")) == "unknownKey")
        }
    }

    @Test("what is malformed is refused before anything is decided")
    func malformed() async throws {
        var consortium = try NodeConsortium()
        try consortium.start(on: MemoryEntryStore())
        let check = consortium.lenders.check(of: Person("p"), by: 0, at: consortium.now)
        let key = consortium.lenders.sample.members[0].key
        try await serving(consortium) { served in
            let client = served.client(key)
            for (path, expected) in [
                ("/v1/notices?wait=31", "invalidField"), ("/v1/notices?since=3", "unknownField"),
                ("/v1/notices/stream?wait=1", "unknownField"),
            ] {
                #expect(try code(try await client.get(path)) == expected, "\(path)")
            }
            // A check is neither a batch, a reservation, a watch nor an acknowledgement.
            for path in ["/v1/batches", "/v1/reservations", "/v1/watches", "/v1/notices/acknowledgements"] {
                let response = try await client.post(path, json: check.json, isIdempotent: false)
                #expect((400..<500).contains(response.status), "\(path)")
                let unsigned = try await served.http.send(
                    ClientRequest(
                        "POST", served.origin, path, headers: ["content-type": "application/json"],
                        body: check.json.bytes))
                #expect(unsigned.status == 401, "\(path)")
            }
            for path in ["/v1/notices", "/v1/notices/stream", "/v1/furnishing", "/v1/outcomes"] {
                #expect(try await served.http.send(ClientRequest("GET", served.origin, path)).status == 401, "\(path)")
            }
            let large = [UInt8](repeating: UInt8(ascii: " "), count: 9 << 20)
            let refused = try await served.http.send(ClientRequest("POST", served.origin, "/v1/batches", body: large))
            #expect(refused.status == 413)
            for name in ["batch", "reserve", "watch", "acknowledge", "notices", "streamNotices", "outcomes"] {
                #expect(served.registry.text.contains("counterfoil_requests_total{route=\"\(name)\""), "\(name)")
            }
        }
    }
}
