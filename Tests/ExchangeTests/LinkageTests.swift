import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Live applications and shared identifiers")
struct LinkageTests {
    @Test("the same person's live application elsewhere is told, by each exact kind and by a match key", arguments: [
        .nationalID, .phone, .device, .card, .email, .nameBirthDate,
    ] as [IdentifierKind])
    func liveApplicationsAreTold(_ kind: IdentifierKind) throws {
        var consortium = try CoreConsortium()
        let person = Person("keen", kind)
        try consortium.furnish(.loan("L1", .applied, of: person, at: consortium.ago(days: 2)), by: 1)
        let answer = try consortium.ask(about: person, by: 0)
        #expect(Self.live(answer) == "1" && answer.told("exposure.others.liveApplicationMembers") == "1")
        #expect(answer.told("exposure.others.signedNotFunded") == "0")
        #expect(answer.told("application", over: kind.name, "others", "7d") == "1")
        let own = try consortium.ask(about: person, by: 1)
        #expect(Self.live(own) == "0" && own.told("exposure.own.liveApplications") == "1")
    }

    private static func live(_ answer: AnswerSheet) -> String { answer.told("exposure.others.liveApplications") }

    @Test("an application is live until it is refused, funded or a month old")
    func applicationsEnd() throws {
        var consortium = try CoreConsortium()
        let person = Person("keen"), start = consortium.now
        try consortium.furnish(.loan("L1", .applied, of: person, at: start), by: 1)
        try consortium.furnish(.loan("L2", .applied, of: person, at: start), by: 2)
        try consortium.furnish(.loan("L3", .applied, of: person, at: start), by: 3)
        #expect(Self.live(try consortium.ask(about: person, by: 0)) == "3-4")
        // At the very same moment: the later stage is the later one.
        try consortium.furnish(.loan("L1", .refused, at: start), by: 1)
        try consortium.furnish(.loan("L2", .signed, at: start.adding(seconds: 60)), by: 2)
        let two = try consortium.ask(about: person, by: 0)
        #expect(Self.live(two) == "2" && two.told("exposure.others.signedNotFunded") == "1")
        #expect(two.findings.contains("STK-GAP"))
        try consortium.furnish(.loan("L2", .disbursed, at: start.adding(seconds: 120)), by: 2)
        #expect(Self.live(try consortium.ask(about: person, by: 0)) == "1")
        consortium.now = start.adding(days: 30)
        #expect(Self.live(try consortium.ask(about: person, by: 0)) == "1")
        consortium.now = start.adding(days: 30).adding(seconds: 1)
        #expect(Self.live(try consortium.ask(about: person, by: 0)) == "0")
    }

    @Test("an identifier used by others tells by how many, over how many members, since when")
    func sharingCounts() throws {
        var consortium = try CoreConsortium()
        let device = Invented(.device, "shared"), phone = Invented(.phone, "own")
        for number in 0..<5 {
            let user = Person("user-\(number)", .nationalID).with(device)
            try consortium.furnish(
                .loan("L\(number)", .applied, of: user, at: consortium.ago(days: 100 - number)), by: 1 + number % 2)
        }
        // The same person twice is one subject.
        let again = Person("user-0", .nationalID).with(device)
        try consortium.furnish(.loan("again", .applied, of: again, at: consortium.now), by: 3)
        let applicant = Person("applicant", .nationalID).with(device, phone)
        let shared = try consortium.ask(about: applicant, by: 0).sharing(of: "device")
        #expect(shared?["otherSubjects"] == "5-9" && shared?["members"] == "3-4" && shared?["since"] == "90-180d")
        #expect(shared?["demoted"] == false)
        #expect(try consortium.ask(about: applicant, by: 0).sharing(of: "phone") == nil)
        // One of the five sees the other four.
        #expect(try consortium.ask(about: again, by: 0).sharing(of: "device")?["otherSubjects"] == "3-4")
    }

    @Test("an identifier over its kind's cap is told as demoted")
    func switchboardsAreDemoted() throws {
        var consortium = try CoreConsortium()
        let card = Invented(.card, "corporate")
        for number in 0..<10 {
            let user = Person("user-\(number)", .nationalID).with(card)
            try consortium.furnish(.loan("L\(number)", .applied, of: user, at: consortium.now), by: 1)
        }
        let applicant = Person("applicant", .nationalID).with(card)
        #expect(try consortium.ask(about: applicant, by: 0).sharing(of: "card")?["demoted"] == true)
    }

    @Test("asking about a phone again and again does not make it shared")
    func questionsAreNoSubjects() throws {
        var consortium = try CoreConsortium()
        let phone = Person("somebody", .phone)
        for _ in 0..<3 { try consortium.ask(about: phone, by: 1, mode: .hard) }
        #expect(try consortium.ask(about: phone, by: 0).sharing == [])
    }

    @Test("what was taken back is shared with nobody")
    func retractionsEndSharing() throws {
        var consortium = try CoreConsortium()
        let device = Invented(.device, "shared")
        let other = Person("other", .nationalID).with(device)
        try consortium.furnish(.loan("L1", .applied, of: other, at: consortium.now, name: "event"), by: 1)
        try consortium.furnish(
            .report("FRD-DOC", on: other.as(.perpetrator), at: consortium.now, name: "report"), by: 2)
        let applicant = Person("applicant", .nationalID).with(device)
        #expect(try consortium.ask(about: applicant, by: 0).sharing(of: "device")?["members"] == "2")
        try consortium.furnish(.retraction(of: "event", at: consortium.now), by: 1)
        #expect(try consortium.ask(about: applicant, by: 0).sharing(of: "device")?["members"] == "1")
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 2)
        #expect(try consortium.ask(about: applicant, by: 0).sharing == [])
    }

    @Test("since when is told by the earliest event that stands, in whatever order they came", arguments: [
        [0, 1], [1, 0],
    ])
    func beginningsDoNotDependOnArrival(_ order: [Int]) throws {
        var consortium = try CoreConsortium()
        let phone = Invented(.phone, "shared")
        let user = Person("user", .nationalID).with(phone)
        let events: [(LoanStage, Int)] = [(.applied, 40), (.signed, 10)]
        for (position, number) in order.enumerated() {
            let (stage, days) = events[number]
            try consortium.furnish(
                .loan(
                    "L", stage, of: position == 0 ? user : nil, at: consortium.ago(days: days),
                    name: "event \(number)"),
                by: 1)
        }
        let other = Person("other", .nationalID).with(phone)
        try consortium.furnish(.loan("O", .applied, of: Person("other", .nationalID), at: consortium.now), by: 2)
        #expect(try consortium.ask(about: user, by: 0).told("identity.daysSincePairFirstSeen") == "30-90d")
        #expect(try consortium.ask(about: other, by: 0).told("identity.daysSinceConflictingPair") == "30-90d")
        #expect(try consortium.ask(about: other, by: 0).sharing(of: "phone")?["since"] == "30-90d")
        // What is taken back does not count, whether it came first or last.
        try consortium.furnish(.retraction(of: "event 0", at: consortium.now), by: 1)
        #expect(try consortium.ask(about: user, by: 0).told("identity.daysSincePairFirstSeen") == "7-30d")
        #expect(try consortium.ask(about: other, by: 0).sharing(of: "phone")?["since"] == "7-30d")
    }
}
