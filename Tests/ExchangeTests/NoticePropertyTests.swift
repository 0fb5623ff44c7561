import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Notices, whatever happens")
struct NoticePropertyTests {
    /// A life in which members also ask, reserve, watch and acknowledge, minutes apart.
    static func lived(seed: UInt64) throws -> (consortium: CoreConsortium, people: [Person]) {
        var consortium = try CoreConsortium(seed: seed)
        var generator = SeededGenerator(seed: seed &+ 77)
        let life = RandomLife(seed: seed, now: consortium.now, loans: 16)
        for (step, event) in life.events.enumerated() {
            consortium.now = consortium.now.adding(seconds: Int64.random(in: 0...90, using: &generator))
            try consortium.furnish(event.statements, by: event.member)
            let person = life.people.randomElement(using: &generator) ?? life.people[0]
            let member = Int.random(in: 0..<5, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: try consortium.ask(about: person, by: member, mode: .hard, profile: nil)
            case 1: try consortium.reserve("reservation \(step)", person, by: member)
            case 2: try consortium.watch(("watch \(step)", "L\(step / 3)"), by: event.member)
            default:
                let cursor = try consortium.notices(of: member).cursor
                try consortium.acknowledge(upTo: cursor, by: member)
            }
        }
        for number in 0..<10 {
            // Whatever can be taken back by its reporter; the rest was refused.
            for member in 0..<5 {
                _ = try? consortium.furnish(.retraction(of: "report-\(number)", at: consortium.now), by: member)
            }
        }
        consortium.now = consortium.now.adding(seconds: 60)
        return (consortium, life.people)
    }

    @Test("a replay of what is stored gives the same feeds and pages", arguments: [71, 72, 73] as [UInt64])
    func replaysAgree(seed: UInt64) throws {
        var (consortium, _) = try Self.lived(seed: seed)
        let (rules, replayed) = (try consortium.rules, try consortium.replayed())
        #expect(replayed.ledger.feeds == consortium.ledger.feeds)
        #expect(replayed.ledger.told == consortium.ledger.told)
        var kinds: Set<String> = []
        for member in 0..<5 {
            let page = try consortium.notices(of: member)
            let again = replayed.notices(
                of: consortium.lenders.member(member), after: 0, limit: 500, by: rules, now: consortium.now)
            #expect(page.json == again.json)
            for notice in page.notices { kinds.insert(notice["kind"]?.string ?? "") }
        }
        #expect(kinds == ["alert", "correction", "reservation", "stacking"], "seed \(seed)")
    }

    @Test("no page names a member, a loan or an identifier", arguments: [81, 82] as [UInt64])
    func pagesNameNobody(seed: UInt64) throws {
        var (consortium, people) = try Self.lived(seed: seed)
        for member in 0..<5 {
            var traces = Traces()
            for person in people { traces.add(person) }
            for other in 0..<5 where other != member {
                traces.add("member \(other)", consortium.lenders.member(other).name)
                traces.add("key \(other)", consortium.lenders.sample.members[other].key.keyID.text)
            }
            for loan in 0..<16 { traces.add("loan \(loan)", "\"L\(loan)\"") }
            let page = try consortium.notices(of: member)
            #expect(!page.isEmpty && traces.found(in: page.json.text) == [])
        }
    }

    @Test("pages of any size follow one another without gap or repetition")
    func pagesFollow() throws {
        var (consortium, _) = try Self.lived(seed: 91)
        for (member, limit) in [(0, 1), (1, 2), (2, 7), (3, 3), (4, 1)] {
            let whole = try consortium.notices(of: member)
            var (read, cursor) = ([JSON](), UInt64(0))
            while true {
                let page = try consortium.notices(of: member, after: cursor, limit: limit)
                read += page.notices
                cursor = page.cursor
                guard page.hasMore else { break }
            }
            #expect(read == whole.notices)
            #expect(read.compactMap { $0["sequence"]?.integer } == Array(1...Int64(read.count)))
            #expect(try consortium.notices(of: member, after: cursor).isEmpty)
            #expect(try consortium.notices(of: member, after: cursor + 9).cursor == cursor + 9)
        }
    }

    @Test("what was released keeps its number, whatever is told later", arguments: [95, 96] as [UInt64])
    func releasedNoticesStay(seed: UInt64) throws {
        var (consortium, people) = try Self.lived(seed: seed)
        let before = try (0..<5).map { try consortium.notices(of: $0).notices.map { Self.place($0) } }
        for (number, person) in people.enumerated() {
            try consortium.furnish(
                .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "late \(number)"),
                by: number % 5)
            try consortium.reserve("late \(number)", person, by: (number + 1) % 5)
        }
        consortium.now = consortium.now.adding(seconds: 60)
        for member in 0..<5 {
            let after = try consortium.notices(of: member).notices.map { Self.place($0) }
            #expect(Array(after.prefix(before[member].count)) == before[member])
        }
    }

    private static func place(_ notice: JSON) -> [JSON?] {
        ["sequence", "kind", "releasedAt", "about", "change"].map { notice[$0] }
    }

    @Test("who is alerted does not depend on the order in which others' facts arrived", arguments: [97, 98] as [UInt64])
    func orderOfOthersDoesNotMatter(seed: UInt64) throws {
        let person = Person("asked", .nationalID, .phone)
        var told: [[[JSON?]]] = []
        for order in 0..<3 as Range<UInt64> {
            var consortium = try CoreConsortium()
            var generator = SeededGenerator(seed: seed + order)
            let facts = [
                (1, Statement.loan("L1", .disbursed, of: person, at: consortium.ago(days: 40))),
                (2, .loan("L2", .settled, of: person, at: consortium.ago(days: 30))),
                (3, .loan("L3", .applied, of: Person("else"), at: consortium.now)),
                (4, .loan("L4", .refused, of: person, at: consortium.ago(days: 300))),
            ]
            for (member, fact) in facts.shuffled(using: &generator) { try consortium.furnish(fact, by: member) }
            for member in (0..<4).shuffled(using: &generator) {
                try consortium.ask(about: person, by: member, mode: .hard, name: "check \(member)")
            }
            try consortium.furnish(
                .report("FRD-DOC", on: person.as(.perpetrator), at: consortium.now, name: "report"), by: 4)
            consortium.now = consortium.now.adding(seconds: 60)
            told.append(
                try (0..<5).flatMap { try consortium.notices(of: $0).notices.map { [$0["kind"], $0["about"]] } })
        }
        #expect(told[1] == told[0] && told[2] == told[0] && told[0].count == 4)
    }
}
