import ConsortiumSupport
import Exchange
import NodeService
import Records
import Registry
import Store
import Testing
import Vocabulary

@Suite("The node's office for rings")
struct RingOfficeTests {
    @Test("an admin lists rings, looks at one and at what happened; each look is told, with nobody in it")
    func looks() async throws {
        var rings = try RingConsortium()
        for name in ["a", "b"] { try await rings.furnishRing(name) }
        let list = try await rings.office().rings(after: nil, limit: 500)
        #expect(list.rings.map(\.ring.description) == ["R-1", "R-2"] && !list.hasMore)
        let page = try await rings.office().rings(after: nil, limit: 1)
        #expect(page.rings.map(\.ring.description) == ["R-1"] && page.hasMore)
        #expect(try await rings.office().picture(of: RingName(.ring, 2)).subjects.count == 4)
        #expect(try await rings.office().events(after: 0, limit: 10).events.count == 2)
        #expect(try await rings.office().candidates().candidates.isEmpty)
        #expect(rings.reports.accesses.map(\.kind) == [.list, .list, .picture, .events, .candidates])
        #expect(rings.reports.accesses.allSatisfy { $0.admin == "admin-1" })
        #expect(rings.reports.accesses.compactMap(\.ring?.description) == ["R-2"])
    }

    @Test("more rings than fit one turn of the writer are listed over several")
    func turns() async throws {
        var rings = try RingConsortium()
        for number in 0..<45 { try await rings.furnishRing("ring-\(number)", people: 3) }
        let list = try await rings.office().rings(after: nil, limit: 43)
        #expect(list.rings.map(\.ring.number) == Array(1...43) && list.hasMore)
        let rest = try await rings.office().rings(after: list.rings.last?.ring, limit: 43)
        #expect(rest.rings.map(\.ring.number) == [44, 45] && !rest.hasMore)
    }

    @Test("a replayed request is refused, and is no look")
    func nonces() async throws {
        var rings = try RingConsortium()
        _ = try await rings.office(nonce: "the same").candidates()
        let problem = await #expect(throws: Problem.self) { try await rings.office(nonce: "the same").candidates() }
        #expect(problem?.code == .replayedNonce && rings.reports.accesses.count == 1)
    }

    @Test("a page of none or of too many is refused", arguments: [0, -1, 501])
    func limits(_ limit: Int) async throws {
        var rings = try RingConsortium()
        let list = await #expect(throws: Problem.self) { try await rings.office().rings(after: nil, limit: limit) }
        let events = await #expect(throws: Problem.self) { try await rings.office().events(after: 0, limit: limit) }
        #expect(list?.code == .invalidField && events?.code == .invalidField)
    }

    @Test("a decision is a leaf of the log with the admin's envelope as evidence, once however often it is sent")
    func decisions() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        try await rings.node.runDiscovery()
        let request = rings.consortium.lenders.ringDecision(
            .confirm(candidate: RingName(.candidate, 1), note: "admitted"), at: rings.consortium.now, name: "one")
        let leaves = { try SQLiteReading(path: rings.stored.path).leaves().count }
        let before = try leaves()
        let first = try await rings.office().decide(request)
        #expect(first.status == .recorded && first.ring == RingName(.ring, 1))
        #expect(try leaves() == before + 1)
        let second = try await rings.office().decide(request)
        #expect(second.status == .known && second.ring == first.ring)
        // Under another id it changes nothing either; under the same id something else is a conflict.
        let again = try await rings.decide(.confirm(candidate: RingName(.candidate, 1), note: "still"))
        #expect(try again.status == .known && leaves() == before + 1)
        let other = await #expect(throws: Problem.self) {
            try await rings.decide(.dismiss(candidate: RingName(.candidate, 1), note: "no"), name: "one")
        }
        #expect(other?.code == .recordConflict)
        try rings.stored.restart()
        #expect(try await rings.office().decide(request).status == .known)
        #expect(try await rings.office().rings(after: nil, limit: 9).rings.map(\.status) == [.confirmed])
    }

    @Test("a decision whose transaction fails is not taken, and can be sent again")
    func failedDecision() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        try await rings.node.runDiscovery()
        rings.stored.faults.set(.append, .full)
        let problem = await #expect(throws: Problem.self) {
            try await rings.decide(.dismiss(candidate: RingName(.candidate, 1), note: "a family"), name: "one")
        }
        #expect(problem?.code == .storageFull)
        rings.stored.faults.clear()
        #expect(try await rings.office().candidates().candidates.count == 1)
        let outcome = try await rings.decide(
            .dismiss(candidate: RingName(.candidate, 1), note: "a family"), name: "one")
        #expect(outcome.status == .recorded)
        #expect(try await rings.office().candidates().candidates.isEmpty)
    }

    @Test("a seeded switchboard stays one over a restart, and its token is nowhere in the file")
    func seeds() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        let hub = Invented(.device, "a-device")
        let request = rings.consortium.lenders.seed(hub, at: rings.consortium.now)
        #expect(try await rings.office().decide(request).status == .recorded)
        for _ in 0..<2 {
            #expect(try await rings.office().rings(after: nil, limit: 9).rings.isEmpty)
            try rings.stored.restart()
        }
        var traces = Traces()
        traces.add(RingConsortium.ringMember("a", 0))
        try await rings.node.keepSnapshot()
        for file in try rings.stored.folder.files() { #expect(traces.found(in: file.bytes).isEmpty, "\(file.name)") }
    }
}
