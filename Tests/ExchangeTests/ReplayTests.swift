import ConsortiumSupport
import Exchange
import Records
import TestSupport
import Testing
import Vocabulary

@Suite("Replaying stored facts")
struct ReplayTests {
    @Test("gives the same ledger again, field by field", arguments: [11, 12, 13] as [UInt64])
    func givesTheSameLedger(seed: UInt64) throws {
        let consortium = try Self.lived(seed: seed)
        let (original, replayed) = (consortium.ledger, try consortium.replayed().ledger)
        #expect(original.entryTimes == replayed.entryTimes)
        #expect(original.rows == replayed.rows)
        #expect(original.contents == replayed.contents)
        #expect(original.loanCases == replayed.loanCases)
        #expect(original.cases == replayed.cases)
        #expect(original.identifierRows == replayed.identifierRows)
        #expect(original.links == replayed.links)
        #expect(original.statements == replayed.statements)
        #expect(original.names == replayed.names)
        #expect(original.reportCounts == replayed.reportCounts)
        #expect(original.inquiries == replayed.inquiries && original.reservations == replayed.reservations)
        #expect(original.told == replayed.told && original.feeds == replayed.feeds && !original.feeds.isEmpty)
        #expect(original.watches == replayed.watches && original.casesOfMember == replayed.casesOfMember)
        for (left, right) in [
            (original.entries, replayed.entries), (original.records, replayed.records),
            (original.loans, replayed.loans), (original.identifiers, replayed.identifiers),
        ] {
            #expect(left.count == right.count && left.count > 0)
            for number in 0..<UInt32(left.count) { #expect(left.key(of: number) == right.key(of: number)) }
        }
        #expect(!original.statements.isEmpty && original.rows.contains { $0.retractedAt != .max })
    }

    @Test("facts are the same after coding", arguments: [21, 22] as [UInt64])
    func factsRoundTrip(seed: UInt64) throws {
        for (_, bytes) in try Self.lived(seed: seed).stored {
            #expect(try EntryFacts(decoding: bytes).encoded == bytes)
        }
    }

    @Test("truncated facts are refused at every length", arguments: [31] as [UInt64])
    func truncatedFactsAreRefused(seed: UInt64) throws {
        for (_, bytes) in try Self.lived(seed: seed, loans: 4).stored {
            for length in bytes.indices {
                #expect(throws: DecodingFailure.self) { try EntryFacts(decoding: Array(bytes.prefix(length))) }
            }
            #expect(throws: DecodingFailure.self) { try EntryFacts(decoding: bytes + [0]) }
        }
    }

    @Test("garbled facts are refused or taken up, and never a trap", arguments: [41, 42, 43] as [UInt64])
    func garbledFactsNeverTrap(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let consortium = try Self.lived(seed: seed, loans: 8)
        var refusals = 0
        for round in 0..<80 {
            var ledger = Ledger()
            let victim = Int.random(in: 0..<consortium.stored.count, using: &generator)
            do throws(DecodingFailure) {
                for (position, entry) in consortium.stored.enumerated() {
                    var bytes = entry.facts
                    if position == victim {
                        for _ in 0...round % 3 {
                            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8(
                                truncatingIfNeeded: generator.next())
                        }
                    }
                    try ledger.apply(EntryFacts(decoding: bytes), logIndex: entry.logIndex)
                }
            } catch { refusals += 1 }
        }
        #expect(refusals > 0)
    }

    @Test("facts of another layout are refused")
    func otherLayoutsAreRefused() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Person("one"), at: consortium.now), by: 0)
        var bytes = consortium.stored[0].facts
        bytes[0] = 4
        #expect(throws: DecodingFailure.malformed("facts of an unknown version")) { try EntryFacts(decoding: bytes) }
    }

    @Test("an entry that was applied before is damage")
    func repeatedEntriesAreRefused() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Person("one"), at: consortium.now), by: 0)
        var ledger = consortium.ledger
        let facts = try EntryFacts(decoding: consortium.stored[0].facts)
        #expect(throws: DecodingFailure.outOfRange) { try ledger.apply(facts, logIndex: 1) }
    }

    static func lived(seed: UInt64, loans: Int = 40) throws -> CoreConsortium {
        var consortium = try CoreConsortium(seed: seed)
        let life = RandomLife(seed: seed, now: consortium.now, loans: loans)
        try consortium.live(life.events)
        for (number, person) in life.people.enumerated() {
            try consortium.ask(about: person, by: number % 5, purpose: .application, mode: .hard)
        }
        // A dispute of what the last asker was told, its outcome, and an amendment.
        try consortium.furnish(
            .report("FRD-DOC", on: Person("last").as(.perpetrator), at: consortium.now, name: "doc"), by: 1)
        let answer = try consortium.ask(about: Person("last"), by: 0, mode: .hard)
        let told = answer.signal("FRD-DOC")?["reference"]?.string ?? ""
        try consortium.furnish(.dispute(of: told, at: consortium.now), by: 0)
        try consortium.furnish(.outcome(.rejected, of: "doc", at: consortium.now), by: 1)
        try consortium.furnish(.amendment(of: "doc", at: consortium.now) { $0.tier = .e4 }, by: 1)
        return consortium
    }
}
