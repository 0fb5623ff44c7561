import ConsortiumSupport
import Exchange
import Linkage
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("Candidates and discoveries")
struct OfficeCandidateTests {
    @Test("before the first discovery there is nothing to decide")
    func none() throws {
        let desk = try CoreConsortium().desk
        #expect(desk.candidates() == RingCandidateList(foundAt: nil, candidates: []) && desk.runs.isEmpty)
    }

    @Test("are told in the discovery's order, with figures, scores in thousandths and reasons in words")
    func told() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.now = consortium.now.adding(seconds: 90)
        consortium.discover(CoreConsortium.found(4..<8, 0..<4))
        let list = try consortium.desk.candidates()
        #expect(list.foundAt == consortium.now && list.candidates.map(\.ring.description) == ["C-1", "C-2"])
        #expect(list.candidates.map(\.score) == [1000, 800] && list.candidates.map(\.subjects) == [4, 4])
        #expect(list.candidates.allSatisfy { $0.status == .candidate && $0.members == 4 })
        let reasons = try #require(list.candidates.first?.reasons)
        #expect(reasons.map(\.code.text) == ["joined", "kinds-shared"])
        #expect(reasons[0].sentence == "4 persons are joined by 2 identifiers.")
        #expect(reasons[1].sentence == "They share things of these kinds: phone, device.")
        #expect(try RingCandidateList(parsing: list.json.bytes) == list)
    }

    @Test("a candidate's picture shows its persons and what at least two of them have")
    func picture() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(1..<6))
        let picture = try consortium.desk.picture(of: RingName(.candidate, 1))
        #expect(picture.status == .candidate && picture.subjects.count == 5 && picture.identifiers.count == 4)
        #expect(picture.edges.count == 10 && !picture.isTruncated)
    }

    @Test("a ring found again keeps its number while half of both are the same", arguments: [
        (0..<4, 0..<4, true), (0..<4, 0..<6, true), (0..<8, 4..<8, true), (0..<8, 5..<8, false), (0..<4, 4..<8, false),
    ] as [(Range<UInt32>, Range<UInt32>, Bool)])
    func numbers(_ first: Range<UInt32>, _ second: Range<UInt32>, _ isSame: Bool) throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(first))
        let again = consortium.discover(CoreConsortium.found(second))
        #expect(again.candidates.map(\.number) == [isSame ? 1 : 2])
        #expect(again.ranAt > consortium.now)
        #expect(try consortium.desk.candidates().candidates.map(\.ring.number) == [isSame ? 1 : 2])
    }

    @Test("of two that are alike the more alike keeps the number, and no number is given twice in a run")
    func twins() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(0..<4, 4..<8))
        let again = consortium.discover(CoreConsortium.found(0..<3, 0..<4, 4..<8))
        #expect(again.candidates.map(\.number) == [1, 3, 2])
    }

    @Test("one that was dismissed and is told again has a new number, for somebody to decide")
    func dismissed() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(0..<4))
        try consortium.decide(.dismiss(candidate: RingName(.candidate, 1), note: "a family"))
        #expect(try consortium.desk.candidates().candidates.isEmpty)
        #expect(try consortium.desk.picture(of: RingName(.candidate, 1)).status == .dismissed)
        let input = DiscoveryInput(consortium.exchange, by: try consortium.rules)
        #expect(input.dismissed.map { $0.subjects.map(\.rawValue) } == [[0, 1, 2, 3]])
        consortium.discover(CoreConsortium.found(0..<6))
        #expect(try consortium.desk.candidates().candidates.map(\.ring.number) == [2])
    }

    @Test("what is reported meanwhile needs nobody's decision, and is told to the next discovery")
    func reported() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        consortium.discover(CoreConsortium.found(0..<4))
        let somebody = CoreConsortium.ringMember("a", 1).as(.perpetrator)
        try consortium.furnish(.report("FRD-DOC", on: somebody, at: consortium.now, name: "report"), by: 1)
        #expect(try consortium.desk.candidates().candidates.isEmpty)
        #expect(try consortium.desk.picture(of: RingName(.candidate, 1)).status == .reported)
        var input = DiscoveryInput(consortium.exchange, by: try consortium.rules)
        #expect(!input.isWhole && input.reported.isEmpty)
        input.gather(10, from: consortium.exchange, by: try consortium.rules, now: consortium.now)
        #expect(input.isWhole && input.reported.map(\.rawValue) == [1])
    }

    @Test("a run's precision is counted over what analysts have decided of its first twenty, then and since")
    func precision() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b", "c"] { try consortium.furnishRing(name) }
        let began = consortium.now
        consortium.discover(CoreConsortium.found(0..<4, 4..<8))
        try consortium.decide(.confirm(candidate: RingName(.candidate, 1), note: "confirmed by two lenders"))
        try consortium.decide(.dismiss(candidate: RingName(.candidate, 2), note: "colleagues"))
        consortium.now = began.adding(days: 1)
        consortium.discover(CoreConsortium.found(0..<4, 8..<12))
        let runs = try consortium.desk.runs
        #expect(runs.map(\.finishedAt) == [consortium.now, began] && runs.map(\.candidates) == [2, 2])
        #expect(runs.map(\.decidedOf20) == [1, 2] && runs.map(\.confirmedOf20) == [1, 1])
        let status = DiscoveryStatus(running: nil, runs: runs)
        #expect(try DiscoveryStatus(parsing: status.json.bytes) == status)
    }

    @Test("a discovery's time is from its beginning to its entry")
    func duration() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let began = consortium.now
        let facts = consortium.exchange.facts(of: CoreConsortium.found(0..<4), begunAt: began)
        var exchange = consortium.exchange
        let entry = exchange.entry(
            of: facts, signedBy: consortium.lenders.sample.answerKey.keyID, at: began.adding(seconds: 42))
        _ = try exchange.take(entry, by: consortium.rules, logIndex: UInt32(consortium.stored.count))
        let runs = RingDesk(exchange, by: try consortium.rules, now: consortium.now).runs
        #expect(runs.map(\.seconds) == [42])
    }
}
