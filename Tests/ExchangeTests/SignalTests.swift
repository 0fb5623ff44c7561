import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Signals")
struct SignalTests {
    @Test("tell the code, the tier, the age, the kinds met and how many others state it")
    func signalsTell() throws {
        var consortium = try CoreConsortium()
        let person = Person("fraud", .nationalID, .phone, .device)
        for reporter in 1...2 {
            try consortium.furnish(
                .report(
                    "FRD-FIRST-PARTY", on: person.as(.perpetrator), at: consortium.ago(days: 40), name: "r\(reporter)"),
                by: reporter)
        }
        let signal = try consortium.ask(about: person.only(.phone, .device), by: 0).signal("FRD-FIRST-PARTY")
        #expect(signal?["evidence"] == "E3" && signal?["severity"] == 5 && signal?["age"] == "30-90d")
        #expect(signal?["reporters"] == "2" && signal?["own"] == false)
        #expect(signal?["kinds"]?.array == ["phone", "device"] && signal?["match"] == "exact")
        let own = try consortium.ask(about: person, by: 1).signal("FRD-FIRST-PARTY")
        #expect(own?["reporters"] == "1" && own?["own"] == true)
    }

    @Test("a victim is not adverse, and the protective marker is shown")
    func victimsAreProtected() throws {
        var consortium = try CoreConsortium()
        let victim = Person("victim", .nationalID, .phone, .nameBirthDate), thief = Person("thief", .phone, .device)
        try consortium.furnish(
            .report(
                "FRD-ID-IMPERSONATE", on: thief.as(.perpetrator), victim.as(.victim), at: consortium.ago(days: 5),
                name: "report"), by: 1)
        try consortium.furnish(
            .marker("VIC-IMPERSONATED", for: victim, at: consortium.ago(days: 5), name: "marker"), by: 1)
        let answer = try consortium.ask(about: victim, by: 0)
        #expect(answer.codes == ["VIC-IMPERSONATED"])
        #expect(answer.signal("VIC-IMPERSONATED")?["effect"] == "protective")
        #expect(try consortium.ask(about: thief, by: 0).codes == ["FRD-ID-IMPERSONATE"])
    }

    @Test("impersonation is met under the instrument alone")
    func impersonationStaysWithTheInstrument() throws {
        var consortium = try CoreConsortium()
        let phone = Invented(.phone, "burner")
        try consortium.furnish(
            .report("FRD-ID-IMPERSONATE", on: Person([phone]).as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        let owner = Person("owner", .nationalID)
        let met = try consortium.ask(about: owner.with(phone), by: 0).signal("FRD-ID-IMPERSONATE")
        #expect(met?["kinds"]?.array == ["phone"])
        #expect(try consortium.ask(about: owner, by: 0).codes == [])
        #expect(try consortium.ask(about: owner.with(phone.playing(.contact)), by: 0).codes == [])
    }

    @Test("an intermediary is met as an agent, not as a borrower's own")
    func intermediariesAreMetAsAgents() throws {
        var consortium = try CoreConsortium()
        let agent = Invented(.phone, "broker", role: .agent)
        try consortium.furnish(
            .report("FRD-AGENT", on: Person([agent]).as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        let borrower = Person("borrower")
        #expect(try consortium.ask(about: borrower.with(agent), by: 0).codes == ["FRD-AGENT"])
        #expect(try consortium.ask(about: borrower, by: 0).codes == [])
    }

    @Test("an insider is met again at another lender")
    func insidersAreMetAgain() throws {
        var consortium = try CoreConsortium()
        let officer = Invented(.staff, "officer-7", role: .staff)
        try consortium.furnish(
            .report("FRD-INSIDER", on: Person([officer]).as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        #expect(try consortium.ask(about: Person("borrower").with(officer), by: 0).codes == ["FRD-INSIDER"])
        #expect(try consortium.ask(about: Person("borrower"), by: 0).codes == [])
    }

    @Test("match keys alone are a possible match, two of the weaker kinds are needed")
    func matchKeysArePossible() throws {
        var consortium = try CoreConsortium()
        let person = Person("known", .nationalID, .nameBirthDate, .nameStreet, .streetBirthDate)
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        let anotherID = Invented(.nationalID, "another number")
        func asked(_ kinds: IdentifierKind...) throws -> JSON? {
            let found = Person(person.identifiers.filter { kinds.contains($0.kind) }).with(anotherID)
            return try consortium.ask(about: found, by: 0).signal("FRD-DOC")
        }
        #expect(try asked(.nameBirthDate)?["match"] == "possible")
        #expect(try asked(.nameStreet) == nil)
        #expect(try asked(.streetBirthDate) == nil)
        #expect(try asked(.nameStreet, .streetBirthDate)?["match"] == "possible")
        #expect(try asked(.nationalID)?["match"] == "exact")
    }

    @Test("a suspicion is gone after forty-five days, to the moment")
    func suspicionsEnd() throws {
        var consortium = try CoreConsortium()
        let person = Person("suspect"), begun = consortium.now
        try consortium.furnish(
            .report("SUS-REVIEW", on: person.as(.perpetrator), at: begun, name: "r") { $0.tier = .e1 }, by: 1)
        consortium.now = Instant(milliseconds: begun.adding(days: 45).milliseconds - 1)
        #expect(try consortium.ask(about: person, by: 0).codes == ["SUS-REVIEW"])
        consortium.now = begun.adding(days: 45)
        #expect(try consortium.ask(about: person, by: 0).codes == [])
    }

    @Test("a cure is shown as long as the overdue it cures")
    func curesLastAsTheirParent() throws {
        var consortium = try CoreConsortium()
        let person = Person("cured"), start = consortium.now
        try consortium.furnish(
            .report("CRD-OD-2", on: person.as(.borrower), at: start, name: "overdue") { $0.tier = .e2 }, by: 1)
        consortium.now = start.adding(days: 30)
        try consortium.furnish(
            .report("CRD-CURED", on: person.as(.borrower), at: consortium.now, name: "cure") {
                $0.tier = .e2
                $0.parent = RecordID(named: "overdue")
            }, by: 1)
        let today = consortium.policy.timeZone.day(of: consortium.now)
        try consortium.furnish(.amendment(of: "overdue", at: consortium.now) { $0.endedOn = today }, by: 1)
        consortium.now = start.adding(days: 30 + 729)
        #expect(Set(try consortium.ask(about: person, by: 0).codes) == ["CRD-OD-2", "CRD-CURED"])
        consortium.now = start.adding(days: 30 + 732)
        #expect(try consortium.ask(about: person, by: 0).codes == [])
    }

    @Test("a plain refusal is a statistic and never a signal")
    func refusalsAreNoSignals() throws {
        var consortium = try CoreConsortium()
        let person = Person("refused")
        try consortium.furnish(
            .report("DEC-REFUSED", on: person.as(.borrower), at: consortium.now, name: "r") { $0.tier = nil }, by: 1)
        #expect(try consortium.ask(about: person, by: 0).codes == [])
    }

    @Test("what is newer than the checkpoint is marked so")
    func unpublishedIsMarked() throws {
        var consortium = try CoreConsortium()
        let person = Person("new")
        try consortium.furnish(.report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        consortium.publishedSize = 0
        #expect(try consortium.ask(about: person, by: 0).signal("FRD-DOC")?["newerThanCheckpoint"] == true)
        consortium.publishedSize = 1
        #expect(try consortium.ask(about: person, by: 0).signal("FRD-DOC")?["newerThanCheckpoint"] == false)
    }
}
