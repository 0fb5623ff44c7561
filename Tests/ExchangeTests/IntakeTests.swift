import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import Testing
import Vocabulary

/// What is refused before anything is looked up, each by its stable code.
@Suite("A request at the gate")
struct IntakeTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ErrorCode
        var path: String?
        let bend: @Sendable (inout Lenders.Bend, CoreConsortium) -> Void
    }

    static let refusals: [Refusal] = [
        Refusal(testDescription: "of another epoch", code: .wrongEpoch, path: "epoch") { bend, _ in
            bend.epoch = KeyEpoch(2)
        },
        Refusal(testDescription: "with another token's opening", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { $0[0] = Opening(salt: $0[0].salt, token: $0[1].token) }
        },
        Refusal(testDescription: "with another salt's opening", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { $0[1] = Opening(salt: $0[0].salt, token: $0[1].token) }
        },
        Refusal(testDescription: "with an opening too few", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { _ = $0.removeLast() }
        },
        Refusal(testDescription: "with an opening too many", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { $0.append($0[0]) }
        },
        Refusal(testDescription: "with openings swapped", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { $0.swapAt(0, 1) }
        },
        Refusal(testDescription: "with the identity for a token", code: .invalidElement) { bend, _ in
            bend.token = { _ in Bytes32() }
        },
        Refusal(testDescription: "with a token that is no canonical element", code: .invalidElement) { bend, _ in
            bend.token = { _ in Bytes32 { $0.copyBytes(from: [UInt8](repeating: 0xFF, count: 32)) } }
        },
        Refusal(testDescription: "with a token that is a negative encoding", code: .invalidElement) { bend, _ in
            bend.token = { _ in Bytes32 { $0[0] = 1 } }
        },
        Refusal(testDescription: "under another member's key", code: .badSignature) { bend, consortium in
            bend.key = consortium.lenders.sample.members[1].key
        },
        Refusal(testDescription: "under a key that nobody has", code: .unknownKey) { bend, _ in
            bend.key = .generate()
        },
        Refusal(testDescription: "under an admin's key", code: .unknownKey) { bend, consortium in
            bend.key = consortium.lenders.sample.admins[0].key
        },
        Refusal(testDescription: "for another consortium", code: .wrongConsortium, path: "consortium") { bend, _ in
            bend.consortium = "elsewhere"
        },
        Refusal(testDescription: "in another member's name", code: .badSignature, path: "member") { bend, consortium in
            bend.member = consortium.lenders.member(1)
        },
        Refusal(
            testDescription: "as another kind of document", code: .unsupportedMediaType, path: "envelope.payloadType"
        ) { bend, _ in bend.payloadType = .registry },
        Refusal(testDescription: "made in the future", code: .eventTimeInFuture, path: "madeAt") { bend, consortium in
            bend.madeAt = consortium.now.adding(seconds: 301)
        },
    ]

    @Test("a submission is refused", arguments: refusals)
    func submissionsAreRefused(_ refusal: Refusal) throws {
        var consortium = try CoreConsortium()
        let bend = Lenders.Bend { refusal.bend(&$0, consortium) }
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(.loan("L1", .applied, of: Person("a"), at: consortium.now), by: 0, bend: bend)
        }
        #expect(problem?.code == refusal.code && problem?.path == refusal.path)
        #expect(consortium.stored.isEmpty)
    }

    @Test("a check is refused", arguments: refusals)
    func checksAreRefused(_ refusal: Refusal) throws {
        var consortium = try CoreConsortium()
        let bend = Lenders.Bend { refusal.bend(&$0, consortium) }
        let problem = #expect(throws: Problem.self) {
            try consortium.ask(about: Person("a"), by: 0, mode: .hard, bend: bend)
        }
        #expect(problem?.code == refusal.code && problem?.path == refusal.path)
        #expect(consortium.stored.isEmpty)
    }

    @Test("a refusal says nothing of the identifiers it is about", arguments: refusals)
    func refusalsSayNothing(_ refusal: Refusal) throws {
        var consortium = try CoreConsortium()
        let person = Person("somebody-known")
        var traces = Traces()
        traces.add(person)
        let bend = Lenders.Bend { refusal.bend(&$0, consortium) }
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(.loan("L1", .applied, of: person, at: consortium.now), by: 0, bend: bend)
        }
        #expect(traces.found(in: problem?.json(now: consortium.now).text ?? "") == [])
    }

    @Test("an envelope with two signatures is refused")
    func twoSignaturesAreRefused() throws {
        var consortium = try CoreConsortium()
        let request = consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("a"), at: consortium.now)], by: 0, at: consortium.now)
        let second = consortium.lenders.sample.members[1].key
        let envelope = request.envelope.adding(second.sign(request.envelope.pae), by: second.keyID)
        let problem = #expect(throws: Problem.self) {
            try consortium.submit(
                SealedRequest(envelope: envelope, epoch: request.epoch, openings: request.openings), by: 0)
        }
        #expect(problem?.code == .invalidField && problem?.path == "envelope.signatures")
    }

    @Test("a payload changed after it was signed is refused")
    func changedPayloadsAreRefused() throws {
        var consortium = try CoreConsortium()
        let request = consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("a"), at: consortium.now)], by: 0, at: consortium.now)
        var payload = request.envelope.payload
        payload[payload.count / 2] ^= 1
        let envelope = Envelope(
            payloadType: request.envelope.payloadType, payload: payload, signatures: request.envelope.signatures)
        let problem = #expect(throws: Problem.self) {
            try consortium.submit(
                SealedRequest(envelope: envelope, epoch: request.epoch, openings: request.openings), by: 0)
        }
        #expect(problem?.code == .badSignature)
    }

    @Test("a suspended member is told so, and what it furnished stays")
    func suspendedMembersAreRefused() throws {
        var consortium = try CoreConsortium()
        let borrower = Person("a")
        try consortium.furnish(.loan("L1", .applied, of: borrower, at: consortium.now), by: 0)
        let member = consortium.lenders.member(0)
        try consortium.change { version throws(Problem) in
            try version.suspend(member, reason: "Fees unpaid.", until: nil)
        }
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(.loan("L1", .signed, at: consortium.now), by: 0)
        }
        #expect(problem?.code == .suspendedMember && problem?.detail.contains("Fees unpaid.") == true)
        #expect(throws: Problem.self) { try consortium.ask(about: borrower, by: 0) }
        #expect(try consortium.ask(about: borrower, by: 1).told("application", "others", "24h") == "1")
    }

    @Test("a revoked member's key opens nothing")
    func revokedMembersAreRefused() throws {
        var consortium = try CoreConsortium()
        let member = consortium.lenders.member(0)
        try consortium.change { version throws(Problem) in try version.revoke(member) }
        let problem = #expect(throws: Problem.self) {
            try consortium.ask(about: Person("a"), by: 0)
        }
        #expect(problem?.code == .unknownMember)
    }

    @Test("more records than the policy allows are refused")
    func tooManyRecordsAreRefused() throws {
        var consortium = try CoreConsortium()
        let statements = (0...1000).map { Statement.retraction(of: "r\($0)", at: consortium.now) }
        let problem = #expect(throws: Problem.self) { try consortium.furnish(statements, by: 0) }
        #expect(problem?.code == .tooManyRecords && problem?.path == "records")
    }
}
