import ConsortiumSupport
import Exchange
import Linkage
import Records
import Testing
import Vocabulary

@Suite("The kept graph")
struct OfficeSnapshotTests {
    @Test("with what came after it equals one built of everything", arguments: [1, 2, 3, 4] as [UInt64])
    func equalsRebuild(_ seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now)
        let events = life.shuffled(seed: seed)
        var kept: [([[UInt8]], UInt32)] = []
        for (position, event) in events.enumerated() {
            if position.isMultiple(of: 23) {
                let (pieces, snapshot) = try consortium.keptGraph()
                kept.append((pieces, snapshot.logSize))
            }
            try consortium.furnish(event.statements, by: event.member)
            if position == events.count / 2 {
                consortium.now = consortium.now.adding(days: 40)
                try consortium.furnishRing("late", people: 3, daysAgo: 5)
            }
        }
        let hub = consortium.lenders.seed(Invented(.device, "device-0"), at: consortium.now)
        _ = try consortium.put(decision: hub)
        let rules = try consortium.rules
        let built = try consortium.replayed().snapshot(by: rules)
        let followed = consortium.exchange.snapshot(by: rules)
        #expect(built.graph.digest() == followed.graph.digest() && built.subjectDigest == followed.subjectDigest)
        #expect(kept.count > 3 && built.graph.edgeCount > 0)
        for (pieces, logSize) in kept {
            let loaded = try consortium.replayed(from: pieces, logSize: logSize).snapshot(by: rules)
            #expect(loaded.graph.digest() == built.graph.digest(), "kept at \(logSize), seed \(seed)")
            #expect(loaded.subjectDigest == built.subjectDigest && loaded.graph.rings == built.graph.rings)
            #expect(loaded.logSize == built.logSize && loaded.rules == built.rules)
        }
    }

    @Test("goes on with equal results: what is furnished next changes rings as it would have")
    func goesOn() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let (pieces, snapshot) = try consortium.keptGraph()
        try consortium.furnishRing("b")
        var loaded = try consortium.replayed(from: pieces, logSize: snapshot.logSize)
        let both = CoreConsortium.ringMember("a", 0).with(
            Invented(.device, "b-device"), Invented(.phone, "b-phone"))
        try consortium.furnish(.loan("bridge", .applied, of: both, at: consortium.now), by: 1)
        let last = try #require(consortium.stored.last)
        let stored = try EntryFacts(decoding: last.facts)
        var bare = stored
        bare.linkage = []
        let taken = try loaded.take(bare, by: consortium.rules, logIndex: last.logIndex)
        #expect(!stored.linkage.isEmpty && taken.linkage == stored.linkage)
    }

    @Test("what is damaged, cut, doubled or of another ledger is refused and never used")
    func damaged() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let (pieces, snapshot) = try consortium.keptGraph()
        let size = snapshot.logSize
        var bad: [[[UInt8]]] = [[], Array(pieces.dropLast()), [pieces[0]] + pieces, Array(pieces.reversed())]
        bad += pieces.indices.map { index in
            var copy = pieces
            copy[index] = Array(copy[index].dropLast())
            return copy
        }
        for pieces in bad {
            #expect(throws: (any Error).self) { try consortium.replayed(from: pieces, logSize: size) }
        }
        #expect(throws: (any Error).self) { try consortium.replayed(from: pieces, logSize: size + 1) }
        var other = try CoreConsortium(seed: 2)
        try other.furnish(.loan("L", .applied, of: Person("p", .email), at: other.now), by: 0)
        #expect(throws: (any Error).self) { try other.replayed(from: pieces, logSize: 1) }
    }

    @Test("its subject table refuses every changed byte that would change who is who")
    func flipped() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 3)
        try consortium.furnish(
            .loan("L", .applied, of: Person("unnamed", .phone, .device), at: consortium.now), by: 0)
        let (pieces, snapshot) = try consortium.keptGraph()
        let wanted = snapshot.subjectDigest
        var refused = 0
        for piece in 0..<3 {
            for byte in pieces[piece].indices {
                var copy = pieces
                copy[piece][byte] ^= 0x40
                // Exchanged subjects cannot be told by a table alone; the seal is there for that.
                guard let loaded = try? consortium.replayed(from: copy, logSize: snapshot.logSize) else {
                    refused += 1
                    continue
                }
                #expect(try loaded.snapshot(by: consortium.rules).subjectDigest != wanted)
            }
        }
        #expect(refused > 0)
    }
}
