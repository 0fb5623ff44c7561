import ConsortiumSupport
import Exchange
import Records
import Registry
import Testing
import Vocabulary

@Suite("A notice of a correction")
struct CorrectionNoticeTests {
    static let person = Person("accused", .nationalID, .phone)

    /// Members 0 and 2 were told of member 1's report, member 3 asked before it and member 4 asked of another.
    static func told() throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Person("another"), by: 4, mode: .hard)
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.ago(days: 10), name: "report"), by: 1)
        for member in [0, 2] { try consortium.ask(about: person, by: member, mode: .hard, name: "check \(member)") }
        try consortium.ask(about: person, by: 3, mode: .soft)
        return consortium
    }

    static func corrections(_ consortium: inout CoreConsortium, of member: Int) throws -> [JSON] {
        consortium.now = consortium.now.adding(seconds: 60)
        return try consortium.notices(of: member).notices.filter { $0["kind"] == "correction" }
    }

    @Test("goes to exactly those who were told", arguments: ["retracted", "amended", "disputed", "decided"])
    func thoseToldAreTold(_ change: String) throws {
        var consortium = try Self.told()
        let reference = try consortium.ask(about: Self.person, by: 0).signal("FRD-DOC")?["reference"]?.string ?? ""
        switch change {
        case "retracted": try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        case "amended": try consortium.furnish(.amendment(of: "report", at: consortium.now) { $0.tier = .e4 }, by: 1)
        default:
            let own = try consortium.ask(about: Self.person, by: 4).signal("FRD-DOC")?["reference"]?.string ?? ""
            try consortium.furnish(.dispute(of: own, at: consortium.now), by: 4)
            if change == "decided" {
                try consortium.furnish(.outcome(.upheld, of: "report", at: consortium.now), by: 1)
            }
        }
        for member in [0, 2] {
            let corrections = try Self.corrections(&consortium, of: member)
            #expect(corrections.last?["change"]?.string == change)
            #expect(corrections.count == (change == "decided" ? 2 : 1))
            #expect(corrections.last?["about"]?["check"]?.string == RecordID(named: "check \(member)").description)
        }
        let signal = try Self.corrections(&consortium, of: 0).last?["signal"]
        #expect(signal?["reference"]?.string == reference && signal?["code"] == "FRD-DOC")
        switch change {
        case "amended": #expect(signal?["evidence"] == "E4")
        case "disputed": #expect(signal?["dispute"] == "disputed")
        default: #expect(signal?["evidence"] == nil)
        }
        for member in [1, 3, 4] { #expect(try Self.corrections(&consortium, of: member) == []) }
    }

    @Test("names the signal as the member knows it, which may have stood for several reports")
    func mergedSignalsKeepTheirName() throws {
        var consortium = try CoreConsortium()
        for member in [1, 2] {
            try consortium.furnish(
                .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "report"), by: member)
        }
        let told = try consortium.ask(about: Self.person, by: 0, mode: .hard).signal("FRD-DOC")?["reference"]
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 2)
        #expect(try Self.corrections(&consortium, of: 0).map { $0["signal"]?["reference"] } == [told])
    }

    @Test("is owed to who refused lately or lent, and to nobody whose decision is long past")
    func closedDecisionsAreOver() throws {
        var consortium = try Self.told()
        try consortium.furnish(.loan("L0", .applied, of: Self.person, at: consortium.now), by: 0)
        try consortium.furnish(.loan("L0", .refused, at: consortium.now.adding(seconds: 1)), by: 0)
        try consortium.furnish(.loan("L2", .disbursed, of: Self.person, at: consortium.now), by: 2)
        consortium.now = consortium.now.adding(days: 29)
        try consortium.furnish(.amendment(of: "report", at: consortium.now) { $0.tier = .e4 }, by: 1)
        #expect(try Self.corrections(&consortium, of: 0).count == 1)
        #expect(try Self.corrections(&consortium, of: 2).count == 1)
        consortium.now = consortium.now.adding(days: 2)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        #expect(try Self.corrections(&consortium, of: 0).count == 1)
        #expect(try Self.corrections(&consortium, of: 2).count == 2)
    }

    @Test("is not sent after the policy's days, and expiry sends none")
    func oldTellingsAreOver() throws {
        var consortium = try Self.told()
        try consortium.furnish(.loan("L2", .disbursed, of: Self.person, at: consortium.now), by: 2)
        consortium.now = consortium.now.adding(days: 720)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        consortium.now = consortium.now.adding(days: 4000)
        for member in 0..<5 { #expect(try Self.corrections(&consortium, of: member) == []) }
    }

    @Test("follows an alert, though no answer ever told of the report")
    func alertedMembersAreCorrected() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "report"), by: 1)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        #expect(try Self.corrections(&consortium, of: 0).map { $0["change"] } == ["retracted"])
    }

    @Test("is not sent for what does not stand any more, nor twice for one submission")
    func correctionsAreSentOnce() throws {
        var consortium = try Self.told()
        try consortium.furnish(
            .amendment(of: "report", at: consortium.now) { $0.tier = .e4 },
            .retraction(of: "report", at: consortium.now), by: 1)
        try consortium.furnish(.retraction(of: "report", at: consortium.now, name: "again"), by: 1)
        #expect(try Self.corrections(&consortium, of: 0).map { $0["change"] } == ["retracted"])
    }

    @Test("counts as unacknowledged until the member says that it has read it")
    func acknowledgements() throws {
        var consortium = try Self.told()
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        // Not released yet: nothing to acknowledge.
        let early = #expect(throws: Problem.self) { try consortium.acknowledge(upTo: 1, by: 0) }
        #expect(early?.code == .notAdmissible && early?.path == "upTo")
        consortium.now = consortium.now.adding(seconds: 60)
        let page = try consortium.notices(of: 0)
        #expect(page.unacknowledged == 1 && page.cursor == 1 && !page.hasMore)
        let outcome = try consortium.acknowledge(upTo: 1, by: 0, name: "ack")
        #expect(outcome == AcknowledgementOutcome(acknowledged: 1, unacknowledged: 0))
        #expect(try consortium.acknowledge(upTo: 1, by: 0, name: "ack") == outcome)
        #expect(try consortium.acknowledge(upTo: 0, by: 0) == outcome)
        let conflict = #expect(throws: Problem.self) { try consortium.acknowledge(upTo: 0, by: 0, name: "ack") }
        #expect(conflict?.code == .recordConflict)
        #expect(throws: Problem.self) { try consortium.acknowledge(upTo: 2, by: 0) }
        #expect(try consortium.notices(of: 0).unacknowledged == 0 && consortium.notices(of: 2).unacknowledged == 1)
    }

    @Test("that nobody acknowledged shows up for the admins, overdue after the policy's days")
    func adminsSeeWhatIsOpen() throws {
        var consortium = try Self.told()
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        consortium.now = consortium.now.adding(seconds: 60)
        try consortium.acknowledge(upTo: 1, by: 2)
        var rules = try consortium.rules
        var open = consortium.exchange.unacknowledged(by: rules, now: consortium.now)["members"]?.array ?? []
        #expect(open.map { $0["member"]?.string } == [consortium.lenders.member(0).name])
        #expect(open.first?["unacknowledged"] == 1 && open.first?["overdue"] == false)
        consortium.now = consortium.now.adding(days: 8)
        rules = try consortium.rules
        open = consortium.exchange.unacknowledged(by: rules, now: consortium.now)["members"]?.array ?? []
        #expect(open.first?["oldestDays"] == 8 && open.first?["overdue"] == true)
    }
}
