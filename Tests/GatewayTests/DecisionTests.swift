import ExchangeFakes
import Foundation
import HTTPEdge
import Lending
import Records
import Registry
import Testing
import Vocabulary

@testable import Gateway

@Suite("The lender's decision policy")
struct DecisionTests {
    static let accepting = policy("accepting", "rule AWAY accept when status is unavailable\notherwise accept")
    static let cautious = policy(
        "cautious",
        """
        rule OPEN refuse when exposure.others.openLenders >= 3
          because "many-lenders" en "Several lenders have open loans." zh "多家机构有未结清贷款。"
        otherwise accept
        """)

    static func policy(_ name: String, _ rules: String, version: Int = 1) -> String {
        "policy \"\(name)\" version \(version)\n\(rules)\n"
    }

    let folder = NSTemporaryDirectory() + "counterfoil-policy-\(UInt64.random(in: 0 ... .max))"

    func write(_ text: String, _ name: String) throws -> String {
        try FileSystem.makeFolder(folder)
        let path = "\(folder)/\(name).policy"
        try FileSystem.write(Array(text.utf8), to: path, as: .open, replacing: true)
        return path
    }

    func fixture(active: String?, shadow: String? = nil) throws -> Fixture {
        let activePath = try active.map { try write($0, "active") }
        let shadowPath = try shadow.map { try write($0, "shadow") }
        let version = try FakeConsortium().follower.current
        let desk = try DecisionDesk(active: activePath, shadow: shadowPath, under: version)
        let fixture = try Fixture { $0.decisions = desk }
        fixture.consortium.node.with {
            $0.told["status"] = "found"
            $0.values = { Fixture.values(["exposure.others.openLenders": "3-4"], $0) }
        }
        return fixture
    }

    @Test("decides every answer with reasons, and names itself by the digest of its file")
    func decides() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fixture = try fixture(active: Self.cautious)
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        let decision = try #require(answer["decision"])
        #expect(decision["outcome"] == "refuse")
        #expect(decision["reasons"]?.array?.first?["code"] == "many-lenders")
        #expect(decision["fired"]?.array?.first?["rule"] == "OPEN")
        #expect(decision["undecided"] == [])
        #expect(decision["policy"]?["version"] == 1)
        #expect(decision["policy"]?["digest"]?.string?.count == 64)
        let kept = try await fixture.json("GET", "/v1/answers/\(Samples.id(1))")
        #expect(kept["answer"]?["decision"] == decision)
    }

    @Test("the shipped policy stands where none is configured")
    func shipped() async throws {
        let fixture = try Fixture()
        let policies = try await fixture.json("GET", "/v1/decisions/policy")
        #expect(policies["active"]?["source"] == "shipped")
        #expect(policies["active"]?["neverTold"] == [])
        #expect(policies["shadow"] == .null)
        #expect(policies["profile"] == "summary")
        #expect(await fixture.call("GET", "/v1/decisions/shadow").errorCode == .notFound)
    }

    @Test("a policy whose cells stand in a longer profile gets that profile, and no longer one")
    func profile() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let summary = try #require(Catalogue.current.profile(named: "summary")?.names)
        let standard = try #require(Catalogue.current.profile(named: "standard")?.names)
        let cell = try #require(standard.first { !summary.contains($0) && $0.hasSuffix(".count") })
        let text = Self.policy(
            "longer",
            """
            rule MANY review when \(cell) >= 1 because "many" en "Many." zh "多。"
            otherwise accept
            """)
        let fixture = try fixture(active: text)
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        #expect(answer["statistics"]?["profile"] == "standard")
        let asked = AnswerTests.check(2, ["profile": "full"])
        #expect(try await fixture.json("POST", "/v1/checks", asked.text)["statistics"]?["profile"] == "full")
    }

    @Test("a shadow is noted beside the decision and never shown with it; its differences are counted")
    func shadow() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fixture = try fixture(active: Self.accepting, shadow: Self.cautious)
        for number in 1...3 as ClosedRange<UInt64> {
            let response = await fixture.call("POST", "/v1/checks", Samples.check(number).text)
            #expect(try JSON(parsing: response.body)["decision"]?["outcome"] == "accept")
            #expect(!String(decoding: response.body, as: UTF8.self).contains("many-lenders"))
        }
        try fixture.killAndReopen()
        let report = try await fixture.json("GET", "/v1/decisions/shadow")
        #expect(report["answers"] == 3)
        #expect(report["changed"] == 3)
        let last = try await fixture.json("GET", "/v1/decisions/shadow?last=2")
        #expect(last["answers"] == 2)
        let kept = await fixture.call("GET", "/v1/answers/\(Samples.id(1))")
        #expect(!String(decoding: kept.body, as: UTF8.self).contains("many-lenders"))
    }

    @Test("a dry run decides past answers anew and changes nothing")
    func dryRun() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fixture = try fixture(active: Self.accepting)
        for number in 1...4 as ClosedRange<UInt64> {
            fixture.consortium.clock.advance(seconds: 1)
            _ = await fixture.call("POST", "/v1/checks", Samples.check(number).text)
        }
        let body = JSON.object(["policy": .string(Self.cautious), "last": 3]).text
        let changes = try await fixture.json("POST", "/v1/decisions/dry-run", body)
        #expect(changes["answers"] == 3)
        #expect(changes["changed"] == 3)
        let table = await fixture.call("POST", "/v1/decisions/dry-run", body, accept: "text/plain")
        #expect(String(decoding: table.body, as: UTF8.self).contains("accept -> refuse: 3"))
        #expect(try await fixture.json("GET", "/v1/decisions/policy")["active"]?["policy"]?["name"] == "accepting")
    }

    @Test("a candidate that does not stand is refused with line and column")
    func brokenCandidate() async throws {
        let fixture = try Fixture()
        let body = JSON.object(["policy": .string(Self.policy("x", "otherwise perhaps"))]).text
        let response = await fixture.call("POST", "/v1/decisions/dry-run", body)
        #expect(response.errorCode == .invalidField)
        #expect(String(decoding: response.body, as: UTF8.self).contains("2:11"))
    }

    @Test("a changed file is in force at the next look; a broken one leaves the old policy and is told")
    func changes() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let fixture = try fixture(active: Self.accepting)
        func outcome(_ number: UInt64) async throws -> JSON? {
            try await fixture.json("POST", "/v1/checks", Samples.check(number).text)["decision"]?["outcome"]
        }
        #expect(try await outcome(1) == "accept")
        _ = try write(Self.cautious, "active")
        fixture.gateway.lookAtPolicies()
        #expect(try await outcome(2) == "refuse")
        _ = try write(Self.policy("broken", "otherwise perhaps"), "active")
        fixture.gateway.lookAtPolicies()
        #expect(try await outcome(3) == "refuse")
        let ready = await fixture.call("GET", "/readyz")
        #expect(ready.status == 200)
        #expect(String(decoding: ready.body, as: UTF8.self).contains("2:11"))
        #expect(fixture.lines.text.contains("decision policy not taken"))
        _ = try write(Self.accepting, "active")
        fixture.gateway.lookAtPolicies()
        #expect(try await outcome(4) == "accept")
        #expect(String(decoding: await fixture.call("GET", "/readyz").body, as: UTF8.self) == "ready\n")
    }

    @Test("a broken or missing file keeps a gateway from starting")
    func refused() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let version = try FakeConsortium().follower.current
        let broken = try write(Self.policy("x", "otherwise perhaps"), "broken")
        #expect(throws: Problem.self) { try DecisionDesk(active: broken, shadow: nil, under: version) }
        #expect(throws: Problem.self) { try DecisionDesk(active: nil, shadow: "\(folder)/none", under: version) }
    }
}
