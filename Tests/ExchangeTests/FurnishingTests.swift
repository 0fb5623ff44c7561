import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("What a member furnishes")
struct FurnishingTests {
    /// Member 0 asked about so many people 60 days ago, and lent to some of them.
    static func asked(_ checks: Int, lending: Int) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        consortium.now = consortium.now.adding(days: -60)
        let people = (0..<checks).map { Person("p\($0)", .nationalID) }
        try consortium.askBatch(about: people, by: 0, name: "batch")
        for (number, person) in people.prefix(lending).enumerated() {
            try consortium.furnish(.loan("L\(number)", .disbursed, of: person, at: consortium.now), by: 0)
        }
        // What others furnish of the same people is not the member's.
        for (number, person) in people.enumerated() where number % 10 == 0 {
            try consortium.furnish(.loan("L\(number)", .disbursed, of: person, at: consortium.now), by: 1)
        }
        consortium.now = consortium.now.adding(days: 60)
        return consortium
    }

    static func furnishing(_ consortium: inout CoreConsortium, of member: Int = 0) throws -> Furnishing {
        let rules = try consortium.rules
        return consortium.exchange.furnishing(of: consortium.lenders.member(member), by: rules, now: consortium.now)
    }

    @Test("too little of what it asked about refuses its checks, and says what to do")
    func incompleteFurnishing() throws {
        var consortium = try Self.asked(120, lending: 50)
        for number in 0..<50 { try consortium.furnish(.loan("L\(number)", .paid, at: consortium.now), by: 0) }
        let furnishing = try Self.furnishing(&consortium)
        #expect(furnishing.complete == .init(part: 50, whole: 120) && furnishing.complete.percent == 41)
        #expect(furnishing.fresh.percent == 100 && furnishing.checks == 120)
        #expect(furnishing.standing == .insufficient && !furnishing.mayCheck)
        #expect(furnishing.problem?.code == .notEntitled)
        #expect(furnishing.json["next"]?.array?.count == 1 && furnishing.json["complete"]?["percent"] == 41)
    }

    @Test("too old refuses its checks, and an event makes a loan fresh again")
    func staleFurnishing() throws {
        var consortium = try Self.asked(100, lending: 100)
        #expect(try Self.furnishing(&consortium).fresh.percent == 0)
        #expect(try !Self.furnishing(&consortium).mayCheck)
        for number in 0..<49 { try consortium.furnish(.loan("L\(number)", .paid, at: consortium.now), by: 0) }
        #expect(try !Self.furnishing(&consortium).mayCheck)
        // A loan that is over needs no events.
        for number in 49..<60 { try consortium.furnish(.loan("L\(number)", .settled, at: consortium.now), by: 0) }
        let furnishing = try Self.furnishing(&consortium)
        #expect(furnishing.fresh == .init(part: 49, whole: 89) && furnishing.standing == .sufficient)
        #expect(furnishing.problem == nil && furnishing.json["next"]?.array == [])
    }

    @Test("is not judged of who has asked little, nor in its first months")
    func newMembersAreNotJudged() throws {
        var consortium = try Self.asked(99, lending: 0)
        #expect(try Self.furnishing(&consortium).standing == .notJudged)
        #expect(try Self.furnishing(&consortium).mayCheck)
        #expect(try Self.furnishing(&consortium, of: 3).fresh.percent == nil)
        consortium = try Self.asked(100, lending: 0)
        #expect(try Self.furnishing(&consortium).standing == .insufficient)
        // The sample consortium was founded 4,000 days before the tests' now.
        let rules = try consortium.rules
        let young = consortium.ago(days: 4000 - 89)
        let then = consortium.exchange.furnishing(of: consortium.lenders.member(0), by: rules, now: young)
        #expect(then.standing == .notJudged)
    }

    @Test("counts neither checks whose outcome is not due nor those of other purposes")
    func onlyDueChecksCount() throws {
        var consortium = try Self.asked(3, lending: 0)
        try consortium.ask(about: Person("new"), by: 0, mode: .hard)
        try consortium.ask(about: Person("p0", .nationalID), by: 0, purpose: .portfolioReview, mode: .hard)
        #expect(try Self.furnishing(&consortium).checks == 3)
        consortium.now = consortium.now.adding(days: 31)
        #expect(try Self.furnishing(&consortium).checks == 4)
        consortium.now = consortium.now.adding(days: 300)
        #expect(try Self.furnishing(&consortium).checks == 1)
    }
}
