import Records
import Sodium
import Testing
import Vocabulary

@Suite("Commitments and openings")
struct CommitmentTests {
    @Test("openings survive their bytes")
    func roundTrip() throws {
        let openings = (1...5).map { Fixture.opening(UInt8($0)) }
        let bytes = Openings.encode(openings)
        #expect(bytes.count == 5 * 64)
        #expect(try Openings.decode(bytes) == openings)
        #expect(try Openings.decode([]).isEmpty)
    }

    @Test("bytes that are no whole number of openings are refused", arguments: [1, 32, 63, 65, 127])
    func wrongLength(count: Int) {
        #expect(throws: DecodingFailure.self) { try Openings.decode([UInt8](repeating: 1, count: count)) }
    }

    @Test("a commitment binds its salt, its kind and its token")
    func binding() {
        let opening = Fixture.opening(1)
        let commitment = Commitment.of(.phone, opening)
        #expect(commitment != Commitment.of(.card, opening))
        #expect(commitment != Commitment.of(.phone, Opening(salt: opening.token, token: opening.salt)))
        #expect(commitment != Commitment.of(.phone, Opening(salt: Fixture.bytes32(9), token: opening.token)))
    }

    @Test("a submission opens with its own openings, in document order")
    func opens() throws {
        let openings = [Fixture.opening(1), Fixture.opening(2)]
        let submission = try Fixture.submission([Fixture.everyKind[0]])
        let opened = try submission.opened(with: openings)
        #expect(opened[0].subjects[0].identifiers.map(\.opening) == openings)
        #expect(opened[0].subjects[0].identifiers.map(\.role) == [.own, .contact])
        #expect(submission.identifierCount == 2)
    }

    @Test("openings in another order, too few or too many are refused, by position")
    func refusals() throws {
        let submission = try Fixture.submission([Fixture.everyKind[0]])
        let (first, second) = (Fixture.opening(1), Fixture.opening(2))
        #expect(throws: OpeningFailure.mismatch(position: 0)) { try submission.opened(with: [second, first]) }
        #expect(throws: OpeningFailure.tooFew(position: 1)) { try submission.opened(with: [first]) }
        #expect(throws: OpeningFailure.tooMany(expected: 2)) {
            try submission.opened(with: [first, second, second])
        }
    }

    @Test("a check opens alike")
    func check() throws {
        let subject = Subject(role: .borrower, identifiers: [Fixture.identifier(.phone, number: 4)])
        let check = try Fixture.check(subject: subject)
        #expect(try check.opened(with: [Fixture.opening(4)]).subject.identifiers[0].token == Fixture.opening(4).token)
        #expect(throws: OpeningFailure.mismatch(position: 0)) { try check.opened(with: [Fixture.opening(5)]) }
    }

    @Test("an opening prints its kind, never its content")
    func description() {
        #expect("\(Fixture.opening(1))" == "opening")
    }
}
