import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

/// What is refused of a record that came through the gate, with the record's place in the submission.
@Suite("A record at the node")
struct RecordRefusalTests {
    static let person = Person("a")

    @Test("of the future is refused, up to the policy's tolerance")
    func futureEventsAreRefused() throws {
        var consortium = try CoreConsortium()
        let edge = consortium.now.adding(seconds: 300)
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: edge), by: 0)
        try expect(
            .eventTimeInFuture, at: "records[1].eventTime", &consortium,
            .loan("L2", .applied, of: Self.person, at: edge, name: "fine"),
            .loan("L3", .applied, of: Self.person, at: Instant(milliseconds: edge.milliseconds + 1)))
    }

    @Test("of an absurd past is refused")
    func absurdEventsAreRefused() throws {
        var consortium = try CoreConsortium()
        try expect(
            .eventTimeAbsurd, at: "records[0].eventTime", &consortium,
            .loan("L1", .applied, of: Self.person, at: consortium.ago(days: 10_958)))
    }

    @Test("with an unknown reason code is refused")
    func unknownCodesAreRefused() throws {
        var consortium = try CoreConsortium()
        try expect(
            .unknownReasonCode, at: "records[0].code", &consortium,
            .report("FRD-NOBODY", on: Self.person.as(.perpetrator), at: consortium.now, name: "r"))
    }

    @Test("with evidence below its code's tier is refused")
    func weakEvidenceIsRefused() throws {
        var consortium = try CoreConsortium()
        try expect(
            .insufficientEvidence, at: "records[0].tier", &consortium,
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "r") { $0.tier = .e2 })
    }

    @Test("that impersonation pins on a national ID is refused")
    func impersonationNeverNamesAPerson() throws {
        var consortium = try CoreConsortium()
        let problem = #expect(throws: Problem.self) {
            try consortium.furnish(
                .report("FRD-ID-IMPERSONATE", on: Self.person.as(.perpetrator), at: consortium.now, name: "r"), by: 0)
        }
        #expect(problem?.path?.hasPrefix("records[0].subjects[0]") == true)
        #expect(consortium.stored.isEmpty)
    }

    @Test("of a loan that nobody opened is refused")
    func unknownLoansAreRefused() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: 1)
        // Another member's loan of the same name is not this member's.
        try expect(
            .unknownLoan, at: "records[0].loanRef", &consortium, .loan("L1", .signed, at: consortium.now))
    }

    @Test("that names a loan's people twice is refused, in one submission and in two")
    func peopleAreNamedOnce() throws {
        var consortium = try CoreConsortium()
        let opening = Statement.loan("L1", .applied, of: Self.person, at: consortium.now)
        let again = Statement.loan("L1", .signed, of: Self.person, at: consortium.now)
        try expect(.notAdmissible, at: "records[1].subjects", &consortium, opening, again)
        try consortium.furnish(opening, by: 0)
        try expect(.notAdmissible, at: "records[0].subjects", &consortium, again)
    }

    @Test("of a later stage inherits the loan's people, in one submission and in two")
    func laterStagesInherit() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(
            .loan("L1", .applied, of: Self.person, at: consortium.now), .loan("L1", .signed, at: consortium.now),
            by: 0)
        try consortium.furnish(.loan("L1", .disbursed, at: consortium.now), by: 0)
        let answer = try consortium.ask(about: Self.person, by: 1)
        for stage in ["application", "signed", "disbursed"] {
            #expect(answer.told(stage, "others", "7d") == "1", "\(stage)")
        }
        #expect(consortium.ledger.links.count == 2)
    }

    @Test("that a cure continues must be an own report")
    func curesNeedTheirParent() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(overdue(at: consortium.now), by: 1)
        let cure = cure(of: "overdue", at: consortium.now)
        try expect(.notYourRecord, at: "records[0].parent", &consortium, cure)
        #expect(try consortium.furnish(cure, by: 1).entry != nil)
    }

    func overdue(at time: Instant) -> Statement {
        .report("CRD-OD-2", on: Self.person.as(.borrower), at: time, name: "overdue") { $0.tier = .e2 }
    }

    func cure(of parent: String, at time: Instant) -> Statement {
        .report("CRD-CURED", on: Self.person.as(.borrower), at: time, name: "cure") {
            $0.tier = .e2
            $0.parent = RecordID(named: parent)
        }
    }

    private func expect(
        _ code: ErrorCode, at path: String, _ consortium: inout CoreConsortium, _ statements: Statement...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let stored = consortium.stored.count
        let problem = #expect(throws: Problem.self, sourceLocation: sourceLocation) {
            try consortium.furnish(statements, by: 0)
        }
        #expect(problem?.code == code && problem?.path == path, sourceLocation: sourceLocation)
        #expect(consortium.stored.count == stored, sourceLocation: sourceLocation)
    }
}
