import ConsortiumSupport
import Exchange
import Records
import TestSupport
import Testing
import Vocabulary

@Suite("Counting in windows")
struct WindowTests {
    static let person = Person("borrower")

    @Test("an event at a window's edge counts, and a moment later does not", arguments: 0..<10)
    func windowsEndSharply(_ position: Int) throws {
        var consortium = try CoreConsortium()
        let window = consortium.policy.windows[position]
        let edge = consortium.now.adding(seconds: -window.seconds)
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: edge), by: 0)
        // The longest window is as long as loan events are kept, and what ends there is over.
        let isKept = position < 9
        #expect(try told(&consortium, window.name) == (isKept ? "1" : "0"))
        consortium.now = Instant(milliseconds: consortium.now.milliseconds + 1)
        #expect(try told(&consortium, window.name) == "0")
    }

    private func told(_ consortium: inout CoreConsortium, _ window: String) throws -> String {
        try consortium.ask(about: Self.person, by: 1).told("application", "others", window)
    }

    @Test("own counts are exact, others' come in bands, and members are counted once")
    func ownIsExactAndOthersBanded() throws {
        var consortium = try CoreConsortium()
        for loan in 0..<7 {
            let time = consortium.ago(days: loan)
            try consortium.furnish(.loan("own-\(loan)", .applied, of: Self.person, at: time), by: 0)
            try consortium.furnish(.loan("two-\(loan)", .applied, of: Self.person, at: time), by: 1)
        }
        try consortium.furnish(.loan("three", .applied, of: Self.person, at: consortium.ago(days: 20)), by: 2)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.cell("application", "own", "30d") == 7)
        #expect(answer.cell("application", "own", "7d") == 7)
        #expect(answer.cell("application", "others", "24h") == "2")
        #expect(answer.cell("application", "others", "30d") == "5-9")
        #expect(answer.cell("application", "otherMembers", "7d") == "1")
        #expect(answer.cell("application", "otherMembers", "30d") == "2")
    }

    @Test("an event met under two kinds is counted once over the subject, and under each kind")
    func eventsAreMergedOverKinds() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now), by: 1)
        try consortium.furnish(.loan("L2", .applied, of: Self.person.only(.phone), at: consortium.now), by: 2)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.told("application", "others", "1h") == "2")
        #expect(answer.told("application", over: "nationalID", "others", "7d") == "1")
        #expect(answer.told("application", over: "phone", "others", "7d") == "2")
    }

    @Test("a late arrival counts where it happened")
    func lateArrivalsCorrectWindows() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.ago(days: 100)), by: 1)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.told("application", "others", "90d") == "0")
        #expect(answer.told("application", "others", "180d") == "1")
        // A stage told later than the next one: the application is still when it was asked for.
        try consortium.furnish(.loan("L2", .disbursed, of: Self.person, at: consortium.ago(days: 1)), by: 1)
        try consortium.furnish(.loan("L2", .applied, at: consortium.ago(days: 40)), by: 1)
        let later = try consortium.ask(about: Self.person, by: 0)
        #expect(later.told("application", "others", "30d") == "0")
        #expect(later.told("application", "others", "60d") == "1")
        #expect(later.told("disbursed", "others", "7d") == "1")
    }

    @Test("a retracted event is counted nowhere")
    func retractionsRemoveEvents() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.now, name: "event"), by: 1)
        #expect(try consortium.ask(about: Self.person, by: 0).told("application", "others", "1h") == "1")
        try consortium.furnish(.retraction(of: "event", at: consortium.now), by: 1)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.status == "noRecord" && answer.told("application", "others", "24h") == "0")
    }

    @Test("hard checks for an application are inquiries; soft ones and other purposes leave no trace in statistics")
    func onlyHardApplicationsAreInquiries() throws {
        var consortium = try CoreConsortium()
        try consortium.ask(about: Self.person, by: 1, mode: .hard)
        try consortium.ask(about: Self.person, by: 1, mode: .soft)
        try consortium.ask(about: Self.person, by: 2, purpose: .portfolioReview, mode: .hard)
        let answer = try consortium.ask(about: Self.person, by: 0)
        #expect(answer.told("inquiry", "others", "1h") == "1")
        #expect(answer.told("inquiry", "otherMembers", "1h") == "1")
    }

    @Test("a question is not in its own answer, and is in the next")
    func questionsDoNotCountThemselves() throws {
        var consortium = try CoreConsortium()
        #expect(try consortium.ask(about: Self.person, by: 0, mode: .hard).status == "noRecord")
        #expect(try consortium.ask(about: Self.person, by: 0, mode: .hard).told("inquiry", "own", "7d") == "1")
    }

    @Test("an event of the asker changes no cell about others", arguments: [51, 52, 53] as [UInt64])
    func ownEventsLeaveOthersAlone(seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now)
        try consortium.live(life.events)
        for (number, person) in life.people.enumerated() {
            let before = try consortium.ask(about: person, by: 0)
            try consortium.furnish(.loan("own-\(number)", .applied, of: person, at: consortium.now), by: 0)
            try consortium.furnish(.loan("own-\(number)", .signed, at: consortium.now), by: 0)
            try consortium.ask(about: person, by: 0, mode: .hard)
            let after = try consortium.ask(about: person, by: 0)
            let others = { (sheet: AnswerSheet) in
                sheet.cells.filter { $0.name.contains(".others.") }.map { "\($0.name) \($0.value)" }
            }
            #expect(others(after) == others(before) && !others(after).isEmpty)
            #expect(after.findings == before.findings)
        }
    }

    @Test("the order of arrival does not matter", arguments: [61, 62, 63, 64] as [UInt64])
    func orderDoesNotMatter(seed: UInt64) throws {
        let life = RandomLife(seed: seed, now: TestClock.start)
        var answers: [[AnswerSheet]] = []
        for order in 0..<3 as Range<UInt64> {
            var consortium = try CoreConsortium(seed: seed)
            try consortium.live(order == 0 ? life.events : life.shuffled(seed: seed + order))
            answers.append(
                try life.people.map { person in
                    try consortium.ask(about: person, by: 0).withoutReferences.withoutRingNames
                })
        }
        #expect(answers[1] == answers[0])
        #expect(answers[2] == answers[0])
        #expect(answers[0].contains { $0.status == "found" })
    }
}

extension AnswerSheet {
    /// What does not depend on when the node heard of something: references are made of case numbers, the checkpoint
    /// of the log, the commitments of salts.
    var withoutReferences: AnswerSheet {
        let asked = ["checkpoint", "tokensAsked", "check", "checkHash"]
        let members = json.members?.filter { !asked.contains($0.name) } ?? []
        return AnswerSheet(Self.stripped(.object(members)))
    }

    private static func stripped(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(
                members.filter { $0.name != "reference" }.map { JSON.Member($0.name, stripped($0.value)) })
        case .array(let elements): .array(elements.map(stripped))
        case .null, .bool, .integer, .string: json
        }
    }
}
