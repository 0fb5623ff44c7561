import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("Rings as admins list them")
struct OfficeListTests {
    @Test("each ring is a line with its figures, in the order of the names, page by page")
    func pages() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b", "c"] { try consortium.furnishRing(name, people: name == "b" ? 5 : 3) }
        let all = try consortium.desk.rings(after: nil, limit: 10)
        #expect(all.rings.map(\.ring.description) == ["R-1", "R-2", "R-3"] && !all.hasMore)
        #expect(all.rings.map(\.subjects) == [3, 5, 3] && all.rings.map(\.members) == [3, 5, 3])
        #expect(all.rings.allSatisfy { $0.status == .group && $0.reported == 0 && $0.score == nil })
        #expect(all.rings[0].firstSeen < all.rings[0].lastSeen)
        let first = try consortium.desk.rings(after: nil, limit: 2)
        #expect(first.rings.map(\.ring) == all.rings.prefix(2).map(\.ring) && first.hasMore)
        let second = try consortium.desk.rings(after: first.rings.last?.ring, limit: 2)
        #expect(second.rings.map(\.ring) == [all.rings[2].ring] && !second.hasMore)
        #expect(try consortium.desk.rings(after: RingName(.ring, .max), limit: 2).rings.isEmpty)
    }

    @Test("two people who share things are no ring, and nobody is listed before anything is furnished")
    func tooFew() throws {
        var consortium = try CoreConsortium()
        #expect(try consortium.desk.rings(after: nil, limit: 10).rings.isEmpty)
        try consortium.furnishRing("pair", people: 2)
        #expect(try consortium.desk.rings(after: nil, limit: 10).rings.isEmpty)
    }

    @Test("a ring is reported by a confirmed fraud report, not by a suspicion, and no more once it is taken back")
    func reported() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let somebody = CoreConsortium.ringMember("a", 1).as(.perpetrator)
        try consortium.furnish(
            .report("SUS-REVIEW", on: somebody, at: consortium.now, name: "suspicion") { report in
                (report.tier, report.productDecision) = (.e1, nil)
            }, by: 2)
        #expect(try Self.status(consortium) == .group)
        try consortium.furnish(.report("FRD-DOC", on: somebody, at: consortium.now, name: "report"), by: 1)
        #expect(try Self.status(consortium) == .reported)
        #expect(try consortium.desk.rings(after: nil, limit: 1).rings.first?.reported == 1)
        try consortium.furnish(.retraction(of: "report", at: consortium.now), by: 1)
        #expect(try Self.status(consortium) == .group)
    }

    private static func status(_ consortium: CoreConsortium) throws -> RingStatus? {
        try consortium.desk.rings(after: nil, limit: 1).rings.first?.status
    }

    @Test("what happened is told from a cursor on, hubs by a pseudonym, anchors not at all")
    func events() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 3)
        try consortium.furnishRing("b", people: 3)
        // A bridge: two kinds of each.
        let both = CoreConsortium.ringMember("a", 0).with(
            Invented(.device, "b-device"), Invented(.phone, "b-phone"))
        try consortium.furnish(.loan("bridge", .applied, of: both, at: consortium.now), by: 1)
        let all = try consortium.desk.events(after: 0, limit: 100)
        #expect(all.events.map(\.fact.name) == ["founded", "founded", "merged"] && !all.hasMore)
        #expect(zip(all.events, all.events.dropFirst()).allSatisfy { $0.sequence < $1.sequence && $0.at <= $1.at })
        var (cursor, seen): (UInt64, [RingEvent]) = (0, [])
        repeat {
            let page = try consortium.desk.events(after: cursor, limit: 1)
            #expect(page.events.count <= 1)
            (cursor, seen) = (page.cursor, seen + page.events)
            if !page.hasMore { break }
        } while true
        #expect(seen == all.events && cursor == all.cursor)
        #expect(try consortium.desk.events(after: cursor + 5, limit: 1).cursor == cursor + 5)
    }

    @Test("a demoted hub has one name in all events, which holds no number of it")
    func hubs() throws {
        var consortium = try CoreConsortium()
        let card = Invented(.card, "corporate")
        for number in 0..<11 {
            let user = Person("user-\(number)", .nationalID).with(card)
            try consortium.furnish(.loan("L\(number)", .applied, of: user, at: consortium.now), by: number % 5)
        }
        let events = try consortium.desk.events(after: 0, limit: 100).events
        let hubs = events.compactMap { event -> (HubName, Int)? in
            if case .demoted(let hub, let subjects) = event.fact { (hub, subjects) } else { nil }
        }
        #expect(hubs.count == 1 && hubs.first?.0.kind == .card && hubs.first?.1 == 11)
        #expect(hubs.first?.0.pseudonym.hasPrefix("H-") == true)
        #expect(try JSON(parsing: RingEvents(parsing: consortium.desk.events(after: 0, limit: 9).json.bytes).json.bytes)
            == consortium.desk.events(after: 0, limit: 9).json)
    }

    @Test("a core that is replayed tells the same of rings, candidates, runs and events")
    func replayed() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(0..<4, 4..<8))
        try consortium.decide(.confirm(candidate: RingName(.candidate, 2), note: "seen at the branch"))
        let desk = try consortium.desk
        let again = RingDesk(try consortium.replayed(), by: try consortium.rules, now: consortium.now)
        #expect(desk.rings(after: nil, limit: 9) == again.rings(after: nil, limit: 9))
        #expect(desk.rings(after: nil, limit: 9).rings.map(\.status) == [.candidate, .confirmed])
        #expect(desk.candidates() == again.candidates() && desk.candidates().candidates.count == 1)
        #expect(desk.runs == again.runs && desk.events(after: 0, limit: 9) == again.events(after: 0, limit: 9))
        for name in try ["R-1", "R-2", "C-1"].map(RingName.init) {
            #expect(try desk.picture(of: name) == again.picture(of: name))
        }
    }
}
