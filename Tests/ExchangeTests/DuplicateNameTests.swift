import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("One ID with several persons")
struct DuplicateNameTests {
    static let code = "IDN-SEVERAL-PERSONS"
    static let id = Person("ID", .nationalID)

    /// Loans under one ID, by member with the names they have.
    static func lent(_ names: [(member: Int, name: String)]) throws -> CoreConsortium {
        var consortium = try CoreConsortium(members: 6)
        for (number, (member, name)) in names.enumerated() {
            try consortium.lend(
                "L\(number)", to: id.with(Invented(.nameBirthDate, name)), by: member, daysAgo: 40 + number)
        }
        return consortium
    }

    @Test("is told where two members have one name and two another")
    func isTold() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
        let finding = try consortium.ask(about: Self.id, by: 0).identity(Self.code)
        #expect(finding?["otherSubjects"] == "1" && finding?["members"] == "3-4" && finding?["since"] == "30-90d")
        #expect(finding?["kinds"]?.array == ["nationalID", "nameBirthDate"] && finding?.reasonCodes == [])
    }

    @Test(
        "is not one member's slip of the pen",
        arguments: [
            [(1, "name"), (2, "else")],
            [(1, "name"), (2, "name"), (3, "else")],
            [(1, "name"), (2, "name"), (3, "else"), (3, "else again")],
            [(1, "name"), (1, "else"), (1, "third")],
        ])
    func slipsAreNotTold(_ names: [(Int, String)]) throws {
        var consortium = try Self.lent(names.map { (member: $0.0, name: $0.1) })
        #expect(try consortium.identityCodes(of: Self.id) == [])
    }

    @Test("is told where three members have three names")
    func threeNamesAreTold() throws {
        var consortium = try Self.lent([(1, "name"), (2, "else"), (3, "third")])
        #expect(try consortium.ask(about: Self.id, by: 0).identity(Self.code)?["otherSubjects"] == "2")
    }

    @Test("takes spellings that one record has together for one name")
    func spellingsAreOne() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "spelling"), (4, "spelling")])
        #expect(try consortium.identityCodes(of: Self.id) == [Self.code])
        let both = Self.id.with(Invented(.nameBirthDate, "name"), Invented(.nameBirthDate, "spelling"))
        for member in [1, 5] { try consortium.lend("both", to: both, by: member) }
        #expect(try consortium.identityCodes(of: Self.id) == [])
    }

    @Test("is told where the question has another name than two members know")
    func presentedNamesAreCompared() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name")])
        let finding = try consortium.ask(about: Self.id.with(Invented(.nameBirthDate, "else")), by: 0)
            .identity(Self.code)
        #expect(finding?.reasonCodes == ["presentedNameDiffers"] && finding?["otherSubjects"] == "1")
        #expect(try consortium.identityCodes(of: Self.id.with(Invented(.nameBirthDate, "name"))) == [])
        #expect(try consortium.identityCodes(of: Self.id) == [])
        // With one member's word for the other name it is not.
        try consortium.takeBack("L1", by: 2)
        #expect(try consortium.identityCodes(of: Self.id.with(Invented(.nameBirthDate, "else"))) == [])
    }

    @Test("is gone when taken back, or past its retention")
    func evidenceEnds() throws {
        var withdrawn = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
        try withdrawn.takeBack("L3", by: 4)
        #expect(try withdrawn.identityCodes(of: Self.id) == [])
        var expired = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
        expired.now = expired.ago(days: 43).adding(days: expired.policy.retention.loanEventDays)
        #expect(try expired.identityCodes(of: Self.id) == [])
    }

    @Test("is not told of a protected person; that the ID is protected is")
    func protectedPersons() throws {
        for code in ["VIC-IMPERSONATED", "PRO-SELF"] {
            var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
            try consortium.furnish(.marker(code, for: Self.id, at: consortium.now, name: "marker"), by: 5)
            let finding = try consortium.ask(about: Self.id, by: 0).identity("IDN-PROTECTED")
            #expect(try consortium.identityCodes(of: Self.id) == ["IDN-PROTECTED"])
            #expect(finding?["kinds"]?.array == ["nationalID"] && finding?["otherSubjects"] == "0")
            try consortium.takeBack("marker", by: 5)
            #expect(try consortium.identityCodes(of: Self.id) == [Self.code])
        }
    }

    @Test("is told again when the protection is past its retention")
    func protectionEnds() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
        try consortium.furnish(
            .marker("VIC-TAKEOVER", for: Self.id, at: consortium.now, name: "marker"), by: 5)
        consortium.now = consortium.now.adding(days: 395).adding(seconds: -1)
        #expect(try consortium.identityCodes(of: Self.id) == ["IDN-PROTECTED"])
        consortium.now = consortium.now.adding(seconds: 1)
        #expect(try consortium.identityCodes(of: Self.id) == [Self.code])
    }

    @Test("is told of somebody who only shares a phone with a protected person")
    func phonesDoNotProtect() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "else"), (4, "else")])
        let phone = Invented(.phone, "home")
        try consortium.furnish(
            .marker("PRO-SELF", for: Person("mother", .nationalID).with(phone), at: consortium.now, name: "marker"),
            by: 5)
        #expect(try consortium.identityCodes(of: Self.id.with(phone)) == [Self.code])
        // A marker that names no ID stands for whom it meets.
        try consortium.furnish(.marker("PRO-SELF", for: Person([phone]), at: consortium.now, name: "bare"), by: 5)
        #expect(try consortium.identityCodes(of: Self.id.with(phone)) == ["IDN-PROTECTED"])
    }

    @Test("a small consortium is not told that somebody is protected, and not told of the conflict either")
    func protectionIsNotTold() throws {
        var consortium = try CoreConsortium(members: 3)
        try consortium.furnish(.marker("PRO-SELF", for: Self.id, at: consortium.now, name: "marker"), by: 1)
        #expect(try consortium.identityCodes(of: Self.id) == [])
        #expect(try consortium.identityCodes(of: Self.id, by: 1) == ["IDN-PROTECTED"])
    }

    @Test("does not rest on a report under dispute")
    func disputedReportsDoNotCount() throws {
        var consortium = try Self.lent([(1, "name"), (2, "name"), (3, "else")])
        let person = Self.id.with(Invented(.nameBirthDate, "else"))
        try consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "report"), by: 4)
        let answer = try consortium.ask(about: Self.id, by: 0)
        #expect(answer.identityCodes == [Self.code])
        let signal = try #require(answer.signal("FRD-DOC")?["reference"]?.string)
        try consortium.furnish(.dispute(of: signal, at: consortium.now), by: 0)
        #expect(try consortium.identityCodes(of: Self.id) == [])
        consortium.now = consortium.now.adding(days: consortium.policy.disputeDays)
        #expect(try consortium.identityCodes(of: Self.id) == [Self.code])
    }
}
