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
}
