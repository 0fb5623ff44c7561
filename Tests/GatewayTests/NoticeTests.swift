import Exchange
import ExchangeClient
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Synchronization
import Testing
import Vocabulary

@testable import Gateway

@Suite("Notices of the node's feed")
struct NoticeTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }
    var outbox: Outbox { fixture.gateway.dependencies.outbox }

    func alert(_ check: UInt64 = 1) {
        node.release("alert", about: ["check": .string(Samples.id(check).description)])
    }

    func correction(_ check: UInt64 = 1) {
        node.release("correction", about: ["check": .string(Samples.id(check).description)], ["change": "retracted"])
    }

    @Test("are stored with the lender's own references, and acknowledged")
    func stored() async throws {
        _ = await fixture.call("POST", "/v1/checks", Samples.check(1).text)
        _ = await fixture.call("POST", "/v1/reservations", ReservationTests.document().text)
        alert()
        node.release("reservation", about: ["reservation": .string(Samples.id(1).description)])
        alert(9)
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .stored(3))
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .nothing)
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 3)
        try fixture.killAndReopen()
        let page = try await fixture.json("GET", "/v1/notices")
        let notices = try #require(page["notices"]?.array)
        #expect(notices.map { $0["about"]?["applicationRef"] } == ["app-1", "app-1", .null])
        #expect(page["waiting"] == 3)
        #expect(page["acknowledged"] == 3)
        let file = try await fixture.json("GET", "/v1/notices/1")
        let envelope = try Envelope(try #require(file["envelope"]))
        #expect(envelope.isSigned(by: fixture.consortium.sample.answerKey.publicKey))
        #expect(await fixture.call("GET", "/v1/notices/4").errorCode == .unknownRecord)
        #expect(try await fixture.json("GET", "/v1/notices?after=1&limit=1")["more"] == true)
    }

    @Test(
        "of a list that lies none is stored, none acknowledged, and the cursor stays",
        arguments: [
            FakeNode.Lie.noticesFromAnotherCursor, .noticesOutOfOrder, .noticeTwice, .noticeBeforeCursor,
            .cursorBeforeLastNotice, .noticeFromTheFuture, .noticeAboutNothing, .changeWithoutCorrection,
            .moreWithoutProgress, .answerForAnotherMember, .answerOfAnotherConsortium, .answerSignedByAnotherKey,
            .answerOfAnotherType,
        ])
    func lies(_ lie: FakeNode.Lie) async throws {
        alert()
        alert()
        node.with { $0.lie = lie }
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .failed(.verificationFailed))
        #expect(try await outbox.feedPosition() == FeedPosition(cursor: 0, acknowledged: 0, missing: 0))
        node.with { $0.lie = nil }
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .stored(2))
    }

    @Test("left out by the node are counted and logged")
    func missing() async throws {
        alert()
        alert()
        alert()
        // The list goes on to number 5: two of five are not in it.
        node.with { state in
            let last = (state.notices[2].members ?? []).filter { $0.name != "sequence" }
            state.notices[2] = .object(last + [JSON.Member("sequence", 5)])
            state.cursor = 5
        }
        #expect(await fixture.gateway.feed.pull(wait: .zero) == .stored(3))
        #expect(try await outbox.feedPosition() == FeedPosition(cursor: 5, acknowledged: 0, missing: 2))
        #expect(fixture.lines.text.contains("the node left notices out"))
        #expect(try await fixture.json("GET", "/v1/notices")["missing"] == 2)
    }

    @Test("fetched and said to be seen, are no longer waiting; an unknown number is refused")
    func seen() async throws {
        alert()
        _ = await fixture.gateway.feed.pull(wait: .zero)
        #expect(await fixture.call("POST", "/v1/notices/1/seen").status == 200)
        #expect(await fixture.call("POST", "/v1/notices/1/seen").status == 200)
        #expect(await fixture.call("POST", "/v1/notices/2/seen").errorCode == .unknownRecord)
        #expect(await fixture.call("POST", "/v1/notices/x/seen").errorCode == .invalidField)
        #expect(await fixture.call("POST", "/v1/notices/1/read").errorCode == .notFound)
        #expect(try await fixture.json("GET", "/v1/notices?state=waiting")["notices"] == [])
    }

    @Test("a correction is acknowledged once the lender's system has taken it, where it is configured so")
    func acknowledgedWhenDelivered() async throws {
        let fixture = try Fixture { $0.acknowledge = .delivered }
        let node = fixture.consortium.node
        node.release("alert", about: ["check": .string(Samples.id(1).description)])
        node.release("correction", about: ["check": .string(Samples.id(1).description)], ["change": "amended"])
        node.release("alert", about: ["check": .string(Samples.id(1).description)])
        _ = await fixture.gateway.feed.pull(wait: .zero)
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 1)
        _ = await fixture.call("POST", "/v1/notices/2/seen")
        await fixture.gateway.feed.acknowledge()
        #expect(node.with { $0.acknowledged } == 3)
    }

    @Test("an acknowledgement that the node did not take is sent again")
    func acknowledgementLost() async throws {
        alert()
        _ = await fixture.gateway.feed.pull(wait: .zero)
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        #expect(await fixture.gateway.feed.acknowledge() == false)
        #expect(await fixture.gateway.feed.acknowledge())
        #expect(node.with { $0.acknowledged } == 1)
    }
}
