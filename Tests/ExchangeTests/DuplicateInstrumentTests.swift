import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Devices, cards and contacts of many")
struct DuplicateInstrumentTests {
    static let applicant = Person("applicant", .nationalID)

    /// So many persons seen with an identifier, at the members in turn; record and loan are named by the number.
    static func shared(
        _ identifier: Invented, by count: Int, members: [Int] = [1, 2], daysAgo: Int = 100
    ) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        for number in 0..<count {
            try consortium.lend(
                "L\(number)", to: Person("user-\(number)", .nationalID).with(identifier),
                by: members[number % members.count], daysAgo: daysAgo + number)
        }
        return consortium
    }

    @Test(
        "are told from so many persons on, the applicant among them",
        arguments: [
            (Invented(.device, "shared"), "IDN-DEVICE-MANY", 4, "3-4"),
            (Invented(.card, "shared"), "IDN-CARD-MANY", 2, "2"),
        ])
    func instrumentsAreTold(_ identifier: Invented, _ code: String, _ others: Int, _ band: String) throws {
        var few = try Self.shared(identifier, by: others - 1)
        #expect(try few.identityCodes(of: Self.applicant.with(identifier)) == [])
        var many = try Self.shared(identifier, by: others)
        let finding = try many.ask(about: Self.applicant.with(identifier), by: 0).identity(code)
        #expect(finding?["otherSubjects"] == .string(band) && finding?["members"] == "2")
        #expect(finding?["kinds"]?.array == [.string(identifier.kind.name)] && finding?["about"] == "identifier")
        #expect(finding?["since"] == "90-180d" && finding?.reasonCodes == [])
        // One of them sees one fewer.
        #expect(try many.identityCodes(of: Person("user-0", .nationalID).with(identifier)) == [])
    }

    @Test("of one member's customers alone are not told, and once only for the same person")
    func oneMemberIsNotEnough() throws {
        let device = Invented(.device, "shared")
        var consortium = try Self.shared(device, by: 6, members: [1])
        #expect(try consortium.identityCodes(of: Self.applicant.with(device)) == [])
        try consortium.lend("again", to: Person("user-0", .nationalID).with(device), by: 2)
        #expect(try consortium.identityCodes(of: Self.applicant.with(device)) == ["IDN-DEVICE-MANY"])
        var same = try Self.shared(device, by: 3)
        for number in 0..<3 {
            try same.lend("more-\(number)", to: Person("user-0", .nationalID).with(device), by: 3)
        }
        #expect(try same.identityCodes(of: Self.applicant.with(device)) == [])
    }

    @Test("end with what they rest on")
    func evidenceEnds() throws {
        let device = Invented(.device, "shared")
        var withdrawn = try Self.shared(device, by: 4)
        try withdrawn.takeBack("L3", by: 2)
        #expect(try withdrawn.identityCodes(of: Self.applicant.with(device)) == [])
        var expired = try Self.shared(device, by: 4)
        expired.now = expired.ago(days: 103).adding(days: expired.policy.retention.loanEventDays)
        #expect(try expired.identityCodes(of: Self.applicant.with(device)) == [])
    }

    @Test("are told as widely shared above the kind's cap")
    func widelySharedIsSaid() throws {
        let card = Invented(.card, "corporate")
        var under = try Self.shared(card, by: 9)
        #expect(try under.ask(about: Self.applicant.with(card), by: 0).identity("IDN-CARD-MANY")?.reasonCodes == [])
        var over = try Self.shared(card, by: 10)
        let finding = try over.ask(about: Self.applicant.with(card), by: 0).identity("IDN-CARD-MANY")
        #expect(finding?.reasonCodes == ["widelyShared"] && finding?["otherSubjects"] == "10+")
    }

    @Test("do not count questions without an ID, and count those with one")
    func questionsWithoutAnIDDoNotCount() throws {
        let device = Invented(.device, "shared")
        var consortium = try Self.shared(device, by: 3)
        let bare = Person("somebody", .phone).with(device)
        for member in [1, 2, 3] { try consortium.ask(about: bare, by: member, mode: .hard) }
        #expect(try consortium.identityCodes(of: Self.applicant.with(device)) == [])
        try consortium.ask(about: bare.with(Invented(.nationalID, "somebody")), by: 3, mode: .hard)
        #expect(try consortium.identityCodes(of: Self.applicant.with(device)) == ["IDN-DEVICE-MANY"])
    }

    @Test("count one person less where the question has no ID")
    func theApplicantMayBeOne() throws {
        let device = Invented(.device, "shared")
        var consortium = try Self.shared(device, by: 4)
        #expect(try consortium.identityCodes(of: Person([device])) == [])
        try consortium.lend("L4", to: Person("user-4", .nationalID).with(device), by: 1)
        let finding = try consortium.ask(about: Person([device]), by: 0).identity("IDN-DEVICE-MANY")
        #expect(finding?["otherSubjects"] == "3-4")
    }

    @Test("do not count who is protected")
    func protectedPersonsDoNotCount() throws {
        let device = Invented(.device, "shared")
        var consortium = try Self.shared(device, by: 4)
        try consortium.furnish(
            .marker("VIC-IMPERSONATED", for: Person("user-0", .nationalID), at: consortium.now, name: "m"), by: 3)
        #expect(try consortium.identityCodes(of: Self.applicant.with(device)) == [])
    }

    @Test("are told to nobody who may not be told of others")
    func ownAloneIsNotEnough() throws {
        var consortium = try CoreConsortium(members: 3)
        let device = Invented(.device, "shared")
        for number in 0..<9 {
            try consortium.lend("L\(number)", to: Person("user-\(number)", .nationalID).with(device), by: number % 3)
        }
        #expect(try consortium.ask(about: Self.applicant.with(device), by: 0).identity == [])
    }

    @Test(
        "a phone that many others gave as a contact's is told, own or given",
        arguments: [
            (IdentifierRole.own, "IDN-CONTACT-MANY"), (.contact, "IDN-CONTACT-GIVEN"),
            (.guarantor, "IDN-CONTACT-GIVEN"),
        ])
    func contactsOfMany(_ role: IdentifierRole, _ code: String) throws {
        let phone = Invented(.phone, "known to many")
        for given in [IdentifierRole.contact, .guarantor] {
            var few = try Self.shared(phone.playing(given), by: 4)
            #expect(try few.identityCodes(of: Self.applicant.with(phone.playing(role))) == [])
            var many = try Self.shared(phone.playing(given), by: 5)
            let answer = try many.ask(about: Self.applicant.with(phone.playing(role)), by: 0)
            #expect(answer.identityCodes == [code] && answer.identity(code)?["otherSubjects"] == "5-9")
            try many.takeBack("L4", by: 1)
            #expect(try many.identityCodes(of: Self.applicant.with(phone.playing(role))) == [])
        }
        var own = try Self.shared(phone, by: 5)
        #expect(try own.identityCodes(of: Self.applicant.with(phone.playing(role))) == [])
        var one = try Self.shared(phone.playing(.contact), by: 9, members: [1])
        #expect(try one.identityCodes(of: Self.applicant.with(phone.playing(role))) == [])
    }

    @Test("a person's own earlier contacts are not others'")
    func ownContactsDoNotCount() throws {
        let phone = Invented(.phone, "mother")
        var consortium = try Self.shared(phone.playing(.contact), by: 4)
        try consortium.lend("own", to: Self.applicant.with(phone.playing(.contact)), by: 3)
        #expect(try consortium.identityCodes(of: Self.applicant.with(phone.playing(.contact))) == [])
    }
}
