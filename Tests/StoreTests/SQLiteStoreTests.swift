import ConsortiumSupport
import Exchange
import Foundation
import Records
import SQLite
import Sodium
@testable import Store
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

/// What is particular to the file: its keys, its limits, and who may write to it.
@Suite("The SQLite store")
struct SQLiteStoreTests {
    @Test("is refused with other keys, and for another consortium")
    func wrongKeysAreRefused() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var entries = SampleEntries()
        try StoreUnderTest.open(folder, keys).append(entries.batch(2))
        #expect(throws: StoreFailure.wrongKeys) { try StoreUnderTest.open(folder, EphemeralKeys()) }
        #expect(throws: StoreFailure.wrongKeys) { try StoreUnderTest.open(folder, keys, consortium: "other") }
        #expect(try StoreUnderTest.open(folder, keys).leafCount() == 2)
    }

    @Test("has one writer; a second is told that it is busy")
    func oneWriter() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var first: SQLiteEntryStore? = try StoreUnderTest.open(folder, keys)
        #expect(throws: StoreFailure.busy) { try StoreUnderTest.open(folder, keys) }
        _ = first
        first = nil
        #expect(try StoreUnderTest.open(folder, keys).leafCount() == 0)
    }

    @Test("that another program holds locked is busy, writes nothing, and works again after")
    func lockedIsBusy() throws {
        let folder = try TemporaryFolder()
        let store = try StoreUnderTest.open(folder, EphemeralKeys())
        var entries = SampleEntries()
        let batch = entries.batch(3)
        let intruder = try Connection(path: folder.path("node.db"), mode: .writer)
        try intruder.transaction {
            #expect(throws: StoreFailure.busy) { try store.append(batch) }
            #expect(throws: StoreFailure.busy) { try store.keep(checkpoint: "note", size: 1) }
        }
        #expect(try store.leafCount() == 0)
        try store.append(batch)
        #expect(try store.leafCount() == 3)
    }

    @Test("on a full disk says so, writes nothing of the batch, and works again when there is space")
    func fullDisks() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var store: SQLiteEntryStore? = try StoreUnderTest.open(folder, keys)
        var entries = SampleEntries()
        try store?.append(entries.batch(10))
        let pages = try store?.connection.integer("PRAGMA page_count") ?? 0
        try store?.connection.execute("PRAGMA max_page_count = \(pages)")
        let nonce = SampleEntries.nonce(5, expires: TestClock.start.adding(seconds: 60))
        let large = entries.batch(300, nonces: [nonce])
        for _ in 0..<2 { #expect(throws: StoreFailure.full) { try store?.append(large) } }
        #expect(try store?.leafCount() == 10)
        #expect(try store?.replayed().count == 8)
        #expect(try store?.liveNonces(at: TestClock.start) == [])
        #expect(try store?.tile(TileAddress(level: 0, index: 0)) == nil)
        try store?.connection.execute("PRAGMA max_page_count = 1000000")
        try store?.append(large)
        store = nil
        let reopened = try StoreUnderTest.open(folder, keys)
        #expect(try reopened.leafCount() == 310)
        #expect(try reopened.liveNonces(at: TestClock.start) == [nonce])
    }

    static let tamperings: [(what: String, value: String)] = [
        ("a changed fact", "CAST(substr(sealed, 1, 50) || x'00' || substr(sealed, 52) AS BLOB)"),
        ("a shortened fact", "substr(sealed, 1, 20)"),
        ("a moved fact", "(SELECT sealed FROM facts WHERE log_index = 0)"),
        ("evidence in a fact's place", "(SELECT sealed FROM evidence WHERE log_index = 1)"),
    ]

    @Test("does not open a row that was changed or moved", arguments: 0..<4)
    func tamperedRowsDoNotOpen(_ position: Int) throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var entries = SampleEntries()
        try StoreUnderTest.open(folder, keys).append(entries.batch(3))
        try Connection(path: folder.path("node.db"), mode: .writer).execute(
            "UPDATE facts SET sealed = \(Self.tamperings[position].value) WHERE log_index = 1")
        let store = try StoreUnderTest.open(folder, keys)
        let failure = #expect(throws: StoreFailure.self) { try store.replayed() }
        #expect(failure == .damaged("A sealed row does not open under its key."))
    }

    @Test("does not open evidence that was moved")
    func movedEvidenceDoesNotOpen() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var entries = SampleEntries()
        let store = try StoreUnderTest.open(folder, keys)
        try store.append(entries.batch(3))
        try store.connection.execute(
            "UPDATE evidence SET sealed = (SELECT sealed FROM evidence WHERE log_index = 0) WHERE log_index = 1")
        #expect(throws: StoreFailure.self) { try store.evidence(at: 1) }
        #expect(try store.evidence(at: 0) == entries.made[0].evidence)
    }

    @Test("is refused when it is newer than this program, or when it is no database")
    func newerFilesAreRefused() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        try StoreUnderTest.open(folder, keys).connection.execute("PRAGMA user_version = 99")
        let failure = #expect(throws: StoreFailure.self) { try StoreUnderTest.open(folder, keys) }
        #expect(failure == .programming("The database has schema 99; this program knows up to 2."))
        let other = try TemporaryFolder()
        try Data(repeating: 65, count: 8192).write(to: other.url.appending(path: "node.db"))
        #expect(throws: StoreFailure.damaged("The file is not a database.")) { try StoreUnderTest.open(other, keys) }
    }

    @Test("holds nothing readable of what it is given")
    func nothingIsReadable() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        var entries = SampleEntries()
        let store = try StoreUnderTest.open(folder, keys)
        for _ in 0..<5 { try store.append(entries.batch(60)) }
        var traces = Traces()
        for entry in entries.made.prefix(12) {
            for start in stride(from: 0, to: entry.tokens.count, by: 32) {
                traces.add("a token", Array(entry.tokens[start..<start + 32]))
            }
            traces.add("a salt", Array(entry.salts.prefix(32)))
            if !entry.facts.isEmpty { traces.add("facts", Array(entry.facts.prefix(24))) }
            traces.add("evidence", Array(entry.evidence.prefix(24)))
        }
        traces.add("the pepper's mark", keys.pepper.hash([]).bytes)
        let files = try folder.files()
        #expect(files.contains { $0.name == "node.db" } && files.contains { $0.name == "node.db-wal" })
        for file in files { #expect(traces.found(in: file.bytes) == [], "\(file.name)") }
        // The scan itself finds what is there: the leaf hashes are public and stand in the clear.
        var present = Traces()
        present.add("a leaf", entries.made[3].leafHash.bytes)
        #expect(files.contains { !present.found(in: $0.bytes).isEmpty })
    }

    @Test("says of counted checks neither whose nor how many they are, and does not open a moved count")
    func quotasAreSealed() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        let store = try StoreUnderTest.open(folder, keys)
        var batch = CommitBatch(committedAt: TestClock.start)
        batch.quotas = try ["north-bank", "south-bank"].map { name in
            QuotaRow(member: try MemberID(name), purpose: .portfolioReview, day: 20_000, checks: 7, misses: 0)
        }
        try store.append(batch)
        var traces = Traces()
        for word in ["north-bank", "south-bank", "portfolioReview"] { traces.add("a word", word) }
        for file in try folder.files() { #expect(traces.found(in: file.bytes) == [], "\(file.name)") }
        try store.connection.execute(
            "UPDATE quota SET sealed = (SELECT sealed FROM quota WHERE line = 1) WHERE line = 0")
        #expect(throws: StoreFailure.damaged("A sealed row does not open under its key.")) { try store.quotas(from: 0) }
    }

    @Test("seals each month under its own key, and reads all of them")
    func monthsHaveTheirKeys() throws {
        let folder = try TemporaryFolder()
        let keys = MonthlyKeys()
        var entries = SampleEntries()
        let store = try StoreUnderTest.open(folder, keys)
        for month in 0..<3 {
            try store.append(entries.batch(4, at: TestClock.start.adding(days: month * 31)))
        }
        #expect(try store.replayed().map(\.facts) == entries.made.map(\.facts).filter { !$0.isEmpty })
        #expect(keys.periods.count == 3)
    }

    @Test("a reader of tiles is not kept waiting by the writer")
    func readersDoNotWait() throws {
        let folder = try TemporaryFolder(), keys = EphemeralKeys()
        let store = try StoreUnderTest.open(folder, keys)
        var entries = SampleEntries()
        try store.append(entries.batch(256))
        let reader = try SQLiteTileReader(path: folder.path("node.db"))
        let address = try TileAddress(level: 0, index: 0)
        let tile = try store.connection.transaction { try reader.tile(address) }
        #expect(tile?.hashes.count == 256)
    }
}

/// A key for every month that was asked for.
private final class MonthlyKeys: DataKeys, @unchecked Sendable {
    // One test, one thread.
    private var sealing: [Int64: SealingKey] = [:]
    let tokenKey = SealingKey.generate()
    let pepper = try! KeyedHash(key: .random(count: KeyedHash.keyByteCount))  // The right length.
    var periods: [Int64] { Array(sealing.keys) }

    func sealingKey(ofPeriod period: Int64, making: Bool) -> SealingKey {
        let key = sealing[period] ?? .generate()
        sealing[period] = key
        return key
    }
}
