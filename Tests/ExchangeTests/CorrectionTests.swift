import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Corrections")
struct CorrectionTests {
    static let person = Person("accused")
    static let corrections = ["retraction", "amendment", "outcome"]

    static func correction(_ what: String, of record: String, at time: Instant) -> Statement {
        switch what {
        case "retraction": .retraction(of: record, at: time)
        case "amendment": .amendment(of: record, at: time) { $0.tier = .e4 }
        default: .outcome(.upheld, of: record, at: time)
        }
    }

    static func accused() throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.ago(days: 10), name: "report"), by: 0)
        return consortium
    }

    @Test("of another member's record cannot be told from one of no record", arguments: corrections)
    func anothersRecordIsUnknown(_ what: String) throws {
        var consortium = try Self.accused()
        let ofAnother = #expect(throws: Problem.self) {
            try consortium.furnish(Self.correction(what, of: "report", at: consortium.now), by: 1)
        }
        let ofNothing = #expect(throws: Problem.self) {
            try consortium.furnish(Self.correction(what, of: "no such record", at: consortium.now), by: 1)
        }
        #expect(ofAnother?.code == .notYourRecord)
        #expect(ofAnother == ofNothing)
        #expect(try consortium.ask(about: Self.person, by: 2).codes == ["FRD-DOC"])
    }

    @Test("a retraction takes the report out of answers at once")
    func retractionsRemove() throws {
        var consortium = try Self.accused()
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 0)
        for asker in 0..<3 {
            let answer = try consortium.ask(about: Self.person, by: asker)
            #expect(answer.codes == [] && answer.status == "noRecord")
        }
    }

    @Test("a retraction in the same submission takes its report out")
    func retractionsWorkWithinASubmission() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "report"),
            .retraction(of: "report", at: consortium.now), by: 0)
        #expect(try consortium.ask(about: Self.person, by: 1).codes == [])
    }

    @Test("a retraction is not retracted, nor is an inquiry")
    func correctionsAreNotCorrected() throws {
        var consortium = try Self.accused()
        try consortium.furnish(.retraction(of: "report", at: consortium.now, name: "first"), by: 0)
        try consortium.ask(about: Self.person, by: 0, mode: .hard, name: "check")
        for target in ["first", "check"] {
            let problem = #expect(throws: Problem.self) {
                try consortium.furnish(.retraction(of: target, at: consortium.now), by: 0)
            }
            #expect(problem?.code == .notAdmissible)
        }
    }

    @Test("an amendment changes what answers say, and only what it names")
    func amendmentsChange() throws {
        var consortium = try Self.accused()
        try consortium.furnish(.amendment(of: "report", at: consortium.now) { $0.tier = .e4 }, by: 0)
        #expect(try consortium.ask(about: Self.person, by: 1).signal("FRD-DOC")?["evidence"]?.string == "E4")
        try consortium.furnish(
            .amendment(of: "report", at: consortium.now, name: "second") { $0.code = try? CodeName("FRD-FIRST-PARTY") },
            by: 0)
        let answer = try consortium.ask(about: Self.person, by: 1)
        #expect(answer.codes == ["FRD-FIRST-PARTY"])
        #expect(answer.signal("FRD-FIRST-PARTY")?["evidence"]?.string == "E4")
    }

    @Test("two amendments of one submission both count")
    func amendmentsOfOneSubmissionAddUp() throws {
        var consortium = try Self.accused()
        try consortium.furnish(
            .amendment(of: "report", at: consortium.now, name: "first") { $0.tier = .e4 },
            .amendment(of: "report", at: consortium.now, name: "second") { $0.code = try? CodeName("FRD-ASSET") },
            by: 0)
        let answer = try consortium.ask(about: Self.person, by: 1)
        #expect(answer.codes == ["FRD-ASSET"])
        #expect(answer.signal("FRD-ASSET")?["evidence"]?.string == "E4")
    }

    @Test("an amendment that would not have been admitted is refused")
    func amendmentsAreAdmittedAnew() throws {
        var consortium = try Self.accused()
        let weaker = #expect(throws: Problem.self) {
            try consortium.furnish(.amendment(of: "report", at: consortium.now) { $0.tier = .e1 }, by: 0)
        }
        #expect(weaker?.code == .insufficientEvidence)
        // A report about a person never becomes one about an instrument that names the person's ID.
        #expect(throws: Problem.self) {
            try consortium.furnish(
                .amendment(of: "report", at: consortium.now) { $0.code = try? CodeName("FRD-ID-IMPERSONATE") }, by: 0)
        }
        #expect(try consortium.ask(about: Self.person, by: 1).codes == ["FRD-DOC"])
    }

    @Test("a dispute shows the report as disputed to everybody for twenty days")
    func disputesLastTwentyDays() throws {
        var consortium = try Self.accused()
        try consortium.furnish(.dispute(of: try reference(&consortium, asker: 2), at: consortium.now), by: 2)
        #expect(try dispute(&consortium) == "disputed")
        let disputedAt = consortium.now
        consortium.now = Instant(milliseconds: disputedAt.adding(days: 20).milliseconds - 1)
        #expect(try dispute(&consortium) == "disputed")
        consortium.now = disputedAt.adding(days: 20)
        #expect(try dispute(&consortium) == "none")
    }

    @Test("a dispute upheld takes the report out, one rejected leaves it", arguments: [true, false])
    func outcomesDecide(isUpheld: Bool) throws {
        var consortium = try Self.accused()
        try consortium.furnish(.dispute(of: try reference(&consortium, asker: 2), at: consortium.now), by: 2)
        try consortium.furnish(
            .outcome(isUpheld ? .upheld : .rejected, of: "report", at: consortium.now), by: 0)
        #expect(try dispute(&consortium) == (isUpheld ? nil : "rejected"))
    }

    @Test("nobody decides a dispute before there is one")
    func outcomesNeedADispute() throws {
        var consortium = try Self.accused()
        for outcome in [DisputeOutcome.Outcome.rejected, .upheld] {
            let problem = #expect(throws: Problem.self) {
                try consortium.furnish(.outcome(outcome, of: "report", at: consortium.now), by: 0)
            }
            #expect(problem?.code == .notAdmissible)
        }
        try consortium.furnish(.dispute(of: try reference(&consortium, asker: 2), at: consortium.now), by: 2)
        #expect(try dispute(&consortium) == "disputed")
    }

    @Test("a dispute by the reference of another asker, or by none, is refused")
    func referencesAreTheAskersOwn() throws {
        var consortium = try Self.accused()
        let others = try reference(&consortium, asker: 3)
        #expect(others != (try reference(&consortium, asker: 2)))
        #expect(others == (try reference(&consortium, asker: 3)))
        for name in [others, "never-given", String(repeating: "0", count: 40)] {
            let problem = #expect(throws: Problem.self) {
                try consortium.furnish(.dispute(of: name, at: consortium.now), by: 2)
            }
            #expect(problem?.code == .unknownRecord && problem?.path == "records[0].signal")
        }
    }

    @Test("a report is disputed once")
    func disputesAreNotRepeated() throws {
        var consortium = try Self.accused()
        let signal = try reference(&consortium, asker: 2)
        try consortium.furnish(.dispute(of: signal, at: consortium.now), by: 2)
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(.dispute(of: signal, at: consortium.now, name: "again"), by: 2)
        }
        #expect(problem?.code == .notAdmissible)
    }

    @Test("a dispute reaches the reports behind its signal, and nobody else's who only shares a contact")
    func disputesStayWithThePerson() throws {
        var consortium = try Self.accused()
        let agent = Invented(.phone, "agent").playing(.agent)
        // The accused's own phone is the other's agent's, which makes them no one person either.
        let other = Person("another").with(agent, Self.person.identifiers[1].playing(.agent))
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.with(agent).as(.perpetrator), at: consortium.now, name: "second"),
            by: 1)
        try consortium.furnish(.report("FRD-DOC", on: other.as(.perpetrator), at: consortium.now, name: "third"), by: 1)
        try consortium.furnish(.dispute(of: try reference(&consortium, asker: 2), at: consortium.now), by: 2)
        #expect(try dispute(&consortium) == "disputed")
        #expect(try consortium.ask(about: Person("another"), by: 2).signal("FRD-DOC")?["dispute"]?.string == "none")
    }

    private func reference(_ consortium: inout CoreConsortium, asker: Int) throws -> String {
        try consortium.ask(about: Self.person, by: asker).signal("FRD-DOC")?["reference"]?.string ?? ""
    }

    private func dispute(_ consortium: inout CoreConsortium) throws -> String? {
        try consortium.ask(about: Self.person, by: 3).signal("FRD-DOC")?["dispute"]?.string
    }
}
