import ConsortiumSupport
import Exchange
import Records
import Sodium
import Store
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

/// A store of either kind that can be closed and opened again.
enum StoreKind: CaseIterable, CustomTestStringConvertible {
    case memory, sqlite

    var testDescription: String { self == .memory ? "in memory" : "in SQLite" }
}

/// One store under test, its keys and its folder.
final class StoreUnderTest {
    let folder: TemporaryFolder
    let keys = EphemeralKeys()
    private(set) var store: any EntryStore

    init(_ kind: StoreKind) throws {
        folder = try TemporaryFolder()
        store = switch kind {
        case .memory: MemoryEntryStore()
        case .sqlite: try Self.open(folder, keys)
        }
    }

    /// Closes and opens it again; the one in memory stays what it is.
    func reopen() throws {
        guard store is SQLiteEntryStore else { return }
        store = MemoryEntryStore()
        store = try Self.open(folder, keys)
    }

    static func open(
        _ folder: TemporaryFolder, _ keys: any DataKeys, consortium: String = "demo"
    ) throws -> SQLiteEntryStore {
        try SQLiteEntryStore(
            path: folder.path("node.db"), keys: keys, consortium: consortium, busyTimeoutMilliseconds: 0)
    }
}

/// Entries whose every byte follows from a seed, with the tree that they make.
struct SampleEntries {
    private var generator: SeededGenerator
    private var tree = MerkleTree()
    private var identifiers: UInt32 = 0
    private(set) var made: [NewEntry] = []

    init(seed: UInt64 = 7) { generator = SeededGenerator(seed: seed) }

    mutating func batch(
        _ count: Int, at instant: Instant = TestClock.start, nonces: [RedeemedNonce] = []
    ) -> CommitBatch {
        var batch = CommitBatch(committedAt: instant)
        for _ in 0..<count {
            let entry = entry()
            batch.entries.append(entry)
            batch.tiles += tree.append([entry.leafHash])
        }
        batch.nonces = nonces
        return batch
    }

    private mutating func entry() -> NewEntry {
        let index = UInt32(tree.size)
        let tokens = generator.bytes(32 * Int.random(in: 0...3, using: &generator))
        let entry = NewEntry(
            logIndex: index, leafHash: SHA256.hash(generator.bytes(8)),
            facts: index % 5 == 4 ? [] : generator.bytes(100), evidence: generator.bytes(300),
            salts: generator.bytes(64), firstIdentifier: identifiers, tokens: tokens)
        identifiers += UInt32(tokens.count / 32)
        made.append(entry)
        return entry
    }

    static func nonce(_ number: UInt64, expires: Instant) -> RedeemedNonce {
        RedeemedNonce(digest: LookupKey(high: number, low: number &* 77), expires: expires)
    }
}

extension EntryStore {
    func replayed() throws -> [StoredEntry] {
        var entries: [StoredEntry] = []
        try replay { entries.append($0) }
        return entries
    }
}
