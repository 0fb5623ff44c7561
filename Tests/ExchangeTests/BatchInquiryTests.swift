import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("A batch of checks")
struct BatchInquiryTests {
    static let people = (0..<4).map { Person("p\($0)", .nationalID, .phone) }

    @Test("is answered as single checks are, and none of it counts in its own answers")
    func answersAreThoseOfSingleChecks() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.people[0], at: consortium.now), by: 1)
        try consortium.furnish(
            .report("FRD-DOC", on: Self.people[1].as(.perpetrator), at: consortium.now, name: "r"), by: 2)
        let singles = try Self.people.map { try consortium.ask(about: $0, by: 0, profile: "standard") }
        let twice = Self.people + [Self.people[0]]
        let batch = try consortium.askBatch(about: twice, by: 0, name: "b", profile: "standard")
        for (single, answer) in zip(singles + [singles[0]], batch) {
            for member in ["status", "signals", "statistics", "score", "findings", "linkage"] {
                #expect(single.json[member] == answer.json[member])
            }
        }
        #expect(consortium.stored.count == 3)
        #expect(try consortium.ask(about: Self.people[0], by: 0).told("inquiry", "own", "7d") == "2")
    }

    @Test("put again leaves no further inquiry, and a soft one leaves none")
    func repeatingChangesNothing() throws {
        var consortium = try CoreConsortium()
        try consortium.askBatch(about: Self.people, by: 0, name: "b")
        try consortium.askBatch(about: Self.people, by: 0, name: "b")
        try consortium.askBatch(about: Self.people, by: 0, name: "soft", mode: .soft)
        #expect(consortium.stored.count == 1)
    }

    @Test("under an id of other checks, or with a check's id used otherwise, is a conflict by its path")
    func conflictsAreNamed() throws {
        var consortium = try CoreConsortium()
        try consortium.askBatch(about: Self.people, by: 0, name: "b")
        let other = #expect(throws: Problem.self) {
            try consortium.askBatch(about: Self.people.reversed(), by: 0, name: "b")
        }
        #expect(other?.code == .recordConflict && other?.path == "checks[0].check")
        let longer = #expect(throws: Problem.self) {
            try consortium.askBatch(about: Self.people + [Person("fifth")], by: 0, name: "b")
        }
        #expect(longer?.code == .recordConflict && longer?.path == "batch")
        #expect(consortium.stored.count == 1)
    }

    @Test("is told of corrections, check by check")
    func batchesAreCorrected() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(
            .report("FRD-DOC", on: Self.people[1].as(.perpetrator), at: consortium.now, name: "r"), by: 2)
        try consortium.askBatch(about: Self.people, by: 0, name: "b")
        try consortium.furnish(.retraction(of: "r", at: consortium.now), by: 2)
        consortium.now = consortium.now.adding(seconds: 60)
        let about = try consortium.notices(of: 0).notices.map { $0["about"]?["check"]?.string }
        #expect(about == [RecordID(named: "b/1").description])
    }

    @Test("answered in turns is told of what came and what changed between its answers and its inquiries")
    func nothingIsLostBetween() throws {
        var consortium = try CoreConsortium()
        let person = Self.people[1].as(.perpetrator)
        let start = consortium.now
        for name in ["stands", "goes"] {
            try consortium.furnish(.report("FRD-DOC", on: person, at: start, name: name), by: 2)
        }
        var isFirst = true
        _ = try consortium.askInTurns(about: Self.people, by: 0, name: "b", mode: .hard) { consortium in
            guard isFirst else { return }
            isFirst = false
            try consortium.furnish(.retraction(of: "goes", at: start), by: 2)
            try consortium.furnish(
                .report("FRD-DOC", on: Self.people[2].as(.perpetrator), at: start, name: "new"), by: 3)
            try consortium.furnish(
                .report("FRD-DOC", on: Self.people[3].as(.perpetrator), at: start, name: "own"), by: 0)
        }
        #expect(try consortium.notices(of: 0).notices.isEmpty)
        consortium.now = consortium.now.adding(seconds: 60)
        let notices = try consortium.notices(of: 0).notices
        #expect(notices.map { $0["kind"]?.string } == ["correction", "alert"])
        #expect(notices.first?["change"] == "retracted")
        let about = notices.map { $0["about"]?["check"]?.string }
        #expect(about == ["b/1", "b/2"].map { RecordID(named: $0).description })
        // What the alert told is corrected like what the answer told.
        try consortium.furnish(.retraction(of: "new", at: start), by: 3)
        consortium.now = consortium.now.adding(seconds: 60)
        #expect(try consortium.notices(of: 0).notices.count == 3)
        #expect(try consortium.replayed().ledger.feeds == consortium.ledger.feeds)
    }
}
