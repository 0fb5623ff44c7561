import ConsortiumSupport
import Exchange
import Records
import Registry
import Testing
import Vocabulary

@Suite("An alert")
struct AlertTests {
    static let person = Person("applicant", .nationalID, .phone)

    /// Member 0 asked, and something else may have happened since.
    static func asked(days: Int = 0) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        try consortium.ask(about: person, by: 0, mode: .hard, name: "check")
        consortium.now = consortium.now.adding(days: days)
        return consortium
    }

    static func report(
        _ consortium: inout CoreConsortium, by member: Int = 1, on person: Person = person, name: String = "report"
    ) throws {
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: name), by: member)
    }

    /// Those of a member when the beat is over.
    static func alerts(_ consortium: inout CoreConsortium, of member: Int = 0) throws -> [JSON] {
        consortium.now = consortium.now.adding(seconds: 60)
        return try consortium.notices(of: member).notices.filter { $0["kind"] == "alert" }
    }

    @Test("goes to who asked about the person before, by its check's id, with the signal as an answer has it")
    func askersAreTold() throws {
        var consortium = try Self.asked()
        try Self.report(&consortium)
        let alerts = try Self.alerts(&consortium)
        #expect(alerts.count == 1)
        #expect(alerts.first?["about"]?["check"]?.string == RecordID(named: "check").description)
        let told = try consortium.ask(about: Self.person, by: 0).signal("FRD-DOC")
        #expect(alerts.first?["signal"]?["reference"] == told?["reference"])
        #expect(alerts.first?["signal"]?["evidence"] == "E3" && alerts.first?["change"] == nil)
        for member in 1..<5 { #expect(try Self.alerts(&consortium, of: member) == []) }
    }

    @Test("waits for the end of the beat, so that its time does not name the reporter", arguments: [0, 1, 19, 59])
    func alertsWaitForTheBeat(second: Int64) throws {
        var consortium = try Self.asked()
        // The test's now is twenty seconds into a minute.
        let minute = Instant(seconds: (consortium.now.seconds / 60 + 1) * 60)
        consortium.now = minute.adding(seconds: second)
        try Self.report(&consortium)
        let end = minute.adding(seconds: 60)
        consortium.now = Instant(milliseconds: end.milliseconds - 1)
        #expect(try consortium.notices(of: 0).isEmpty)
        let member = consortium.lenders.member(0)
        #expect(consortium.exchange.nextRelease(of: member, after: 0) == end)
        consortium.now = end
        #expect(try consortium.notices(of: 0).notices.first?["releasedAt"]?.string == end.description)
    }

    @Test("does not go to who asked softly, of another person, or long ago")
    func othersAreNotTold() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 2, mode: .hard)
        consortium.now = consortium.now.adding(days: 30)
        try consortium.ask(about: Self.person, by: 3, mode: .soft)
        try consortium.ask(about: Person("another"), by: 4, mode: .hard)
        try Self.report(&consortium)
        for member in 0..<5 { #expect(try Self.alerts(&consortium, of: member) == []) }
    }

    @Test("does not go to the reporter itself")
    func reportersAreNotTold() throws {
        var consortium = try Self.asked()
        try Self.report(&consortium, by: 0)
        #expect(try Self.alerts(&consortium) == [])
    }

    @Test("does not go to who ended the application", arguments: [.refused, .withdrawn] as [LoanStage])
    func endedApplicationsAreOver(_ stage: LoanStage) throws {
        var consortium = try Self.asked()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: 0)
        try consortium.furnish(.loan("L1", stage, at: consortium.now.adding(seconds: 1)), by: 0)
        try Self.report(&consortium)
        #expect(try Self.alerts(&consortium) == [])
    }

    @Test("goes for years to who lent, until the loan is over")
    func openLoansKeepInquiriesOpen() throws {
        var consortium = try Self.asked()
        try consortium.furnish(.loan("L1", .disbursed, of: Self.person, at: consortium.now), by: 0)
        consortium.now = consortium.now.adding(days: 400)
        try Self.report(&consortium)
        #expect(try Self.alerts(&consortium).count == 1)
        try consortium.furnish(.loan("L1", .settled, at: consortium.now), by: 0)
        try Self.report(&consortium, by: 2, name: "second")
        #expect(try Self.alerts(&consortium).count == 1)
    }

    @Test("goes once for several checks of one member, about the newest")
    func oneOfAMembersChecks() throws {
        var consortium = try Self.asked()
        consortium.now = consortium.now.adding(days: 1)
        try consortium.ask(about: Self.person.only(.nationalID), by: 0, mode: .hard, name: "newest")
        try Self.report(&consortium)
        let alerts = try Self.alerts(&consortium)
        #expect(alerts.map { $0["about"]?["check"]?.string } == [RecordID(named: "newest").description])
    }

    @Test("is not made of what an answer would not tell: too few members, a statistic, a victim")
    func disclosureHolds() throws {
        var small = try CoreConsortium(members: 3)
        try small.ask(about: Self.person, by: 0, mode: .hard)
        try Self.report(&small)
        #expect(try Self.alerts(&small) == [])
        var consortium = try Self.asked()
        let culprit = Person("culprit", .phone)
        try consortium.furnish(
            .report(
                "FRD-ID-IMPERSONATE", on: culprit.as(.perpetrator), Self.person.as(.victim), at: consortium.now,
                name: "impersonation"), by: 1)
        #expect(try Self.alerts(&consortium) == [])
        #expect(try consortium.ask(about: Self.person, by: 0).codes == [])
    }

    @Test("is not made of a report that its own submission takes back, nor of one past its retention")
    func whatDoesNotStandIsNotTold() throws {
        var consortium = try Self.asked()
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "r"),
            .retraction(of: "r", at: consortium.now), by: 1)
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.ago(days: 2000), name: "old"), by: 1)
        #expect(try Self.alerts(&consortium) == [])
    }

    @Test("goes to watches over open loans and to live reservations, each by its own name")
    func watchesAndReservationsAreTold() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .disbursed, of: Self.person, at: consortium.ago(days: 90)), by: 0)
        try consortium.watch((watch: "watch", loan: "L1"), by: 0)
        try consortium.reserve("reservation", Self.person, by: 2)
        try Self.report(&consortium)
        let watched = try Self.alerts(&consortium)
        #expect(watched.map { $0["about"]?["watch"]?.string } == [RecordID(named: "watch").description])
        #expect(watched.first?["signal"]?["code"] == "FRD-DOC")
        let reserved = try Self.alerts(&consortium, of: 2)
        #expect(reserved.map { $0["about"]?["reservation"]?.string } == [RecordID(named: "reservation").description])
        // Over is over.
        try consortium.watch(ending: ["watch"], by: 0)
        try consortium.release("reservation", by: 2)
        try Self.report(&consortium, by: 3, name: "second")
        #expect(try Self.alerts(&consortium).count == 1)
        #expect(try Self.alerts(&consortium, of: 2).count == 1)
    }

    @Test("comes when a plain refusal is amended to a report, and not before")
    func amendmentsMakeSignals() throws {
        var consortium = try Self.asked()
        try consortium.furnish(
            .report("DEC-REFUSED", on: Self.person.as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        #expect(try Self.alerts(&consortium) == [])
        try consortium.furnish(
            .amendment(of: "r", at: consortium.now) { $0.code = try? CodeName("CRD-DEFAULT") }, by: 1)
        #expect(try Self.alerts(&consortium).map { $0["signal"]?["code"] } == ["CRD-DEFAULT"])
    }

    @Test("of a marker goes to askers too")
    func markersAreTold() throws {
        var consortium = try Self.asked()
        try consortium.furnish(.marker("VIC-IMPERSONATED", for: Self.person, at: consortium.now, name: "m"), by: 1)
        #expect(try Self.alerts(&consortium).first?["signal"]?["code"] == "VIC-IMPERSONATED")
    }

    @Test("of a statement taken back before it is read names it and says no more")
    func withdrawnBeforeReading() throws {
        var consortium = try Self.asked()
        try Self.report(&consortium)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        consortium.now = consortium.now.adding(seconds: 120)
        let notices = try consortium.notices(of: 0).notices
        #expect(notices.map { $0["kind"] } == ["alert", "correction"])
        for notice in notices {
            #expect(notice["signal"]?.members?.map(\.name) == ["reference", "code", "labels"])
        }
        #expect(notices.first?["signal"]?["reference"] == notices.last?["signal"]?["reference"])
    }
}
