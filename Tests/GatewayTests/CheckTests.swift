import Exchange
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Checks through the gateway")
struct CheckTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    @Test("the answer is readable, names its evidence, and the evidence is kept")
    func answered() async throws {
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        #expect(answer["status"] == "noRecord")
        #expect(answer["decision"]?["outcome"] != nil)
        #expect(answer["tokensAsked"] == nil)
        #expect(answer["evidence"]?["answer"]?.string == "/v1/answers/\(Samples.id(1))")
        let kept = try await fixture.json("GET", "/v1/answers/\(Samples.id(1))")
        #expect(kept["answer"] == answer)
        let envelope = try Envelope(try #require(kept["envelope"]))
        #expect(envelope.hash.description == answer["evidence"]?["envelopeHash"]?.string)
        #expect(envelope.isSigned(by: fixture.consortium.sample.answerKey.publicKey))
    }

    @Test("the same check asked again has the same answer, and another question under its id is a conflict")
    func askedAgain() async throws {
        let first = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        try fixture.killAndReopen()
        #expect(try await fixture.json("POST", "/v1/checks", Samples.check(1).text) == first)
        #expect(node.with { $0.checks.count } == 1)
        let other = await fixture.call("POST", "/v1/checks", Samples.check(1, applicant: Samples.person(1)).text)
        #expect(other.errorCode == .recordConflict)
    }

    @Test(
        "an answer that lies is neither shown nor kept",
        arguments: [
            FakeNode.Lie.answerSignedByAnotherKey, .answerToAnotherCheck, .answerForOtherTokens,
            .answerForAnotherMember, .answerComputedLongAgo, .answerOfAnotherType, .answerOfAnotherConsortium,
            .answerToAnotherWording, .answerOfAnotherLog,
        ])
    func lyingNode(_ lie: FakeNode.Lie) async throws {
        node.with { $0.lie = lie }
        let response = await fixture.call("POST", "/v1/checks", Samples.check(1).text)
        #expect(response.errorCode == .verificationFailed)
        #expect(response.status == 502)
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(1))").errorCode == .unknownRecord)
    }

    @Test("a node that is away is told as such")
    func nodeAway() async throws {
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        let response = await fixture.call("POST", "/v1/checks", Samples.check(1).text)
        #expect(response.status == 503)
        #expect(response.errorCode == .nodeUnavailable)
    }

    @Test("a wrong custodian is named in the log and the check is answered all the same")
    func wrongCustodian() async throws {
        fixture.consortium.custodians[1].behaviour = .otherKey
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        #expect(answer["status"] == "noRecord")
        let lines = fixture.lines.text.split(separator: "\n").filter { $0.contains("custodian not used") }
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0.contains("custodian-2") && $0.contains("invalidProof") })
        let metrics = String(decoding: await fixture.call("GET", "/metrics").body, as: UTF8.self)
        #expect(metrics.contains("custodian_failures_total{code=\"invalidProof\"}"))
    }

    @Test("an answer signed with a new key is believed once the registry names the key, and not before")
    func newAnswerKey() async throws {
        let key = SigningKey.generate()
        node.with { $0.newAnswerKey = key }
        #expect(await fixture.call("POST", "/v1/checks", Samples.check(1).text).errorCode == .verificationFailed)
        let changed = try fixture.consortium.changed {
            $0.node = NodeIdentity(name: $0.node.name, url: $0.node.url, answerKey: key.publicKey)
        }
        fixture.consortium.publish(changed)
        #expect(await fixture.call("POST", "/v1/checks", Samples.check(1).text).status == 200)
        #expect(fixture.gateway.watch.chain.current.number == 2)
    }
}

@Suite("The registry that a gateway goes by")
struct RegistryWatchTests {
    @Test("a newer version is taken from any source, kept in the file, and never given back")
    func follows() async throws {
        let fixture = try Fixture()
        let consortium = fixture.consortium
        #expect(await fixture.gateway.watch.look() == false)
        let changed = try consortium.changed {
            $0.members[1].status = .suspended
            $0.members[1].suspension = Member.Suspension(reason: "A test.", until: nil)
        }
        for custodian in consortium.custodians { custodian.publish(changed.chain.json.bytes) }
        #expect(await fixture.gateway.watch.look())
        let stored = try RegistryChain.read("\(fixture.folder)/registry.json", now: consortium.clock.now)
        #expect(stored.current.number == 2)
        // The node still serves the old one: it is refused and told, and the new one stays.
        #expect(await fixture.gateway.watch.look() == false)
        #expect(fixture.gateway.watch.chain.current.number == 2)
        #expect(fixture.lines.text.contains("registry not taken"))
    }

    @Test("a forged version is not taken")
    func forged() async throws {
        let fixture = try Fixture()
        let stranger = try FakeConsortium.stranger()
        fixture.consortium.node.with { $0.registry = stranger.sample.chain.json.bytes }
        #expect(await fixture.gateway.watch.look() == false)
        #expect(fixture.gateway.watch.chain.currentHash == fixture.consortium.sample.chain.currentHash)
    }

    @Test("a suspended member's gateway is not ready and says why")
    func suspended() async throws {
        let fixture = try Fixture()
        let consortium = fixture.consortium
        #expect(await fixture.call("GET", "/readyz").status == 200)
        let changed = try consortium.changed {
            $0.members[0].status = .suspended
            $0.members[0].suspension = Member.Suspension(reason: "A test.", until: nil)
        }
        consortium.publish(changed)
        await fixture.gateway.watch.look()
        #expect(await fixture.call("GET", "/readyz").errorCode == .suspendedMember)
        #expect(await fixture.call("GET", "/healthz").status == 200)
    }

    @Test("a registry that nobody confirms for a day makes the gateway not ready")
    func stale() async throws {
        let fixture = try Fixture()
        fixture.consortium.clock.advance(seconds: 24 * 3600 + 1)
        #expect(await fixture.call("GET", "/readyz").errorCode == .registryStale)
        await fixture.gateway.watch.look()
        #expect(await fixture.call("GET", "/readyz").status == 200)
    }
}
