import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("One person under two IDs")
struct DuplicatePersonTests {
    static let code = "IDN-TWO-IDS"
    static let phone = Invented(.phone, "phone")
    static let nearID = Invented(.nationalIDBirthDate, "sorted digits")
    static let applicant = Person.known(as: "ID", named: "name", phone)
    static let other = Person.known(as: "other ID", named: "name", phone)

    /// Two members have lent to the same name and phone under another ID.
    static func lent(to other: Person = other, members: [Int] = [1, 2]) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        for member in members { try consortium.lend("L\(member)", to: other, by: member) }
        return consortium
    }

    @Test("is told with the kinds, the number of IDs, of members and since when")
    func isTold() throws {
        var consortium = try Self.lent()
        let answer = try consortium.ask(about: Self.applicant, by: 0)
        let finding = answer.identity(Self.code)
        #expect(answer.status == "found" && answer.identityCodes == [Self.code])
        #expect(finding?["kinds"]?.array == ["phone", "nameBirthDate"] && finding?["about"] == "identity")
        #expect(finding?["otherSubjects"] == "1" && finding?["members"] == "2" && finding?["since"] == "90-180d")
        #expect(finding?.reasonCodes == ["exactIdentifier"] && finding?["labels"]?["zh"]?.string?.isEmpty == false)
        // And under an ID of which nobody has heard yet.
        let stranger = Person.known(as: "new ID", named: "name", Self.phone)
        #expect(try consortium.identityCodes(of: stranger) == [Self.code])
    }

    @Test("needs more than a name and birth date, and more than a phone")
    func oneKindIsNotEnough() throws {
        var consortium = try Self.lent()
        #expect(try consortium.identityCodes(of: .known(as: "ID", named: "name")) == [])
        #expect(try consortium.identityCodes(of: .known(as: "ID", named: "name", Invented(.phone, "else"))) == [])
        #expect(try consortium.identityCodes(of: .known(as: "ID", named: "else", Self.phone)) == [])
        #expect(try consortium.identityCodes(of: Self.applicant.only(.nationalID, .phone)) == [])
        #expect(try consortium.identityCodes(of: Self.applicant.only(.nameBirthDate, .phone)) == [])
    }

    @Test(
        "is told by nearly the same ID number too",
        arguments: [
            IdentifierKind.nationalIDBirthDate, .nationalIDLocality,
        ])
    func nearNumbersAreTold(_ kind: IdentifierKind) throws {
        let near = Invented(kind, "sorted digits")
        var consortium = try Self.lent(to: .known(as: "other ID", named: "name", near))
        let finding = try consortium.ask(about: .known(as: "ID", named: "name", near), by: 0).identity(Self.code)
        #expect(finding?.reasonCodes == ["nearIDNumber"] && finding?["kinds"]?.array?.last == .string(kind.name))
    }

    @Test("is not one member's word, and the same member twice is one")
    func oneMemberIsNotEnough() throws {
        var consortium = try Self.lent(members: [1])
        try consortium.lend("again", to: Self.other, by: 1)
        #expect(try consortium.identityCodes(of: Self.applicant) == [])
        try consortium.lend("L2", to: Self.other, by: 2)
        #expect(try consortium.identityCodes(of: Self.applicant) == [Self.code])
    }

    @Test("is gone with what it rests on: taken back, or past its retention")
    func evidenceEnds() throws {
        var withdrawn = try Self.lent()
        try withdrawn.takeBack("L2", by: 2)
        #expect(try withdrawn.identityCodes(of: Self.applicant) == [])
        var expired = try Self.lent()
        let last = expired.ago(days: 100).adding(days: expired.policy.retention.loanEventDays)
        expired.now = last.adding(seconds: -1)
        #expect(try expired.identityCodes(of: Self.applicant) == [Self.code])
        expired.now = last
        #expect(try expired.identityCodes(of: Self.applicant) == [])
    }

    @Test("is told to nobody who may not be told of others")
    func ownAloneIsNotEnough() throws {
        var consortium = try CoreConsortium(members: 3)
        try consortium.lend("L0", to: Self.other, by: 0)
        for member in [1, 2] { try consortium.lend("L\(member)", to: Self.other, by: member) }
        let answer = try consortium.ask(about: Self.applicant, by: 0)
        #expect(answer.identity == [])
    }

    @Test("is no matter of an old and a new ID that one record has together")
    func renewedIDsAreOne() throws {
        var consortium = try Self.lent()
        let both = Self.applicant.with(Invented(.nationalID, "other ID"))
        try consortium.lend("both", to: both, by: 3)
        #expect(try consortium.identityCodes(of: Self.applicant) == [])
    }

    @Test("does not rest on a switchboard's phone")
    func switchboardsDoNotCorroborate() throws {
        var consortium = try Self.lent()
        let cap = try #require(consortium.policy.identifierKinds[.phone]?.cap)
        func lend(upTo count: Int) throws {
            let statements = (1..<count).map {
                Statement.loan(
                    "S\($0)", .applied, of: Person([Invented(.nationalID, "staff \($0)"), Self.phone]),
                    at: consortium.ago(days: 100))
            }
            try consortium.furnish(statements, by: 3)
        }
        try lend(upTo: cap - 1)
        #expect(try consortium.identityCodes(of: Self.applicant) == [Self.code])
        try consortium.lend("one-more", to: Person([Invented(.nationalID, "one more"), Self.phone]), by: 3)
        #expect(try consortium.identityCodes(of: Self.applicant) == [])
    }

    @Test("is held against nobody where the other is protected, or the applicant")
    func protectionEndsIt() throws {
        for person in [Self.other, Self.applicant] {
            var consortium = try Self.lent()
            let id = person.only(.nationalID)
            try consortium.furnish(.marker("PRO-SELF", for: id, at: consortium.now, name: "marker"), by: 3)
            #expect(!(try consortium.identityCodes(of: Self.applicant)).contains(Self.code))
            try consortium.takeBack("marker", by: 3)
            #expect(try consortium.identityCodes(of: Self.applicant) == [Self.code])
        }
    }

    @Test("is not told of what a report says of its victim")
    func victimsAreNoEvidence() throws {
        for role in [SubjectRole.victim, .associate] {
            var consortium = try Self.lent(members: [1])
            let thief = Person("thief", .phone)
            try consortium.furnish(
                .report(
                    "FRD-DOC", on: thief.as(.perpetrator), Self.other.as(role), at: consortium.now, name: "report"),
                by: 2)
            #expect(try consortium.identityCodes(of: Self.applicant) == (role == .victim ? [] : [Self.code]))
        }
    }
}
