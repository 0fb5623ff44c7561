import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("A record furnished again")
struct IdempotencyTests {
    static let person = Person("borrower", .nationalID, .phone, .device)

    @Test("under new salts and another submission is known by its first entry")
    func newSaltsAreTheSameRecord() throws {
        var consortium = try CoreConsortium()
        let statement = Statement.loan("L1", .applied, of: Self.person, at: consortium.ago(days: 3))
        let first = try consortium.furnish(statement, by: 0)
        try consortium.furnish(.loan("other", .applied, of: Person("else"), at: consortium.now), by: 1)
        let again = try consortium.furnish(statement, by: 0)
        #expect(first.knownAt == [nil] && first.entry != nil)
        #expect(again.knownAt == [0] && again.entry == nil && again.newTokens.isEmpty)
        #expect(consortium.stored.count == 2)
    }

    @Test("is known after the epoch, the policy's clock and the member's key have changed")
    func knownRecordsOutliveTheRules() throws {
        var consortium = try CoreConsortium()
        let statement = Statement.loan("L1", .applied, of: Self.person, at: consortium.now)
        try consortium.furnish(statement, by: 0)
        let late = Lenders.Bend { $0.epoch = KeyEpoch(99) }
        #expect(try consortium.furnish(statement, by: 0, bend: late).knownAt == [0])
        // Forty years on, the record is older than any that is admitted.
        consortium.now = consortium.now.adding(days: 365 * 40)
        #expect(try consortium.furnish(statement, by: 0).knownAt == [0])
    }

    @Test("by another member is another record")
    func idsBelongToMembers() throws {
        var consortium = try CoreConsortium()
        let statement = Statement.loan("L1", .applied, of: Self.person, at: consortium.now)
        try consortium.furnish(statement, by: 0)
        #expect(try consortium.furnish(statement, by: 1).knownAt == [nil])
    }

    @Test("with other content is a conflict, whatever differs", arguments: 0..<5)
    func otherContentIsAConflict(_ difference: Int) throws {
        var consortium = try CoreConsortium()
        let time = consortium.ago(days: 1)
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: time, name: "r"), by: 0)
        let other: Statement =
            switch difference {
            case 0: .loan("L1", .applied, of: Self.person, at: time.adding(seconds: 1), name: "r")
            case 1: .loan("L1", .approved, of: Self.person, at: time, name: "r")
            case 2: .loan("L1", .applied, of: Self.person.only(.nationalID, .phone), at: time, name: "r")
            case 3: .loan("L1", .applied, of: Self.person.with(Invented(.email, "new")), at: time, name: "r")
            default: .loan("L1", .applied, of: Person("else", .nationalID, .phone, .device), at: time, name: "r")
            }
        let problem = #expect(throws: Problem.self) { try consortium.furnish(other, by: 0) }
        #expect(problem?.code == .recordConflict && problem?.path == "records[0].recordID")
        #expect(consortium.stored.count == 1)
    }

    @Test("with a role changed is a conflict")
    func rolesAreContent() throws {
        var consortium = try CoreConsortium()
        let own = Invented(.phone, "p")
        try consortium.furnish(.loan("L1", .applied, of: Person("x").with(own), at: consortium.now, name: "r"), by: 0)
        let contact = Person("x").with(own.playing(.contact))
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(.loan("L1", .applied, of: contact, at: consortium.now, name: "r"), by: 0)
        }
        #expect(problem?.code == .recordConflict)
    }

    @Test("and new ones beside it: only the new ones are added")
    func mixturesAddWhatIsNew() throws {
        var consortium = try CoreConsortium()
        let known = Statement.loan("L1", .applied, of: Self.person, at: consortium.now)
        try consortium.furnish(known, by: 0)
        let mixed = try consortium.furnish(known, .loan("L1", .signed, at: consortium.now), by: 0)
        #expect(mixed.knownAt == [0, nil])
        #expect(mixed.entry?.records.count == 1 && mixed.newTokens.isEmpty)
    }

    @Test("as the last of a submission that is refused leaves nothing behind")
    func nothingIsHalfApplied() throws {
        var consortium = try CoreConsortium()
        let before = consortium.ledger.rows.count
        let newcomer = Person("newcomer")
        #expect(throws: Problem.self) {
            try consortium.furnish(
                .loan("L1", .applied, of: newcomer, at: consortium.now),
                .report("FRD-DOC", on: newcomer.as(.perpetrator), at: consortium.now, name: "r"),
                .loan("never-opened", .signed, at: consortium.now), by: 0)
        }
        #expect(consortium.ledger.rows.count == before && consortium.ledger.identifiers.count == 0)
        #expect(consortium.stored.isEmpty)
        #expect(try consortium.ask(about: newcomer, by: 1).status == "noRecord")
    }

    @Test("a check with an old id that asks something else is a conflict, and so is a record's id")
    func checkIdsAreNotReused() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Person("a"), by: 0, mode: .hard, name: "check")
        try consortium.furnish(.loan("L1", .applied, of: Person("a"), at: consortium.now, name: "record"), by: 0)
        for name in ["check", "record"] {
            let problem = #expect(throws: Problem.self) {
                try consortium.ask(about: Person("b"), by: 0, mode: .hard, name: name)
            }
            #expect(problem?.code == .recordConflict && problem?.path == "check")
        }
        #expect(try consortium.ask(about: Person("b"), by: 1).status == "noRecord")
    }

    @Test("a hard check put twice leaves one inquiry")
    func repeatedChecksCountOnce() throws {
        var consortium = try CoreConsortium()
        let request = consortium.lenders.check(of: Person("a"), by: 0, at: consortium.now)
        _ = try consortium.put(request, by: 0)
        _ = try consortium.put(request, by: 0)
        #expect(try consortium.ask(about: Person("a"), by: 0).told("inquiry", "own", "7d") == "1")
    }
}
