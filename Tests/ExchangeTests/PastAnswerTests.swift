import ConsortiumSupport
import Exchange
import Records
import TestSupport
import Testing
import Vocabulary

@Suite("Answers about the past")
struct PastAnswerTests {
    /// One answer as it was given, and what to ask for it again.
    private struct Given {
        let person: Person
        let asker: Int
        let asOf: AsOf
        let sheet: AnswerSheet
    }

    @Test("as of a past instant and log size comes the answer given then", arguments: [71, 72, 73] as [UInt64])
    func pastAnswersComeAgain(seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now)
        var given: [Given] = []
        for (number, event) in life.shuffled(seed: seed + 1).enumerated() {
            try consortium.live([event])
            consortium.now = consortium.now.adding(seconds: 1800)
            guard number % 5 == 0 else { continue }
            let person = life.people[number / 5 % life.people.count]
            // Hard checks in between are part of what was known later, and of nothing earlier.
            try consortium.ask(about: person, by: 4, mode: .hard)
            let sheet = try consortium.ask(about: person, by: number % 4)
            let size = try #require(sheet.json["knownSize"]?.integer)
            given.append(
                Given(
                    person: person, asker: number % 4, asOf: AsOf(instant: consortium.now, size: UInt64(size)),
                    sheet: sheet))
        }
        consortium.now = consortium.now.adding(days: 2)
        for past in given {
            let again = try consortium.ask(about: past.person, by: past.asker, asOf: past.asOf)
            #expect(again.ofThePast == past.sheet.ofThePast)
        }
        #expect(given.contains { !$0.sheet.signals.isEmpty } && given.count > 10)
    }

    @Test("without a log size the receipt time decides what had been known")
    func receiptTimeDecides() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        let before = consortium.now
        consortium.now = before.adding(days: 1)
        try consortium.furnish(.loan("L1", .applied, of: person, at: before.adding(days: -3)), by: 1)
        let known = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: consortium.now))
        #expect(known.told("application", "others", "7d") == "1")
        // The loan is older than the instant, and was told after it.
        let unknown = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: before))
        #expect(unknown.status == "noRecord" && unknown.told("application", "others", "7d") == "0")
        let reconstructed = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: before, basis: .events))
        #expect(reconstructed.told("application", "others", "7d") == "1")
    }

    @Test("no event and no report dated later leaks into a back-test over a book furnished at once")
    func laterFactsDoNotLeak() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        let date = consortium.ago(days: 100)
        try consortium.furnish(
            .loan("L1", .applied, of: person, at: date.adding(days: -5)),
            .loan("L1", .overdue, at: date.adding(days: 40)), by: 1)
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: date.adding(days: 50), name: "later"), by: 2)
        let past = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: date, basis: .events))
        #expect(past.told("application", "others", "7d") == "1")
        #expect(past.told("exposure.others.overdueLoans") == "0" && past.codes.isEmpty)
        let present = try consortium.ask(about: person, by: 0)
        #expect(present.told("exposure.others.overdueLoans") == "1" && present.codes == ["FRD-DOC"])
    }

    @Test("a report retracted since stands as it did for the past, and is gone for the present")
    func retractionsKeepThePast() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "report"), by: 1)
        let then = AsOf(instant: consortium.now)
        consortium.now = consortium.now.adding(days: 2)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        #expect(try consortium.ask(about: person, by: 0, asOf: then).codes == ["FRD-DOC"])
        #expect(try consortium.ask(about: person, by: 0).codes.isEmpty)
    }

    @Test("what has lawfully expired since is not told of the past either, and the answer says so")
    func expiredSince() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        try consortium.furnish(
            .report("FRD-STACK", on: person.as(.perpetrator), at: consortium.now, name: "report"), by: 1)
        try consortium.furnish(.loan("L1", .disbursed, of: person, at: consortium.now), by: 2)
        let then = AsOf(instant: consortium.now)
        let early = try consortium.ask(about: person, by: 0, asOf: then)
        #expect(early.codes == ["FRD-STACK"] && early.json["expiredSince"] == false)
        consortium.now = consortium.now.adding(days: 4 * 366)
        let late = try consortium.ask(about: person, by: 0, asOf: then)
        #expect(late.codes.isEmpty && late.told("exposure.others.openLoans") == "0")
        #expect(late.json["expiredSince"] == true)
    }

    @Test("a size that is not of the instant is moved to it: nothing later is known, nothing earlier forgotten")
    func sizeAndInstantGoTogether() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        try consortium.furnish(.loan("L1", .applied, of: person, at: consortium.now), by: 1)
        let then = consortium.now
        consortium.now = then.adding(days: 1)
        try consortium.furnish(.loan("L2", .applied, of: person, at: consortium.now), by: 2)
        let ahead = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: then, size: .max >> 32))
        #expect(ahead.json["knownSize"]?.integer == 1)
        let behind = try consortium.ask(about: person, by: 0, asOf: AsOf(instant: consortium.now, size: 0))
        #expect(behind.json["knownSize"]?.integer == 1)
    }

    @Test("a past size beyond the log, and a hard question about the past, tell nothing new")
    func impossiblePasts() throws {
        var consortium = try CoreConsortium()
        let person = Person("borrower")
        try consortium.furnish(.loan("L1", .applied, of: person, at: consortium.now), by: 1)
        let beyond = AsOf(instant: consortium.now, size: 1_000_000)
        #expect(try consortium.ask(about: person, by: 0, asOf: beyond).json["knownSize"]?.integer == 1)
        #expect(throws: Problem.self) {
            try consortium.ask(about: person, by: 0, mode: .hard, asOf: AsOf(instant: consortium.now))
        }
        #expect(consortium.stored.count == 1)
    }

    @Test("a batch that is answered in several turns sees one moment, whatever happens between them")
    func batchesSeeOneMoment() throws {
        var consortium = try CoreConsortium()
        let people = (0..<4).map { Person("person-\($0)") }
        for (number, person) in people.enumerated() {
            try consortium.furnish(.loan("L\(number)", .applied, of: person, at: consortium.now), by: 1)
        }
        let alone = try people.map { try consortium.ask(about: $0, by: 0) }
        var turn = 0
        let together = try consortium.askInTurns(about: people, by: 0, name: "batch") { consortium in
            turn += 1
            for (number, person) in people.enumerated() {
                try consortium.furnish(
                    .loan("T\(turn)-\(number)", .signed, of: person, at: consortium.now), by: 2)
            }
            try consortium.furnish(.loan("L0", .refused, at: consortium.now, name: "refusal-\(turn)"), by: 1)
        }
        #expect(together.map(\.ofThePast) == alone.map(\.ofThePast))
        #expect(Set(together.compactMap { $0.json["knownSize"]?.integer }) == [4] && turn == 4)
        #expect(try consortium.ask(about: people[0], by: 0).ofThePast != alone[0].ofThePast)
    }

    @Test("taking an event back restores the answer of before, to the last cell", arguments: [81, 82] as [UInt64])
    func retractionRestores(seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now)
        try consortium.live(life.events)
        for (number, person) in life.people.enumerated() {
            let before = try consortium.ask(about: person, by: 0)
            let member = number % 5
            try consortium.furnish(
                .loan("new-\(number)", .disbursed, of: person, at: consortium.now, name: "new-\(number)"), by: member)
            let between = try consortium.ask(about: person, by: 0)
            #expect(between.cells.map(\.value) != before.cells.map(\.value))
            try consortium.furnish(.retraction(of: "new-\(number)", at: consortium.now), by: member)
            let after = try consortium.ask(about: person, by: 0)
            #expect(after.ofThePast == before.ofThePast)
        }
    }
}

extension AnswerSheet {
    /// What an answer says of the person: without the question's own marks and the time of computing.
    fileprivate var ofThePast: AnswerSheet {
        let marks = [
            "check", "checkHash", "tokensAsked", "computedAt", "checkpoint", "knownSize", "asOf", "mode",
            "expiredSince",
        ]
        return AnswerSheet(.object((json.members ?? []).filter { !marks.contains($0.name) })).withoutRingNames
    }
}
