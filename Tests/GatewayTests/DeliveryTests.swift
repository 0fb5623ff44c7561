import Exchange
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("What is accepted is delivered exactly once")
struct DeliveryTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    func status(_ number: UInt64) async throws -> String? {
        try await fixture.json("GET", "/v1/records/\(Samples.id(number))")["status"]?.string
    }

    @discardableResult
    func post(_ numbers: [UInt64]) async -> Int {
        let records = JSON.object(["records": .array(numbers.map { Samples.loan($0) })])
        return await fixture.call("POST", "/v1/records", records.text).status
    }

    @Test("a record is queued when the lender has its answer, and delivered with a receipt that it can fetch")
    func delivered() async throws {
        let response = await fixture.call("POST", "/v1/records", Samples.loan(1).text)
        #expect(response.status == 202)
        let accepted = try JSON(parsing: response.body)["accepted"]?.array?.first
        #expect(accepted?["recordID"]?.string == Samples.id(1).description)
        #expect(accepted?["status"] == "queued")
        #expect(try await status(1) == "queued")
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
        #expect(try await status(1) == "delivered")
        let receipt = await fixture.call("GET", "/v1/receipts/\(Samples.id(1))")
        #expect(String(decoding: receipt.body, as: UTF8.self).hasPrefix("c2sp.org/tlog-proof@v1\n"))
        #expect(await fixture.gateway.delivery.deliverNext() == .idle)
    }

    @Test("what waits goes in one submission, in the order of acceptance")
    func grouped() async throws {
        for number in 1...5 as ClosedRange<UInt64> { await post([number]) }
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(5))
        #expect(node.with { $0.order } == (1...5).map { Samples.id($0) })
        #expect(node.with { $0.submissions.count } == 1)
    }

    @Test("while the node is away records wait, longer each time, and then arrive")
    func nodeAway() async throws {
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away."), Problem(.overloaded, "Busy.")] }
        await post([1])
        let start = fixture.consortium.clock.now
        #expect(await fixture.gateway.delivery.deliverNext() == .waiting(until: start.adding(seconds: 1)))
        let waiting = try await fixture.json("GET", "/v1/records/\(Samples.id(1))")
        #expect(waiting["obstacle"]?["code"] == "nodeUnavailable")
        #expect(await fixture.gateway.delivery.deliverNext() == .waiting(until: start.adding(seconds: 1)))
        fixture.consortium.clock.advance(seconds: 1)
        #expect(await fixture.gateway.delivery.deliverNext() == .waiting(until: start.adding(seconds: 3)))
        fixture.consortium.clock.advance(seconds: 2)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
        let sent = node.with { $0.submissions }
        #expect(sent.count == 3)
        #expect(Set(sent.map(\.envelope)).count == 1)
    }

    @Test("custodians away: the records wait without a submission and then arrive")
    func custodiansAway() async throws {
        let custodians = fixture.consortium.custodians
        for custodian in custodians { custodian.behaviour = .refusing(Problem(.custodianUnavailable, "Away.")) }
        await post([1])
        guard case .waiting = await fixture.gateway.delivery.deliverNext() else { return #expect(Bool(false)) }
        #expect(node.with { $0.submissions.isEmpty })
        for custodian in custodians { custodian.behaviour = .honest }
        fixture.consortium.clock.advance(seconds: 1)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
    }

    @Test("a spent budget is not asked for again within a quarter of an hour")
    func budget() async throws {
        for custodian in fixture.consortium.custodians {
            custodian.behaviour = .refusing(Problem(.budgetExhausted, "Spent."))
        }
        await post([1])
        let until = fixture.consortium.clock.now.adding(seconds: 900)
        #expect(await fixture.gateway.delivery.deliverNext() == .waiting(until: until))
    }

    @Test("killed between signing and delivery, the same submission is sent again and the node has it once")
    func killedAfterSigning() async throws {
        await post([1, 2])
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        try fixture.killAndReopen()
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(2))
        let sent = node.with { $0.submissions }
        #expect(sent.count == 2)
        #expect(sent[0].envelope == sent[1].envelope)
        #expect(sent[0].openings == sent[1].openings)
    }

    @Test("killed after the node took it and before the receipt came, the resend brings the first receipt")
    func killedBeforeReceipt() async throws {
        await post([1])
        node.with { $0.lost = [Problem(.nodeUnavailable, "The answer was lost.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        #expect(node.with { $0.order } == [Samples.id(1)])
        try fixture.killAndReopen()
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
        #expect(node.with { $0.order } == [Samples.id(1)])
    }

    @Test("killed before anything was signed, what was accepted is still there")
    func killedBeforeSigning() async throws {
        await post([1, 2, 3])
        try fixture.killAndReopen()
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(3))
    }

    @Test(
        "a receipt that does not fit is not believed: the record stays queued and is sent again",
        arguments: [
            FakeNode.Lie.receiptForAnotherEnvelope, .receiptOfAnotherLog, .recordLeftOut, .outcomeOfAnotherSubmission,
        ])
    func lyingNode(_ lie: FakeNode.Lie) async throws {
        await post([1, 2])
        node.with { $0.lie = lie }
        guard case .waiting = await fixture.gateway.delivery.deliverNext() else { return #expect(Bool(false)) }
        #expect(try await status(1) == "queued")
        #expect(await fixture.gateway.delivery.obstacle?.code == .verificationFailed)
        node.with { $0.lie = nil }
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(2))
    }

    @Test("a node that claims to know a record from an envelope that nobody here signed is not believed")
    func knownFromNowhere() async throws {
        await post([1])
        node.with { $0.lie = .knownFromNowhere }
        _ = await fixture.gateway.delivery.deliverNext()
        let state = try await fixture.json("GET", "/v1/records/\(Samples.id(1))")
        #expect(state["status"] == "refused")
        #expect(state["problem"]?["code"] == "verificationFailed")
    }

    @Test("the same record posted again has the same outcome, and other content under its id is a conflict")
    func postedAgain() async throws {
        await post([1])
        _ = await fixture.gateway.delivery.deliverNext()
        let again = try await fixture.json("POST", "/v1/records", Samples.loan(1).text)
        #expect(again["accepted"]?.array?.first?["status"] == "delivered")
        let other = await fixture.call("POST", "/v1/records", Samples.loan(1, stage: "approved").text)
        #expect(other.status == 409)
        #expect(other.errorCode == .recordConflict)
        #expect(await fixture.gateway.delivery.deliverNext() == .idle)
    }

    @Test("a conflict in a request leaves all of it out")
    func conflictIsWhole() async throws {
        await post([1])
        let body = JSON.object(["records": [Samples.loan(2), Samples.loan(1, stage: "signed")]])
        let response = await fixture.call("POST", "/v1/records", body.text)
        #expect(response.errorCode == .recordConflict)
        #expect(try JSON(parsing: response.body)["path"] == "records[1].recordID")
        #expect(await fixture.call("GET", "/v1/records/\(Samples.id(2))").errorCode == .unknownRecord)
    }

    @Test("a full disk refuses whole requests, keeps what was accepted, and lets it go once there is room")
    func fullDisk() async throws {
        let fixture = try Fixture(outboxBytes: 640 << 10)
        var accepted: [UInt64] = []
        var refusal: ErrorCode?
        for number in stride(from: 1, to: 2000, by: 20) as StrideTo<UInt64> {
            let numbers = Array(number..<number + 20)
            let body = JSON.object(["records": .array(numbers.map { Samples.loan($0) })])
            let response = await fixture.call("POST", "/v1/records", body.text)
            guard response.status == 202 else {
                refusal = response.errorCode
                break
            }
            accepted += numbers
        }
        #expect(refusal == .storageFull)
        #expect(!accepted.isEmpty)
        guard case .waiting = await fixture.gateway.delivery.deliverNext() else { return #expect(Bool(false)) }
        #expect(fixture.consortium.node.with { $0.submissions.isEmpty }, "nothing is sent before it is stored")
        fixture.outboxBytes = Outbox.maximumBytes
        try fixture.killAndReopen()
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(fixture.consortium.node.with { $0.order } == accepted.map { Samples.id($0) })
    }

    @Test("many lenders' systems at once, the same record among them: each arrives once")
    func concurrentPosts() async throws {
        let door = fixture.door
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<40 as Range<UInt64> {
                group.addTask {
                    _ = await door.call("POST", "/v1/records", Samples.loan(number % 20).text)
                }
            }
        }
        #expect(await fixture.gateway.delivery.drain() == nil)
        let order = node.with { $0.order }
        #expect(order.count == 20)
        #expect(Set(order).count == 20)
    }

    @Test("a record that the node took before its tokens were made anew arrives once, with the first receipt")
    func knownFromEarlierEnvelope() async throws {
        await post([1])
        node.with { $0.lost = [Problem(.nodeUnavailable, "The answer was lost.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        fixture.consortium.clock.advance(seconds: 60)
        node.with { $0.failures = [Problem(.wrongEpoch, "Another epoch.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
        #expect(node.with { $0.order } == [Samples.id(1)])
        #expect(node.with { Set($0.submissions.map(\.envelope)).count } == 2)
    }

    @Test("a new epoch: the registry is taken over and the tokens are made anew")
    func newEpochAtTheNode() async throws {
        await post([1])
        node.with { $0.failures = [Problem(.wrongEpoch, "Another epoch.")] }
        guard case .waiting = await fixture.gateway.delivery.deliverNext() else { return #expect(Bool(false)) }
        #expect(try await status(1) == "queued")
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
        let ids = node.with { $0.submissions.compactMap { try? Submission(parsing: $0.envelope.payload).submission } }
        #expect(Set(ids).count == 2)
    }
}
