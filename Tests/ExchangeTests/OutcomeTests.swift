import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Outcomes over all members")
struct OutcomeTests {
    /// Three members ask about people of whom every second is a stacker elsewhere, lend, and lose the stackers' money.
    static func lived(lenders: [Int] = [0, 1, 2], people: Int = 20) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        let start = consortium.ago(days: 300)
        consortium.now = start
        for lender in lenders {
            for number in 0..<people {
                let person = Person("m\(lender)-\(number)", .nationalID)
                let isStacker = number % 2 == 0
                if isStacker {
                    for other in [3, 4] {
                        try consortium.furnish(
                            .loan("S\(lender)-\(number)", .signed, of: person, at: start), by: other)
                    }
                }
                try consortium.ask(about: person, by: lender, mode: .hard, profile: nil)
                let loan = "L\(lender)-\(number)"
                try consortium.furnish(
                    .loan(loan, .disbursed, of: person, at: start.adding(seconds: 60)), by: lender)
            }
        }
        consortium.now = start.adding(days: 300)
        for lender in lenders {
            for number in stride(from: 0, to: people, by: 2) {
                try consortium.furnish(
                    .loan("L\(lender)-\(number)", .writtenOff, at: start.adding(days: 200)), by: lender)
            }
        }
        return consortium
    }

    static func outcomes(_ consortium: inout CoreConsortium) throws -> JSON {
        let rules = try consortium.rules
        return consortium.exchange.outcomes(by: rules, now: consortium.now)
    }

    static func score(_ json: JSON, _ definition: Int = 0) -> JSON? {
        json["definitions"]?.array?[definition]["scores"]?.array?.first
    }

    @Test("show that the score told stackers from others")
    func scoresAreJudged() throws {
        var consortium = try Self.lived()
        let overall = Self.score(try Self.outcomes(&consortium))?["overall"]
        #expect(overall?["bad"] == 30 && overall?["good"] == 30)
        #expect(overall?["auc"] == "1.000000" && overall?["ks"] == "1.000000")
        #expect(overall?["lift"]?.array?.count == 10)
        #expect(Self.score(try Self.outcomes(&consortium))?["months"]?.array?.count == 1)
    }

    @Test("of fewer members or cases than the registry asks for are left out")
    func fewAreSuppressed() throws {
        var two = try Self.lived(lenders: [0, 1], people: 40)
        #expect(Self.score(try Self.outcomes(&two)) == nil)
        var few = try Self.lived(people: 16)
        #expect(Self.score(try Self.outcomes(&few)) == nil)
    }

    @Test("do not know a loan that is young, and take thirty days late for bad by one definition alone")
    func definitions() throws {
        var consortium = try Self.lived()
        let start = consortium.ago(days: 300)
        for lender in 0..<3 {
            try consortium.furnish(
                .saying(
                    "late \(lender)", at: start.adding(days: 100), [],
                    .loanEvent(
                        LoanEvent(
                            loanRef: OpaqueReference("L\(lender)-1"), stage: .overdue, dueBucket: .days31To60))),
                by: lender)
        }
        let json = try Self.outcomes(&consortium)
        #expect(Self.score(json, 0)?["overall"]?["bad"] == 30 && Self.score(json, 0)?["overall"]?["good"] == 30)
        #expect(Self.score(json, 1)?["overall"]?["bad"] == 33 && Self.score(json, 1)?["overall"]?["good"] == 27)
        consortium.now = start.adding(days: 179)
        let young = Self.score(try Self.outcomes(&consortium))?["overall"]
        #expect(young?["good"] == 0 && young?["undetermined"] == 30)
    }

    @Test("count a loan once, for the last check before it, and no loan of another member")
    func loansCountOnce() throws {
        var asked = try CoreConsortium()
        let start = asked.ago(days: 300)
        asked.now = start
        for lender in 0..<3 {
            for number in 0..<30 {
                let person = Person("m\(lender)-\(number)", .nationalID)
                for _ in 0..<2 { try asked.ask(about: person, by: lender, mode: .hard, profile: nil) }
                asked.now = start.adding(seconds: 10)
                try asked.furnish(
                    .loan("L\(lender)-\(number)", .disbursed, of: person, at: asked.now),
                    by: number < 20 ? lender : 4)
                asked.now = start
            }
        }
        asked.now = start.adding(days: 200)
        let overall = Self.score(try Self.outcomes(&asked))?["overall"]
        #expect(overall?["good"] == 60 && overall?["undetermined"] == 120)
    }

    @Test("come out the same in parts as in one go")
    func partsAddUp() throws {
        var consortium = try Self.lived()
        let (rules, now) = (try consortium.rules, consortium.now)
        var tally = OutcomeTally(consortium.exchange)
        var parts = 0
        while tally.advance(consortium.exchange, by: rules, cases: 7, now: now) { parts += 1 }
        let whole = try Self.outcomes(&consortium)
        #expect(parts > 10 && tally.json(by: rules, now: now) == whole)
    }
}
