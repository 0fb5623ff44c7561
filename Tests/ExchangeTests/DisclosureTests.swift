import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("What an answer may tell")
struct DisclosureTests {
    static let person = Person("applicant")

    @Test("with fewer than three other members nothing counts others, not even whether there is something")
    func smallSegmentsAreSuppressed() throws {
        var consortium = try CoreConsortium(members: 3)
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: 1)
        try consortium.ask(about: Self.person, by: 2, mode: .hard)
        let stranger = Person("stranger", .nationalID).with(Self.person.identifiers[1])
        try consortium.furnish(.loan("L2", .applied, of: stranger, at: consortium.now), by: 1)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.status == "noRecord" && answer.sharing == [] && answer.findings == [])
        #expect(answer.told("application", "others", "24h") == "–" && answer.points == 0)
        // Its own are told, and beside them nothing of others.
        let own = try consortium.ask(about: Self.person, by: 1)
        #expect(own.cell("application", "own", "7d") == 2 && own.told("application", "others", "24h") == "–")
        #expect(own.told("inquiry", "others", "24h") == "–" && own.told("exposure.others.openLoans") == "–")
    }

    @Test("a suspended member does not make a segment large enough")
    func suspendedMembersDoNotCount() throws {
        var consortium = try CoreConsortium(members: 4)
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: 1)
        #expect(try consortium.ask(about: Self.person, by: 0).status == "found")
        let member = consortium.lenders.member(3)
        try consortium.change { version throws(Problem) in
            try version.suspend(member, reason: "An audit.", until: nil)
        }
        #expect(try consortium.ask(about: Self.person, by: 0).status == "noRecord")
    }

    @Test("in a consortium of twenty counts are exact")
    func largeConsortiumsAreExact() throws {
        var consortium = try CoreConsortium(members: 20)
        for member in 1...7 {
            try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: member)
        }
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.cell("application", "others", "1h") == "7")
        #expect(answer.cell("application", "otherMembers", "1h") == "7")
    }

    @Test("too weak a set of identifiers is said to be so, whoever is asked about", arguments: [
        [.employer], [.address], [.nameStreet], [],
    ] as [[IdentifierKind]])
    func weakQuestionsAreNotAnswered(_ kinds: [IdentifierKind]) throws {
        var consortium = try CoreConsortium()
        let known = Person("known", .nationalID, .employer, .address, .nameStreet)
        try consortium.furnish(.loan("L1", .applied, of: known, at: consortium.now), by: 1)
        let contact = Invented(.phone, "contact", role: .contact)
        for person in [known, Person("unknown", .employer, .address, .nameStreet)] {
            let asked = Person(person.identifiers.filter { kinds.contains($0.kind) } + [contact])
            let answer = try consortium.ask(about: asked, by: 0)
            #expect(answer.status == "notEnoughIdentifiers")
            #expect(answer.signals == [] && answer.cells.isEmpty && answer.sharing == [])
        }
        #expect(try consortium.ask(about: known.only(.address, .nameStreet), by: 0).status == "found")
    }

    @Test("monitoring is for one's own borrowers")
    func monitoringNeedsAnOpenLoan() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.ago(days: 9)), by: 1)
        try consortium.furnish(.loan("L1", .disbursed, at: consortium.ago(days: 8)), by: 1)
        func status(_ asker: Int) throws -> String? {
            try consortium.ask(about: Self.person, by: asker, purpose: .monitoring).status
        }
        #expect(try status(1) == "found" && status(0) == "wrongPurpose")
        try consortium.furnish(.loan("L2", .applied, of: Self.person, at: consortium.now), by: 2)
        #expect(try status(2) == "wrongPurpose")
        try consortium.furnish(.loan("L1", .settled, at: consortium.now), by: 1)
        #expect(try status(1) == "wrongPurpose")
    }

    @Test("a refusal by purpose says the same of the known and the unknown")
    func wrongPurposeSaysNothing() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(
            .report("FRD-DOC", on: Self.person.as(.perpetrator), at: consortium.now, name: "r"), by: 1)
        let known = try consortium.ask(about: Self.person, by: 0, purpose: .monitoring)
        let unknown = try consortium.ask(about: Person("nobody"), by: 0, purpose: .monitoring)
        #expect(known.status == "wrongPurpose" && known.withoutReferences == unknown.withoutReferences)
    }

    @Test("an answer holds no member's name or key, no loan reference, no record id and no token", arguments: [
        71, 72,
    ] as [UInt64])
    func answersNameNobody(seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now)
        try consortium.live(life.events)
        var traces = Traces()
        for person in life.people { traces.add(person) }
        for member in consortium.lenders.sample.members.dropFirst() {
            traces.add("a member's name", member.id.name)
            traces.add("a member's key", member.key.publicKey.value.bytes)
            traces.add("a key's name", member.key.keyID.text)
        }
        for loan in 0..<40 { traces.add("a loan's reference", "\"L\(loan)\"") }
        for event in life.events { traces.add("a record's id", RecordID(named: event.name).description) }
        var found = 0
        for person in life.people {
            let answer = try consortium.ask(about: person, by: 0, mode: .hard)
            if answer.status == "found" { found += 1 }
            #expect(traces.found(in: answer.json.text) == [])
        }
        #expect(found > 3)
    }
}
