import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Signs of an identity that was put together")
struct DuplicateSyntheticTests {
    static let code = "IDN-SYNTHETIC"
    static let device = Invented(.device, "shared")
    static let phone = Invented(.phone, "own")
    static let applicant = Person("ID", .nationalID).with(device, phone)

    /// Two other IDs behind the applicant's device, all seen within days.
    static func made(others: Int = 2, othersDaysAgo: Int = 5, ownDaysAgo: Int = 3) throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        for number in 0..<others {
            let other = Person("other-\(number)", .nationalID).with(device)
            try consortium.lend("O\(number)", to: other, by: 1 + number % 2, daysAgo: othersDaysAgo)
        }
        try consortium.lend("own", to: applicant, by: 3, daysAgo: ownDaysAgo)
        return consortium
    }

    @Test("are told with each sign: a new ID, new contacts, shared with other new IDs")
    func signsAreTold() throws {
        var consortium = try Self.made()
        let finding = try consortium.ask(about: Self.applicant, by: 0).identity(Self.code)
        #expect(finding?.reasonCodes == ["recentID", "freshContacts", "sharedWithFreshIDs"])
        #expect(finding?["otherSubjects"] == "2" && finding?["members"] == "3-4" && finding?["since"] == "0-7d")
        #expect(finding?["kinds"]?.array == ["nationalID", "device"] && finding?["about"] == "identity")
        // Of an ID that nobody has seen yet as well.
        try consortium.takeBack("own", by: 3)
        #expect(try consortium.identityCodes(of: Self.applicant) == [Self.code])
    }

    @Test("are not told below three: one other new ID, other IDs long known, an ID or a contact long known")
    func twoSignsAreNotEnough() throws {
        var one = try Self.made(others: 1)
        #expect(try one.identityCodes(of: Self.applicant) == [])
        var known = try Self.made(othersDaysAgo: 31)
        #expect(try known.identityCodes(of: Self.applicant) == [])
        var old = try Self.made(ownDaysAgo: 31)
        #expect(try old.identityCodes(of: Self.applicant) == [])
        var reachable = try Self.made()
        try reachable.lend("old", to: Person("earlier", .nationalID).with(Self.phone), by: 1, daysAgo: 31)
        #expect(try reachable.identityCodes(of: Self.applicant) == [])
    }

    @Test("are not told of a beginner who asks around: new, with a new phone, at many members")
    func beginnersAreNotSuspected() throws {
        var consortium = try CoreConsortium()
        let beginner = Person("beginner", .nationalID, .phone, .device, .nameBirthDate)
        for member in 1...4 { try consortium.lend("L\(member)", to: beginner, by: member, daysAgo: 1) }
        #expect(try consortium.identityCodes(of: beginner) == [])
    }

    @Test("take a burst of applications and a conflict of names for signs")
    func conflictsAndBurstsAreSigns() throws {
        var consortium = try CoreConsortium(members: 6)
        func lend(_ name: String, by members: [Int], daysAgo: Int) throws {
            for member in members {
                try consortium.lend(
                    "L\(member)", to: Person.known(as: "ID", named: name), by: member, daysAgo: daysAgo)
            }
        }
        try lend("name", by: [1, 2], daysAgo: 8)
        try lend("else", by: [3, 4], daysAgo: 7)
        let id = Person([Invented(.nationalID, "ID")])
        #expect(try consortium.identityCodes(of: id) == ["IDN-SEVERAL-PERSONS"])
        try lend("else", by: [5], daysAgo: 7)
        let finding = try consortium.ask(about: id, by: 0).identity(Self.code)
        #expect(finding?.reasonCodes == ["recentID", "conflictingIdentity", "applicationBurst"])
        // A day later it is no burst any more.
        consortium.now = consortium.now.adding(days: 1)
        #expect(try consortium.identityCodes(of: id) == ["IDN-SEVERAL-PERSONS"])
    }

    @Test("end when what they rest on is taken back")
    func withdrawnSignsEnd() throws {
        var consortium = try Self.made()
        try consortium.takeBack("O1", by: 2)
        #expect(try consortium.identityCodes(of: Self.applicant) == [])
    }

    @Test("do not rest on one member's word")
    func oneMemberIsNotEnough() throws {
        var consortium = try CoreConsortium()
        for number in 0..<3 {
            try consortium.lend(
                "O\(number)", to: Person("other-\(number)", .nationalID).with(Self.device), by: 1, daysAgo: 5)
        }
        #expect(try consortium.identityCodes(of: Self.applicant) == [])
        try consortium.lend("O3", to: Person("other-3", .nationalID).with(Self.device), by: 2, daysAgo: 5)
        #expect(try consortium.identityCodes(of: Self.applicant).contains(Self.code))
    }

    @Test("are not told of a protected person, and protected persons are none of them")
    func protectedPersons() throws {
        for (name, codes) in [("ID", ["IDN-PROTECTED"]), ("other-0", [])] {
            var consortium = try Self.made()
            try consortium.furnish(
                .marker(
                    "PRO-SELF", for: Person([Invented(.nationalID, "\(name)-nationalID")]), at: consortium.now,
                    name: "marker"), by: 4)
            #expect(try consortium.identityCodes(of: Self.applicant) == codes)
        }
    }

    @Test("are told to nobody who may not be told of others")
    func ownAloneIsNotEnough() throws {
        var consortium = try CoreConsortium(members: 3)
        for number in 0..<4 {
            try consortium.lend(
                "O\(number)", to: Person("other-\(number)", .nationalID).with(Self.device), by: number % 3,
                daysAgo: 5)
        }
        #expect(try consortium.ask(about: Self.applicant, by: 0).identity == [])
    }
}
