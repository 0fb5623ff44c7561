import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Outcomes over all members")
struct OutcomeTests {
    /// Four members ask about people of whom every second is a stacker elsewhere, lend, and lose the stackers' money.
    static func lived(lenders: [Int] = [0, 1, 2, 3], people: Int = 20) throws -> CoreConsortium {
        var consortium = try CoreConsortium(members: 6)
        let start = consortium.ago(days: 300)
        consortium.now = start
        for lender in lenders {
            for number in 0..<people {
                let person = Person("m\(lender)-\(number)", .nationalID)
                let isStacker = number % 2 == 0
                if isStacker {
                    for other in [4, 5] {
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
        #expect(overall?["bad"] == "20-49" && overall?["good"] == "20-49")
        #expect(overall?["auc"] == "1.000" && overall?["ks"] == "1.000")
        #expect(overall?["lift"]?.array?.count == 10)
        #expect(Self.score(try Self.outcomes(&consortium))?["months"]?.array?.count == 1)
    }

    @Test("of fewer members or cases than the registry asks for are left out")
    func fewAreSuppressed() throws {
        var three = try Self.lived(lenders: [0, 1, 2], people: 40)
        #expect(Self.score(try Self.outcomes(&three)) == nil)
        var few = try Self.lived(people: 12)
        #expect(Self.score(try Self.outcomes(&few)) == nil)
    }

    @Test("do not know a loan that is young, and take thirty days late for bad by one definition alone")
    func definitions() throws {
        var consortium = try Self.lived()
        let start = consortium.ago(days: 300)
        for lender in 0..<4 {
            try consortium.furnish(
                .saying(
                    "late \(lender)", at: start.adding(days: 100), [],
                    .loanEvent(
                        LoanEvent(
                            loanRef: OpaqueReference("L\(lender)-1"), stage: .overdue, dueBucket: .days31To60))),
                by: lender)
        }
        let json = try Self.outcomes(&consortium)
        #expect(Self.score(json, 0)?["overall"]?["auc"] == "1.000")
        // Of 44 bad ones, 40 scored higher than all 36 good ones, and 4 as high: (40 + 4 / 2) / 44.
        #expect(Self.score(json, 1)?["overall"]?["auc"] == "0.954")
        consortium.now = start.adding(days: 179)
        #expect(Self.score(try Self.outcomes(&consortium)) == nil)
    }

    @Test("count a loan once, for the last check before it, and no loan of another member")
    func loansCountOnce() throws {
        var asked = try CoreConsortium(members: 6)
        let start = asked.ago(days: 300)
        asked.now = start
        for lender in 0..<4 {
            for number in 0..<30 {
                let person = Person("m\(lender)-\(number)", .nationalID)
                for _ in 0..<2 { try asked.ask(about: person, by: lender, mode: .hard, profile: nil) }
                asked.now = start.adding(seconds: 10)
                try asked.furnish(
                    .loan("L\(lender)-\(number)", .disbursed, of: person, at: asked.now),
                    by: number < 20 ? lender : 5)
                asked.now = start
            }
        }
        asked.now = start.adding(days: 200)
        for lender in 0..<4 {
            for number in 15..<20 {
                try asked.furnish(
                    .loan("L\(lender)-\(number)", .writtenOff, at: start.adding(days: 100)), by: lender)
            }
        }
        let overall = Self.score(try Self.outcomes(&asked))?["overall"]
        // Of 240 checks 60 came to good and 20 to bad.
        #expect(overall?["good"] == "50-99" && overall?["bad"] == "20-49" && overall?["undetermined"] == "100-199")
    }

    @Test("hold to a signal what the answer told, and not what an alert told later")
    func alertsAreHindsight() throws {
        for isLate in [false, true] {
            var consortium = try CoreConsortium(members: 6)
            let start = consortium.ago(days: 300)
            for number in 0..<80 {
                consortium.now = start
                let (person, lender) = (Person("p\(number)", .nationalID), number % 4)
                let report = Statement.report(
                    "FRD-DOC", on: person.as(.perpetrator), at: start, name: "r\(number)")
                if !isLate { try consortium.furnish(report, by: 4) }
                try consortium.ask(about: person, by: lender, mode: .hard, profile: nil)
                consortium.now = start.adding(seconds: 10)
                if isLate { try consortium.furnish(report, by: 4) }
                try consortium.furnish(.loan("L\(number)", .disbursed, of: person, at: consortium.now), by: lender)
            }
            consortium.now = start.adding(days: 200)
            for number in 0..<20 {
                try consortium.furnish(
                    .loan("L\(number)", .writtenOff, at: start.adding(days: 100)), by: number % 4)
            }
            let signals = try Self.outcomes(&consortium)["definitions"]?.array?[0]["signals"]?.array ?? []
            #expect(signals.compactMap { $0["name"]?.string } == (isLate ? [] : ["FRD-DOC"]))
        }
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
