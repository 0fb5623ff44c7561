import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("First payments behind one agent or staff member")
struct DuplicateCollusionTests {
    static let agent = Invented(.phone, "agent", role: .agent)
    static let asked = Person("applicant").with(agent)
    static let code = "IDN-AGENT-DEFAULTS"

    /// How a loan's first payment went.
    enum First { case paid, debitFailed, late, writtenOff, paidThenLate, slightlyLate, unknown }

    static func loan(_ name: String, of borrower: Person, _ first: First, from start: Instant) -> [Statement] {
        let stages: [(LoanStage, DueBucket?)] =
            switch first {
            case .paid: [(.paid, nil)]
            case .debitFailed: [(.debitFailed, nil)]
            case .late: [(.overdue, .days1To30), (.overdue, .days31To60)]
            case .writtenOff: [(.writtenOff, nil)]
            case .paidThenLate: [(.paid, nil), (.overdue, .daysOver90)]
            case .slightlyLate: [(.overdue, .days1To30), (.paid, nil), (.debitFailed, nil)]
            case .unknown: []
            }
        let disbursed = Statement.loan(name, .disbursed, of: borrower, at: start, name: name)
        return [disbursed]
            + stages.enumerated().map { position, stage in
                // Names of loans are literals of these tests.
                let event = LoanEvent(loanRef: try! OpaqueReference(name), stage: stage.0, dueBucket: stage.1)
                return .saying(
                    "\(name)/\(position)", at: start.adding(days: 30 * (position + 1)), [], .loanEvent(event))
            }
    }

    /// Members with forty paid loans each, and loans behind the identifier as they are given.
    static func book(
        _ behind: [(member: Int, first: First, count: Int)], _ identifier: Invented = agent, rest: First = .paid,
        sameBorrower: Bool = false
    ) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        let start = consortium.ago(days: 200)
        for member in 1...3 {
            let statements = (0..<40).flatMap { number in
                loan("rest-\(number)", of: Person("rest-\(member)-\(number)", .nationalID), rest, from: start)
            }
            try consortium.furnish(statements, by: member)
        }
        for (group, (member, first, count)) in behind.enumerated() {
            let statements = (0..<count).flatMap { number in
                let borrower = sameBorrower ? "borrower" : "borrower-\(group)-\(number)"
                return loan(
                    "B\(group)-\(number)", of: Person(borrower, .nationalID).with(identifier), first, from: start)
            }
            try consortium.furnish(statements, by: member)
        }
        return consortium
    }

    static func codes(_ consortium: CoreConsortium, of person: Person = asked) throws -> [String] {
        var consortium = consortium
        return try consortium.identityCodes(of: person)
    }

    @Test("an excess of failed ones is told, as of the agent", arguments: [First.debitFailed, .late, .writtenOff])
    func excessIsTold(_ first: First) throws {
        var consortium = try Self.book([(1, first, 5), (2, first, 5), (3, .paid, 2)])
        let answer = try consortium.ask(about: Self.asked, by: 0)
        let finding = answer.identity(Self.code)
        #expect(answer.status == "found")
        #expect(finding?["about"] == "agent" && finding?["kinds"]?.array == ["phone"])
        #expect(finding?["otherSubjects"] == "10+" && finding?["members"] == "3-4" && finding?["since"] == "180-360d")
        #expect(finding?["firstPaymentDefaults"]?["percent"] == "75+")
        #expect(finding?["firstPaymentDefaults"]?["percentOfTheRest"] == "0-4")
        #expect(try consortium.identityCodes(of: Person("applicant")) == [])
    }

    @Test("a staff member is told as staff")
    func staffIsTold() throws {
        let officer = Invented(.staff, "officer", role: .staff)
        let consortium = try Self.book([(1, .late, 5), (2, .late, 5)], officer)
        #expect(try Self.codes(consortium, of: Person("applicant").with(officer)) == ["IDN-STAFF-DEFAULTS"])
        #expect(try Self.codes(consortium) == [])
    }

    @Test("nothing is told of nine borrowers, of one member, or of ten loans of one borrower")
    func fewAreNotEnough() throws {
        #expect(try Self.codes(Self.book([(1, .late, 5), (2, .late, 4)])) == [])
        #expect(try Self.codes(Self.book([(1, .late, 30)])) == [])
        #expect(try Self.codes(Self.book([(1, .late, 10), (2, .late, 10)], sameBorrower: true)) == [])
        #expect(try Self.codes(Self.book([(1, .late, 5), (2, .unknown, 9)])) == [])
    }

    @Test("nobody is accused by one member alone, while another's loans through the same agent were paid")
    func oneMemberDoesNotAccuse() throws {
        #expect(try Self.codes(Self.book([(1, .late, 15), (2, .paid, 5)])) == [])
        #expect(try Self.codes(Self.book([(1, .late, 15), (2, .late, 1), (2, .paid, 12)])) == [])
        #expect(try Self.codes(Self.book([(1, .late, 15), (2, .late, 3), (2, .paid, 2)])) == [Self.code])
    }

    @Test("a payment before, and a delay under 31 days, is no failure of the first")
    func laterFailuresDoNotCount() throws {
        for first in [First.paidThenLate, .slightlyLate, .paid] {
            #expect(try Self.codes(Self.book([(1, first, 10), (2, first, 10)])) == [])
        }
    }

    @Test("a share like the rest's is no excess")
    func theRestIsTheMeasure() throws {
        #expect(try Self.codes(Self.book([(1, .late, 10), (2, .late, 10)], rest: .late)) == [])
        // And where nothing is known of the rest, nobody is blamed for one in two.
        #expect(try Self.codes(Self.book([(1, .late, 5), (1, .paid, 3), (2, .late, 5)], rest: .unknown)) == [])
    }

    @Test("a phone that others gave as a contact's or their own is no agent's")
    func rolesAreKept() throws {
        for role in [IdentifierRole.contact, .own] {
            let consortium = try Self.book([(1, .late, 5), (2, .late, 5)], Self.agent.playing(role))
            #expect(!(try Self.codes(consortium)).contains(Self.code))
        }
    }

    @Test("an excess is gone when one loan is taken back, and past its retention")
    func evidenceEnds() throws {
        var withdrawn = try Self.book([(1, .writtenOff, 5), (2, .writtenOff, 5)])
        try withdrawn.takeBack("B1-0/0", by: 2)
        #expect(try Self.codes(withdrawn) == [])
        var expired = try Self.book([(1, .writtenOff, 5), (2, .writtenOff, 5)])
        let start = expired.ago(days: 200), days = expired.policy.retention.loanEventDays
        expired.now = start.adding(days: days).adding(seconds: -1)
        #expect(try Self.codes(expired) == [Self.code])
        // The failure itself is still within its period; that nothing was paid before is not known any more.
        expired.now = start.adding(days: days)
        #expect(try Self.codes(expired) == [])
    }

    @Test(
        "the tail of the binomial is exact",
        arguments: [
            (5, 10, 0.1, 0.0016349374), (5, 20, 0.05, 0.00257394033), (10, 10, 0.5, 0.0009765625), (0, 5, 0.3, 1),
            (3, 5, 0, 0), (6, 5, 0.9, 0), (1, 1, 1, 1), (600, 2000, 0.25, 2.33497841e-07),
        ])
    func tails(_ successes: Int, _ trials: Int, _ chance: Double, _ expected: Double) {
        let tail = BinomialTail.probability(ofAtLeast: successes, of: trials, chance: chance)
        #expect(abs(tail - expected) <= expected * 1e-6)
    }
}
