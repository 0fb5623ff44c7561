import ConsortiumSupport
import Exchange
import HTTPEdge
import NodeService
import Records
import Registry
import Sodium
import Store
import Testing
import Vocabulary

@Suite("The office over HTTP", .serialized)
struct RingRouteTests {
    @Test("its routes open to admins' keys alone")
    func admins() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        try await rings.node.runDiscovery()
        let sample = rings.consortium.lenders.sample
        let paths = [
            "/v1/rings", "/v1/rings?after=C-1&limit=3", "/v1/rings/R-1", "/v1/rings/C-1", "/v1/rings/candidates",
            "/v1/rings/discovery", "/v1/rings/events?after=0&limit=5",
        ]
        let routes = RouteTests()
        try await routes.serving(rings.consortium) { served in
            for path in paths {
                let answer = try await served.client(sample.admins[0].key).get(path)
                #expect(answer.status == 200, "\(path)")
                #expect(try routes.code(try await served.client(sample.members[0].key).get(path)) == "notEntitled")
                #expect(try routes.code(try await served.client(.generate()).get(path)) == "unknownKey")
            }
            let picture = try await served.client(sample.admins[0].key).get("/v1/rings/R-1")
            #expect(try RingPicture(parsing: picture.body).subjects.count == 4)
        }
        #expect(rings.reports.accesses.count == paths.count + 1)
    }

    @Test("decisions are posted, and what is malformed is refused")
    func decisions() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        try await rings.node.runDiscovery()
        let request = rings.consortium.lenders.ringDecision(
            .dismiss(candidate: RingName(.candidate, 1), note: "a family"), at: rings.consortium.now)
        let sample = rings.consortium.lenders.sample
        let routes = RouteTests()
        try await routes.serving(rings.consortium) { served in
            let admin = served.client(sample.admins[0].key), member = served.client(sample.members[0].key)
            let refused = try await member.post("/v1/rings/decisions", json: request.json, isIdempotent: true)
            #expect(try routes.code(refused) == "notEntitled")
            let answer = try await admin.post("/v1/rings/decisions", json: request.json, isIdempotent: true)
            #expect(try RingDecisionOutcome(parsing: answer.body).status == .recorded)
            let bad = [
                ("/v1/rings?limit=0", "invalidField"), ("/v1/rings?limit=501", "invalidField"),
                ("/v1/rings?after=12", "invalidField"), ("/v1/rings?after=R-1&after=R-2", "invalidField"),
                ("/v1/rings?before=R-1", "unknownField"), ("/v1/rings/events?after=-1", "invalidField"),
                ("/v1/rings/events?after=99999999999999999999", "invalidField"), ("/v1/rings/R-0", "notFound"),
                ("/v1/rings/X-1", "notFound"), ("/v1/rings/R-99", "notFound"),
            ]
            for (path, code) in bad { #expect(try routes.code(try await admin.get(path)) == code, "\(path)") }
            let empty = try await admin.post("/v1/rings/decisions", json: .object([JSON.Member]()), isIdempotent: true)
            #expect(try routes.code(empty) == "missingField")
            let asked = try await admin.send(
                ClientRequest("POST", served.origin, "/v1/rings/discovery", isIdempotent: true))
            #expect(try DiscoveryStatus(parsing: asked.body).runs.count == 1)
        }
    }
}
