import Exchange
import ExchangeFakes
import HTTPEdge
import Records
import SQLite
import Testing
import Vocabulary

@testable import Gateway

@Suite("What the node refuses")
struct RefusalTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    func status(_ number: UInt64) async throws -> String? {
        try await fixture.json("GET", "/v1/records/\(Samples.id(number))")["status"]?.string
    }

    func post(_ numbers: [UInt64]) async {
        let records = JSON.object(["records": .array(numbers.map { Samples.loan($0) })])
        _ = await fixture.call("POST", "/v1/records", records.text)
    }

    @Test("a record refused for good is set apart with its problem, and the others arrive under a new submission")
    func oneRefused() async throws {
        await post([1, 2, 3])
        node.with { $0.unwanted[Samples.id(2)] = Problem(.unknownLoan, "No such loan.", path: "loanRef") }
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(1) == "delivered")
        #expect(try await status(3) == "delivered")
        let refused = try await fixture.json("GET", "/v1/records/\(Samples.id(2))")
        #expect(refused["status"] == "refused")
        #expect(refused["problem"]?["code"] == "unknownLoan")
        #expect(refused["problem"]?["path"] == "loanRef")
        #expect(await fixture.call("GET", "/v1/receipts/\(Samples.id(2))").errorCode == .unknownLoan)
        let ids = node.with { $0.submissions.compactMap { try? Submission(parsing: $0.envelope.payload).submission } }
        #expect(Set(ids).count == 2)
    }

    @Test("a refusal that names no record is narrowed down to the one it is about, which waits with those behind it")
    func divided() async throws {
        await post([1, 2, 3, 4, 5])
        node.with { $0.unwanted[Samples.id(4)] = Problem(.notAdmissible, "Not so.", path: "") }
        #expect(await fixture.gateway.delivery.drain() == fixture.consortium.clock.now.adding(seconds: 60))
        for number in [1, 2, 3] as [UInt64] { #expect(try await status(number) == "delivered") }
        for number in [4, 5] as [UInt64] { #expect(try await status(number) == "queued") }
        #expect(await fixture.gateway.delivery.obstacle?.code == .notAdmissible)
        node.with { $0.unwanted = [:] }
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(node.with { $0.order } == (1...5).map { Samples.id($0) })
    }

    @Test(
        "what is said of the submission and not of a record gives none up: it is signed anew under a new id",
        arguments: [
            (ErrorCode.recordConflict, "submission"), (.eventTimeInFuture, "madeAt"), (.wrongCommitment, "openings"),
            (.invalidField, "envelope.signatures"), (.missingField, "payload.records[0]"),
            (.invalidField, "records[7]"),
        ])
    func signedAnew(_ code: ErrorCode, _ path: String) async throws {
        await post([1])
        node.with { $0.failures = [Problem(code, "Not so.", path: path)] }
        let start = fixture.consortium.clock.now
        #expect(await fixture.gateway.delivery.drain() == start.adding(seconds: 1))
        #expect(try await status(1) == "queued")
        fixture.consortium.clock.advance(seconds: 1)
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(1) == "delivered")
        let ids = node.with { $0.submissions.compactMap { try? Submission(parsing: $0.envelope.payload).submission } }
        #expect(Set(ids).count == 2)
    }

    @Test("however often a submission is made anew, no custodian evaluates an input twice")
    func tokenisedOnce() async throws {
        let records = (1...8).map { Samples.loan($0, applicant: Samples.person(Int($0))) }
        _ = await fixture.call("POST", "/v1/records", JSON.object(["records": .array(records)]).text)
        for number in [2, 5, 7] as [UInt64] {
            node.with { $0.unwanted[Samples.id(number)] = Problem(.unknownLoan, "No such loan.", path: "loanRef") }
        }
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(node.with { $0.submissions.count } == 4)
        #expect(node.with { $0.order.count } == 5)
        // Eight phones, one batch, at each of two custodians.
        #expect(fixture.consortium.custodians.flatMap(\.requests).map(\.elements.count) == [8, 8])
    }

    @Test("of a superseded submission nothing is kept that was sealed, and its receipt is believed all the same")
    func superseded() async throws {
        await post([1])
        node.with { $0.lost = [Problem(.wrongEpoch, "Taken, and refused afterwards.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        let connection = try Connection(path: fixture.outboxFile, mode: .reader)
        #expect(try connection.integer("SELECT count(*) FROM submission WHERE state = 3 AND request IS NULL") == 1)
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(1) == "delivered")
        #expect(node.with { $0.submissions.count } == 2)
        #expect(node.with { $0.order } == [Samples.id(1)])
    }

    @Test(
        "what is wrong with the gateway itself is no reason to give a record up",
        arguments: [
            ErrorCode.unknownKey, .suspendedMember, .badSignature, .wrongConsortium, .clockSkew, .internalError,
        ])
    func gatewayAtFault(_ code: ErrorCode) async throws {
        await post([1])
        node.with { $0.failures = [Problem(code, "Not from you.", path: "records[0]")] }
        guard case .waiting = await fixture.gateway.delivery.deliverNext() else { return #expect(Bool(false)) }
        #expect(try await status(1) == "queued")
        fixture.consortium.clock.advance(seconds: 900)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(1))
    }
}
