import Exchange
import ExchangeClient
import ExchangeFakes
import Records
import Registry
import Sodium
import Testing
import TransparencyLog
import Vocabulary

@Suite("What a node says is believed after verification alone")
struct VerificationTests {
    struct Identifier: KindedIdentifier {
        let kind: IdentifierKind
        let role = IdentifierRole.own
    }

    let consortium: FakeConsortium
    let sealer: RequestSealer

    init() throws {
        consortium = try FakeConsortium()
        sealer = RequestSealer(
            consortium: consortium.sample.chain.current.consortium, member: consortium.member, key: consortium.key)
    }

    func check(_ number: UInt64 = 1) throws -> (request: SealedRequest, asked: Check<CommittedIdentifier>) {
        let check = Check(
            consortium: consortium.sample.chain.current.consortium, member: consortium.member,
            check: RecordID(high: 9, low: number), madeAt: consortium.clock.now, purpose: .application, mode: .hard,
            applicationRef: try OpaqueReference("app-1"), consent: Bytes32(), product: nil,
            subject: Subject(role: .borrower, identifiers: [Identifier(kind: .phone), Identifier(kind: .email)]))
        return try sealer.check(check, epoch: KeyEpoch(1)) { _ throws(Problem) in .generator }
    }

    func submission(_ numbers: [UInt64]) throws -> (request: SealedRequest, ids: [RecordID]) {
        let records = try numbers.map { number in
            Record(
                recordID: RecordID(high: 7, low: number), eventTime: consortium.clock.now,
                subjects: [Subject(role: .borrower, identifiers: [Identifier(kind: .phone)])],
                body: .loanEvent(LoanEvent(loanRef: try OpaqueReference("loan-\(number)"), stage: .applied)))
        }
        let request = try sealer.submission(
            RecordID(high: 8, low: 1), of: records, madeAt: consortium.clock.now, epoch: KeyEpoch(1)
        ) { _ throws(Problem) in .generator }
        return (request, records.map(\.recordID))
    }

    @Test("an honest answer is believed and keeps the fields that are new to this version")
    func honestAnswer() async throws {
        let (request, asked) = try check()
        let envelope = try await consortium.node.check(request)
        let answer = try AnswerVerifier(consortium.sample.chain)
            .verify(envelope, asked: asked, now: consortium.clock.now)
        #expect(answer.payload["status"] == "noRecord")
        #expect(answer.payload["addedLater"] == "ignored")
    }

    @Test(
        "an answer that lies is not believed",
        arguments: [
            FakeNode.Lie.answerSignedByAnotherKey, .answerToAnotherCheck, .answerForOtherTokens,
            .answerForAnotherMember, .answerComputedLongAgo, .answerOfAnotherType, .answerOfAnotherConsortium,
            .answerToAnotherWording, .answerOfAnotherLog,
        ])
    func lyingAnswer(_ lie: FakeNode.Lie) async throws {
        consortium.node.with { $0.lie = lie }
        let (request, asked) = try check()
        let envelope = try await consortium.node.check(request)
        let problem = #expect(throws: Problem.self) {
            try AnswerVerifier(consortium.sample.chain).verify(envelope, asked: asked, now: consortium.clock.now)
        }
        #expect(problem?.code == .verificationFailed)
    }

    @Test("the answer to an earlier asking of the same check is not the answer to this one")
    func replayedAnswer() async throws {
        let earlier = try await consortium.node.check(try check().request)
        let asked = try check().asked
        #expect(throws: Problem.self) {
            try AnswerVerifier(consortium.sample.chain).verify(earlier, asked: asked, now: consortium.clock.now)
        }
    }

    @Test("an answer whose signature was moved to other bytes is not believed")
    func alteredAnswer() async throws {
        let (request, asked) = try check()
        let envelope = try await consortium.node.check(request)
        let altered = Envelope(
            payloadType: envelope.payloadType, payload: envelope.payload + [32], signatures: envelope.signatures)
        #expect(throws: Problem.self) {
            try AnswerVerifier(consortium.sample.chain).verify(altered, asked: asked, now: consortium.clock.now)
        }
    }

    @Test("an honest receipt proves every record of the submission")
    func honestReceipt() async throws {
        let (request, ids) = try submission([1, 2, 3])
        let outcome = try await consortium.node.submit(request)
        let proven = try ReceiptVerifier(consortium.sample.chain).verify(
            outcome, of: request.envelope, submission: RecordID(high: 8, low: 1), records: ids)
        #expect(proven.map(\.recordID) == ids)
        #expect(proven.map(\.isOfThisEnvelope) == [true, true, true])
    }

    @Test(
        "a receipt that does not fit is not believed",
        arguments: [
            FakeNode.Lie.receiptForAnotherEnvelope, .receiptOfAnotherLog, .receiptForAnotherLeaf, .recordLeftOut,
            .recordTwice, .outcomeOfAnotherSubmission, .receiptIsNoise,
        ])
    func lyingReceipt(_ lie: FakeNode.Lie) async throws {
        consortium.node.with { $0.lie = lie }
        let (request, ids) = try submission([1, 2])
        let outcome = try await consortium.node.submit(request)
        let problem = #expect(throws: Problem.self) {
            try ReceiptVerifier(consortium.sample.chain).verify(
                outcome, of: request.envelope, submission: RecordID(high: 8, low: 1), records: ids)
        }
        #expect(problem?.code == .verificationFailed)
    }

    @Test("a record known before comes with the earlier envelope's receipt and says so")
    func knownRecord() async throws {
        let first = try submission([1])
        _ = try await consortium.node.submit(first.request)
        let again = try sealer.submission(
            RecordID(high: 8, low: 2),
            of: [
                Record(
                    recordID: first.ids[0], eventTime: consortium.clock.now,
                    subjects: [Subject(role: .borrower, identifiers: [Identifier(kind: .phone)])],
                    body: .loanEvent(LoanEvent(loanRef: try OpaqueReference("loan-1"), stage: .applied)))
            ], madeAt: consortium.clock.now, epoch: KeyEpoch(1)
        ) { _ throws(Problem) in .generator }
        let outcome = try await consortium.node.submit(again)
        let proven = try ReceiptVerifier(consortium.sample.chain).verify(
            outcome, of: again.envelope, submission: RecordID(high: 8, low: 2), records: first.ids)
        #expect(proven.map(\.isOfThisEnvelope) == [false])
        #expect(proven[0].opening.envelopeHash == first.request.envelope.hash)
    }
}
