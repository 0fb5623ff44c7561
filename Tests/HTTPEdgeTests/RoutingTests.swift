import HTTPEdge
import Testing
import Vocabulary

@Suite("Routes and problems")
struct RoutingTests {
    struct Private: Error, CustomStringConvertible {
        let description = "6222021234567890123"
    }

    static let routes: [Route] = [
        .get("/v1/things", name: "things") { .text("\($0.query)|\($0.authority)") },
        .get("/v1/tile/*", name: "tile") { .text($0.tail) },
        .get("/v1/tile/special/*", name: "special") { .text("special \($0.tail)") },
        .post("/v1/things", name: "make", bodyLimit: 1000) { .json(try $0.json()) },
        .get("/v1/fails", name: "fails") { _ in throw Private() },
        .get("/v1/refuses", name: "refuses") { _ in
            throw Problem(.wrongEpoch, "That epoch is over.", hint: "Ask again.", path: "epoch")
        },
        .get("/v1/field", name: "field") { _ in throw FieldFailure(path: "records[3].kind", rule: .missing) },
    ]

    @Test("a route is found by its method and whole path, and gets the query and the authority")
    func exactRoute() async throws {
        try await Harness.run(Self.routes) { harness in
            let response = try await harness.get("/v1/things?a=1&b=%20")
            #expect(response.status == 200)
            #expect(String(decoding: response.body, as: UTF8.self) == "a=1&b=%20|\(harness.origin.authority)")
            #expect(response.headers["cache-control"] == "no-store")
        }
    }

    @Test("a pattern's tail is captured, and the longest pattern wins")
    func tails() async throws {
        try await Harness.run(Self.routes) { harness in
            let plain = try await harness.get("/v1/tile/0/x001/234.p/7")
            #expect(plain.body == Array("0/x001/234.p/7".utf8))
            let special = try await harness.get("/v1/tile/special/a")
            #expect(special.body == Array("special a".utf8))
        }
    }

    @Test(
        "a path that no route has is refused as a problem, and the connection goes on",
        arguments: ["/", "/v1", "/v1/things/", "/v1/tile/", "/V1/things", "/v1/things%2F", "//v1/things"])
    func notFound(path: String) async throws {
        var limits = ListenerLimits()
        limits.connections = 1
        try await Harness.run(Self.routes, limits: limits) { harness in
            let response = try await harness.get(path)
            #expect(response.status == 404)
            #expect(response.headers["content-type"] == "application/problem+json")
            let json = try JSON(parsing: response.body)
            #expect(json["type"] == "urn:counterfoil:error:notFound")
            #expect(json["code"] == "notFound")
            #expect(json["title"] == "Not found")
            #expect(json["status"] == 404)
            #expect(json["time"] == .string(Harness.noon.description))
            #expect(try await harness.get("/v1/things").status == 200)
        }
    }

    @Test("a method that a path does not answer is refused with the ones it does", arguments: ["PUT", "DELETE", "HEAD"])
    func methodNotAllowed(method: String) async throws {
        try await Harness.run(Self.routes) { harness in
            let request = ClientRequest(method, harness.origin, "/v1/things")
            let response = try await harness.client.send(request)
            #expect(response.status == 405)
            #expect(response.headers["allow"] == "GET, POST")
        }
    }

    @Test("a problem leaves with its code, hint and path")
    func problem() async throws {
        try await Harness.run(Self.routes) { harness in
            let response = try await harness.get("/v1/refuses")
            #expect(response.status == 409)
            let expected = Problem(.wrongEpoch, "That epoch is over.", hint: "Ask again.", path: "epoch")
            #expect(throws: expected) { try response.accepted(otherwise: .nodeUnavailable) }
        }
    }

    @Test("a field's failure leaves as its problem")
    func fieldFailure() async throws {
        try await Harness.run(Self.routes) { harness in
            let json = try JSON(parsing: try await harness.get("/v1/field").body)
            #expect(json["code"] == "missingField")
            #expect(json["path"] == "records[3].kind")
        }
    }

    @Test("an unknown error leaves as one fixed sentence and is logged by its type's name alone")
    func unknownError() async throws {
        try await Harness.run(Self.routes) { harness in
            let response = try await harness.get("/v1/fails")
            #expect(response.status == 500)
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(text.contains("internalError"))
            #expect(!text.contains("6222") && !text.contains("Private"))
            let log = harness.lines.all.joined()
            #expect(log.contains("RoutingTests.Private"))
            #expect(!log.contains("6222"))
        }
    }

    @Test("a body that is not said to be JSON, or is not, is refused")
    func wrongBodies() async throws {
        try await Harness.run(Self.routes) { harness in
            #expect(try await harness.post("/v1/things", Array("{}".utf8), type: "text/plain").status == 415)
            #expect(try await harness.post("/v1/things", Array("{".utf8)).status == 400)
            let type = "application/JSON; charset=utf-8"
            let response = try await harness.post("/v1/things", Array("{}".utf8), type: type)
            #expect(response.status == 200)
        }
    }

    @Test("the request log names the route and the outcome, never the path, the query or the caller")
    func requestLog() async throws {
        try await Harness.run(Self.routes) { harness in
            _ = try await harness.get("/v1/tile/110101199003070134?phone=13800138000")
            _ = try await harness.get("/13800138000")
            let log = harness.lines.all.joined()
            #expect(log.contains(#""route":"tile""#) && log.contains(#""status":"200""#))
            #expect(log.contains(#""route":"none""#) && log.contains(#""error":"notFound""#))
            #expect(!log.contains("110101199003070134") && !log.contains("13800138000") && !log.contains("127.0.0.1"))
        }
    }
}
