import ConsortiumSupport
import Exchange
import Records
import Store
import Testing
import TransparencyLog
import Vocabulary

/// What every store promises, asked of each.
@Suite("A store's contract")
struct StoreContractTests {
    @Test("a replay gives what was appended in log order, also when opened again", arguments: StoreKind.allCases)
    func replayGivesWhatWasAppended(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        var entries = SampleEntries()
        for size in [1, 7, 300, 2] { try subject.store.append(entries.batch(size)) }
        for round in 0..<2 {
            if round == 1 { try subject.reopen() }
            let expected = entries.made.filter { !$0.facts.isEmpty }
            let replayed = try subject.store.replayed()
            #expect(replayed.map(\.logIndex) == expected.map(\.logIndex))
            #expect(replayed.map(\.facts) == expected.map(\.facts))
            #expect(try subject.store.leafCount() == 310)
            for entry in entries.made.prefix(20) {
                #expect(try subject.store.evidence(at: entry.logIndex) == entry.evidence)
            }
            #expect(try subject.store.evidence(at: 310) == nil)
        }
    }

    @Test("leaves come from the first one asked for", arguments: StoreKind.allCases)
    func leavesAreInOrder(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        #expect(try subject.store.leafCount() == 0 && subject.store.leaves(from: 0) == [])
        var entries = SampleEntries()
        try subject.store.append(entries.batch(20))
        #expect(try subject.store.leaves(from: 0) == entries.made.map(\.leafHash))
        #expect(try subject.store.leaves(from: 15) == entries.made.suffix(5).map(\.leafHash))
        #expect(try subject.store.leaves(from: 20) == [])
    }

    @Test("full tiles are there once their entries are, and no others", arguments: StoreKind.allCases)
    func tilesAreKept(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        var entries = SampleEntries()
        try subject.store.append(entries.batch(255))
        let first = try TileAddress(level: 0, index: 0), second = try TileAddress(level: 0, index: 1)
        #expect(try subject.store.tile(first) == nil)
        try subject.store.append(entries.batch(2))
        try subject.reopen()
        #expect(try subject.store.tile(first)?.hashes == entries.made.prefix(256).map(\.leafHash))
        #expect(try subject.store.tile(second) == nil)
    }

    @Test("an append out of order is refused whole", arguments: StoreKind.allCases)
    func appendsAreInOrder(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        var entries = SampleEntries()
        try subject.store.append(entries.batch(3))
        let fourth = entries.batch(2), later = entries.batch(1)
        // A gap, a repetition, and a batch that is wrong in its last entry.
        var broken = fourth
        broken.entries.append(fourth.entries[1])
        for batch in [later, broken] {
            #expect(throws: StoreFailure.self) { try subject.store.append(batch) }
            #expect(try subject.store.leafCount() == 3)
            #expect(try subject.store.replayed().count == 3)
        }
        try subject.store.append(fourth)
        #expect(throws: StoreFailure.self) { try subject.store.append(fourth) }
        try subject.store.append(later)
        #expect(try subject.store.leafCount() == 6)
    }

    @Test("a batch that is refused spends none of its nonces", arguments: StoreKind.allCases)
    func refusedBatchesLeaveNoNonce(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        var entries = SampleEntries()
        _ = entries.batch(1)
        let nonce = SampleEntries.nonce(1, expires: TestClock.start.adding(seconds: 100))
        #expect(throws: StoreFailure.self) { try subject.store.append(entries.batch(1, nonces: [nonce])) }
        #expect(try subject.store.liveNonces(at: TestClock.start) == [])
    }

    @Test("nonces live until they expire, and are forgotten then", arguments: StoreKind.allCases)
    func noncesExpire(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        let start = TestClock.start
        var entries = SampleEntries()
        let early = SampleEntries.nonce(1, expires: start.adding(seconds: 10))
        let late = SampleEntries.nonce(2, expires: start.adding(seconds: 20))
        let last = SampleEntries.nonce(3, expires: start.adding(seconds: 30))
        try subject.store.append(entries.batch(0, nonces: [early, late]))
        try subject.store.append(entries.batch(1, nonces: [last]))
        try subject.reopen()
        func live(_ seconds: Int64) throws -> Set<RedeemedNonce> {
            Set(try subject.store.liveNonces(at: start.adding(seconds: seconds)))
        }
        #expect(try live(0) == [early, late, last])
        #expect(try live(10) == [early, late, last])
        #expect(try live(11) == [late, last])
        try subject.store.forgetNonces(expiredAt: start.adding(seconds: 21))
        #expect(try live(0) == [last])
        try subject.store.forgetNonces(expiredAt: start.adding(seconds: 31))
        #expect(try live(0) == [])
        #expect(try subject.store.leafCount() == 1)
    }

    @Test("counted checks are kept by member, purpose and day, the last count of each", arguments: StoreKind.allCases)
    func quotasAreKept(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        let (first, second) = (try MemberID("north-bank"), try MemberID("south-bank"))
        func row(_ member: MemberID, _ purpose: Purpose, _ day: Int, _ checks: Int, _ misses: Int) -> QuotaRow {
            QuotaRow(member: member, purpose: purpose, day: day, checks: checks, misses: misses)
        }
        func append(_ rows: QuotaRow...) throws {
            var batch = CommitBatch(committedAt: TestClock.start)
            batch.quotas = rows
            #expect(!batch.isEmpty)
            try subject.store.append(batch)
            try subject.reopen()
        }
        try append(row(first, .application, 7, 1, 0), row(second, .application, 7, 5, 5))
        try append(row(first, .application, 7, 2, 1), row(first, .monitoring, 7, 9, 0))
        try append(row(first, .application, 8, 1, 1))
        let kept: Set = [
            row(first, .application, 7, 2, 1), row(second, .application, 7, 5, 5), row(first, .monitoring, 7, 9, 0),
            row(first, .application, 8, 1, 1),
        ]
        #expect(try Set(subject.store.quotas(from: 0)) == kept && subject.store.quotas(from: 0).count == 4)
        #expect(try Set(subject.store.quotas(from: 8)) == kept.filter { $0.day == 8 })
        try subject.store.forgetQuotas(before: 8)
        try append(row(second, .application, 8, 3, 0))
        #expect(try subject.store.quotas(from: 0).count == 2 && subject.store.leafCount() == 0)
    }

    @Test("a batch that is refused counts none of its checks", arguments: StoreKind.allCases)
    func refusedBatchesCountNothing(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        var entries = SampleEntries()
        _ = entries.batch(1)
        var batch = entries.batch(1)
        batch.quotas = [
            QuotaRow(member: try MemberID("north-bank"), purpose: .application, day: 7, checks: 1, misses: 0)
        ]
        #expect(throws: StoreFailure.self) { try subject.store.append(batch) }
        #expect(try subject.store.quotas(from: 0) == [])
    }

    @Test("a checkpoint is kept once for a size, the same again is no conflict", arguments: StoreKind.allCases)
    func checkpointsDoNotConflict(_ kind: StoreKind) throws {
        let subject = try StoreUnderTest(kind)
        #expect(try subject.store.latestCheckpoint() == nil)
        try subject.store.keep(checkpoint: "five", size: 5)
        try subject.store.keep(checkpoint: "nine", size: 9)
        try subject.store.keep(checkpoint: "five", size: 5)
        #expect(throws: StoreFailure.conflictingCheckpoint) { try subject.store.keep(checkpoint: "other", size: 5) }
        try subject.reopen()
        #expect(throws: StoreFailure.conflictingCheckpoint) { try subject.store.keep(checkpoint: "other", size: 9) }
        let latest = try subject.store.latestCheckpoint()
        #expect(latest?.size == 9 && latest?.note == "nine")
    }
}
