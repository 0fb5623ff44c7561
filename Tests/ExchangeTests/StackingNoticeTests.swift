import ConsortiumSupport
import Exchange
import Records
import Registry
import Testing
import Vocabulary

@Suite("A notice of stacking")
struct StackingNoticeTests {
    static let person = Person("stacker", .nationalID, .phone)

    static func codes(_ consortium: inout CoreConsortium, of member: Int) throws -> [String] {
        try consortium.notices(of: member).notices.filter { $0["kind"] == "stacking" }
            .compactMap { $0["finding"]?["code"]?.string }
    }

    @Test("comes at once where a finding is met from now on, and only then")
    func findingsNewlyMet() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard, name: "check")
        try consortium.furnish(.loan("L1", .signed, of: Self.person, at: consortium.now), by: 1)
        #expect(try Self.codes(&consortium, of: 0) == ["STK-GAP"])
        let notice = try #require(try consortium.notices(of: 0).notices.first)
        #expect(notice["about"]?["check"]?.string == RecordID(named: "check").description)
        #expect(notice["releasedAt"]?.string == consortium.now.description)
        #expect(notice["finding"]?["cell"] == "exposure.others.signedNotFunded" && notice["finding"]?["value"] == "1")
        // A second one meets the gap again, which is no news; that two signed within a day is.
        try consortium.furnish(.loan("L2", .signed, of: Self.person, at: consortium.now), by: 2)
        let codes = try Self.codes(&consortium, of: 0)
        #expect(codes.first == "STK-GAP" && codes.count { $0 == "STK-GAP" } == 1 && codes.contains("STK-BURST-24H"))
        for member in 3..<5 { #expect(try consortium.notices(of: member).isEmpty) }
    }

    @Test("is not made of applications, payments, the asker's own loans or another person's")
    func otherEventsAreNoNews() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        for member in 1..<5 {
            try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: member)
        }
        try consortium.furnish(.loan("own", .signed, of: Self.person, at: consortium.now), by: 0)
        try consortium.furnish(.loan("else", .signed, of: Person("else"), at: consortium.now), by: 1)
        // The phone alone, of another ID, is another person where it may not match alone.
        #expect(try consortium.notices(of: 0).isEmpty)
    }

    @Test("goes to nobody in a consortium too small, nor to who is done with the person")
    func closedAndSmall() throws {
        var small = try CoreConsortium(members: 3)
        try small.ask(about: Self.person, by: 0, mode: .hard)
        try small.furnish(.loan("L1", .signed, of: Self.person, at: small.now), by: 1)
        #expect(try small.notices(of: 0).isEmpty)
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        consortium.now = consortium.now.adding(days: 30)
        try consortium.furnish(.loan("L1", .signed, of: Self.person, at: consortium.now), by: 1)
        #expect(try consortium.notices(of: 0).isEmpty)
    }

    @Test("tells who asked of a reservation, and who reserved of it in its own words alone")
    func reservationsAreFindings() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        try consortium.reserve("mine", Self.person, by: 2)
        try consortium.reserve("other", Self.person, by: 1)
        #expect(try Self.codes(&consortium, of: 0) == ["STK-RESERVED"])
        #expect(try consortium.notices(of: 2).notices.map { $0["kind"] } == ["reservation"])
    }

    @Test("is not made of what is long past when it comes")
    func onboardedBooksWarnNobody() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        for member in 1...3 {
            try consortium.furnish(
                .loan("L", .disbursed, of: Self.person, at: consortium.ago(days: 31)), by: member)
        }
        #expect(try consortium.notices(of: 0).isEmpty)
    }

    @Test("names a finding once, however many loans of one submission bring it about")
    func findingsAreNamedOnce() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        try consortium.furnish(
            .loan("A", .signed, of: Self.person, at: consortium.now),
            .loan("B", .signed, of: Self.person, at: consortium.now), by: 1)
        let codes = try Self.codes(&consortium, of: 0)
        #expect(codes.contains("STK-GAP") && Set(codes).count == codes.count)
    }

    @Test("sees all events of one submission together")
    func submissionsCountAsOne() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 0, mode: .hard)
        for member in 1...3 {
            try consortium.furnish(
                .loan("L", .disbursed, of: Self.person, at: consortium.ago(days: 20)), by: member)
        }
        #expect(try Self.codes(&consortium, of: 0) == ["CAP-LENDERS"])
        // Signed and paid out in one go leaves no gap.
        try consortium.furnish(
            .loan("M", .signed, of: Self.person, at: consortium.ago(seconds: 60)),
            .loan("M", .disbursed, at: consortium.now), by: 1)
        #expect(try Self.codes(&consortium, of: 0) == ["CAP-LENDERS"])
    }
}
