import Exchange
import ExchangeClient
import ExchangeFakes
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("What a node says of batches, reservations and notices is believed after verification alone")
struct RequestVerificationTests {
    typealias Lie = FakeNode.Lie
    typealias Identifier = VerificationTests.Identifier

    let fixture: VerificationTests
    let consortium: FakeConsortium
    let sealer: RequestSealer

    init() throws {
        fixture = try VerificationTests()
        (consortium, sealer) = (fixture.consortium, fixture.sealer)
    }

    private var chain: RegistryChain { consortium.sample.chain }
    private var now: Instant { consortium.clock.now }

    private func expectDisbelief(_ comment: String = "", _ verify: () throws -> Void) {
        let problem = #expect(throws: Problem.self, "\(comment)") { try verify() }
        #expect(problem?.code == .verificationFailed)
    }

    // MARK: Batches

    private func batch(
        _ numbers: [UInt64] = [1, 2, 3]
    ) throws -> (request: SealedRequest, asked: CheckBatch<CommittedIdentifier>) {
        let reference = try OpaqueReference("app-1")
        let subject = Subject(
            role: .borrower, identifiers: [Identifier(kind: .phone), Identifier(kind: .nationalID)])
        let checks = numbers.map { number in
            Check(
                consortium: chain.current.consortium, member: consortium.member, check: RecordID(high: 9, low: number),
                madeAt: now, purpose: .portfolioReview, mode: .soft, applicationRef: reference, consent: Bytes32(),
                product: nil, asOf: AsOf(instant: now.adding(seconds: -86_400)), subject: subject)
        }
        let batch = CheckBatch(
            consortium: chain.current.consortium, member: consortium.member, batch: RecordID(high: 5, low: 1),
            madeAt: now, purpose: .portfolioReview, mode: .soft, checks: checks)
        return try sealer.batch(batch, epoch: KeyEpoch(1)) { _ throws(Problem) in .generator }
    }

    @Test("an honest batch of answers is believed, each answer with its check")
    func honestBatch() async throws {
        let (request, asked) = try batch()
        let envelope = try await consortium.node.check(batch: request)
        let answer = try AnswerVerifier(chain).verify(batch: envelope, asked: asked, now: now)
        #expect(answer.answers.map(\.check) == asked.checks.map(\.check))
        #expect(answer.answers.allSatisfy { $0.status == "noRecord" && $0.payload["addedLater"] == "ignored" })
        let document = answer.document(of: answer.answers[2])
        #expect(document["check"]?.string == asked.checks[2].check.description)
        #expect(document["member"]?.string == consortium.member.name && document["answers"] == nil)
    }

    @Test(
        "a batch of answers that lies is not believed, not even in part",
        arguments: [
            Lie.answerSignedByAnotherKey, .answerOfAnotherType, .answerForAnotherMember, .answerOfAnotherConsortium,
            .answerOfAnotherLog, .answerComputedLongAgo, .answerToAnotherWording, .answerToAnotherBatch,
            .answerToAnotherCheck, .answerForOtherTokens, .answersSwapped, .answerLeftOut, .answerTooMany,
        ])
    func lyingBatch(_ lie: Lie) async throws {
        consortium.node.with { $0.lie = lie }
        let (request, asked) = try batch()
        let envelope = try await consortium.node.check(batch: request)
        expectDisbelief { _ = try AnswerVerifier(chain).verify(batch: envelope, asked: asked, now: now) }
    }

    @Test("answers to the same checks asked earlier are not the answers to this asking")
    func replayedBatch() async throws {
        let earlier = try await consortium.node.check(batch: try batch().request)
        let asked = try batch().asked
        expectDisbelief { _ = try AnswerVerifier(chain).verify(batch: earlier, asked: asked, now: now) }
    }

    @Test("a single answer does not pass for a batch, nor a batch for a single answer")
    func confusedKinds() async throws {
        let (single, asked) = try fixture.check()
        let (many, askedMany) = try batch()
        let answer = try await consortium.node.check(single)
        let answers = try await consortium.node.check(batch: many)
        expectDisbelief { _ = try AnswerVerifier(chain).verify(batch: answer, asked: askedMany, now: now) }
        expectDisbelief { _ = try AnswerVerifier(chain).verify(answers, asked: asked, now: now) }
    }

    @Test("a stored batch is still believed after the node's answer key changed, a fresh one is not")
    func storedBatch() async throws {
        let (request, asked) = try batch()
        let envelope = try await consortium.node.check(batch: request)
        let changed = try consortium.changed { version throws(Problem) in
            version.node = NodeIdentity(
                name: version.node.name, url: version.node.url, answerKey: SigningKey.generate().publicKey)
        }
        let verifier = AnswerVerifier(changed.chain)
        #expect(try verifier.verify(storedBatch: envelope, asked: asked).answers.count == 3)
        expectDisbelief { _ = try verifier.verify(batch: envelope, asked: asked, now: now) }
    }

    // MARK: Reservations

    private func reservation(
        _ action: ReservationRequest<Identifier>.Action? = nil
    ) throws -> (request: SealedRequest, asked: ReservationRequest<CommittedIdentifier>) {
        let terms = ReservationTerms(
            seconds: 600, subject: Subject(role: .borrower, identifiers: [Identifier(kind: .phone)]))
        let request = ReservationRequest(
            consortium: chain.current.consortium, member: consortium.member, reservation: RecordID(high: 6, low: 1),
            madeAt: now, action: action ?? .reserve(terms), applicationRef: try OpaqueReference("app-1"))
        return try sealer.reservation(request, epoch: KeyEpoch(1)) { _ throws(Problem) in .generator }
    }

    private func reserved(
        _ action: ReservationRequest<Identifier>.Action? = nil
    ) async throws -> VerifiedReservationAnswer {
        let (request, asked) = try reservation(action)
        let envelope = try await consortium.node.reserve(request)
        return try ReservationVerifier(chain).verify(envelope, asked: asked, now: now)
    }

    @Test("a reservation is held, confirmed and told again as it stands")
    func honestReservation() async throws {
        let held = try await reserved()
        #expect(held.status == .held && held.expiresAt == now.adding(seconds: 600))
        let others = held.others
        #expect([others.live, others.members, others.confirmed, others.signedNotFunded] == ["0", "0", "0", "0"])
        #expect(try await reserved(.confirm).status == .confirmed)
        #expect(try await reserved().status == .confirmed)
        #expect(try await reserved(.release).status == .released)
    }

    @Test(
        "a word on a reservation that lies is not believed",
        arguments: [
            Lie.answerSignedByAnotherKey, .answerOfAnotherType, .answerForAnotherMember, .answerOfAnotherConsortium,
            .answerOfAnotherLog, .answerComputedLongAgo, .answerToAnotherWording, .answerToAnotherReservation,
            .heldAlthoughExpired,
        ])
    func lyingReservation(_ lie: Lie) async throws {
        consortium.node.with { $0.lie = lie }
        let (request, asked) = try reservation()
        let envelope = try await consortium.node.reserve(request)
        expectDisbelief { _ = try ReservationVerifier(chain).verify(envelope, asked: asked, now: now) }
    }

    @Test("what was released or confirmed is not just held", arguments: ["release", "confirm"])
    func heldAlthoughReleased(action: String) async throws {
        _ = try await reserved()
        consortium.node.with { $0.lie = .heldAlthoughReleased }
        let (request, asked) = try reservation(action == "release" ? .release : .confirm)
        let envelope = try await consortium.node.reserve(request)
        expectDisbelief { _ = try ReservationVerifier(chain).verify(envelope, asked: asked, now: now) }
    }

    @Test("the word on one request is not the word on another about the same reservation")
    func replayedReservation() async throws {
        let (request, _) = try reservation()
        let envelope = try await consortium.node.reserve(request)
        let again = try reservation().asked
        expectDisbelief { _ = try ReservationVerifier(chain).verify(envelope, asked: again, now: now) }
    }

    // MARK: Notices

    private func release(_ count: Int) {
        for number in 0..<count {
            let check = RecordID(high: 9, low: UInt64(number)).description
            if number.isMultiple(of: 2) {
                consortium.node.release("alert", about: ["check": .string(check)])
            } else {
                consortium.node.release("correction", about: ["check": .string(check)], ["change": "retracted"])
            }
        }
    }

    private func notices(after cursor: UInt64 = 0, limit: Int = 10) async throws -> VerifiedNotices {
        let envelope = try await consortium.node.notices(after: cursor, wait: .zero, limit: limit)
        return try NoticesVerifier(chain).verify(
            envelope, of: consortium.member, after: cursor, limit: limit, now: now)
    }

    @Test("honest notices are believed and read on from their cursor, each once")
    func honestNotices() async throws {
        #expect(try await notices().notices.isEmpty)
        release(5)
        var (cursor, read) = (UInt64(0), [VerifiedNotice]())
        while true {
            let page = try await notices(after: cursor, limit: 2)
            (cursor, read) = (page.cursor, read + page.notices)
            if !page.hasMore { break }
        }
        #expect(read.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(read.map(\.kind) == [.alert, .correction, .alert, .correction, .alert])
        #expect(read[1].change == .retracted && read[1].about == .check(RecordID(high: 9, low: 1)))
        let outcome = try await consortium.node.acknowledge(
            sealer.acknowledgement(RecordID(high: 4, low: 1), upTo: 3, madeAt: now))
        #expect(outcome == AcknowledgementOutcome(acknowledged: 3, unacknowledged: 2))
        #expect(try await notices(after: cursor).unacknowledged == 2)
    }

    @Test(
        "notices that lie are not believed",
        arguments: [
            Lie.answerSignedByAnotherKey, .answerOfAnotherType, .answerForAnotherMember, .answerOfAnotherConsortium,
            .noticesFromAnotherCursor, .noticesOutOfOrder, .noticeTwice, .noticeBeforeCursor, .cursorBeforeLastNotice,
            .moreWithoutProgress, .moreNoticesThanAsked, .noticeFromTheFuture, .noticeAboutNothing,
            .changeWithoutCorrection,
        ])
    func lyingNotices(_ lie: Lie) async throws {
        release(6)
        #expect(try await notices(after: 2, limit: 3).notices.count == 3)
        consortium.node.with { $0.lie = lie }
        let envelope = try await consortium.node.notices(after: 2, wait: .zero, limit: 3)
        expectDisbelief {
            _ = try NoticesVerifier(chain).verify(envelope, of: consortium.member, after: 2, limit: 3, now: now)
        }
    }

    @Test("a correction that does not say what changed, or says what nobody knows, is not believed")
    func wordlessCorrections() async throws {
        let check: JSON = .string(RecordID(high: 9, low: 1).description)
        for (kind, more) in [
            ("correction", [:]), ("correction", ["change": "vanished"]), ("rumour", [:]),
            ("alert", ["finding": "STK-GAP"]),
        ] as [(String, KeyValuePairs<String, JSON?>)] {
            consortium.node.with { $0.notices = [] }
            consortium.node.release(kind, about: ["check": check], more)
            let problem = await #expect(throws: Problem.self) { try await notices() }
            #expect(problem?.code == .verificationFailed)
        }
        consortium.node.with { $0.notices = [] }
        consortium.node.release("alert", about: ["check": check, "watch": check])
        await #expect(throws: Problem.self) { try await notices() }
    }
}
