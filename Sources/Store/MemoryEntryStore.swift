package import Exchange
package import TransparencyLog
package import Vocabulary

/// The same promises without a disk: for tests, for the simulator, and as the contract's second witness.
package final class MemoryEntryStore: EntryStore {
    private var entries: [NewEntry] = []
    private var tiles: [TileAddress: Tile] = [:]
    private var nonces: [RedeemedNonce] = []
    private var quotas: [QuotaRow] = []
    private var checkpoints: [(size: UInt64, note: String)] = []

    package init() {}

    package func append(_ batch: CommitBatch) throws(StoreFailure) {
        for (offset, entry) in batch.entries.enumerated() {
            guard entry.logIndex == UInt32(entries.count + offset) else {
                throw .programming("Entries are appended in log order.")
            }
        }
        entries += batch.entries
        for tile in batch.tiles { tiles[tile.address] = tile }
        nonces += batch.nonces
        for row in batch.quotas {
            quotas.removeAll { ($0.member, $0.purpose, $0.day) == (row.member, row.purpose, row.day) }
            quotas.append(row)
        }
    }

    package func replay(_ visit: (StoredEntry) throws -> Void) throws(StoreFailure) {
        try StoreFailure.translating {
            for entry in entries where !entry.facts.isEmpty {
                try visit(StoredEntry(logIndex: entry.logIndex, facts: entry.facts))
            }
        }
    }

    package func liveNonces(at now: Instant) -> [RedeemedNonce] { nonces.filter { $0.expires >= now } }
    package func forgetNonces(expiredAt now: Instant) { nonces.removeAll { $0.expires < now } }

    package func quotas(from day: Int) -> [QuotaRow] { quotas.filter { $0.day >= day } }
    package func forgetQuotas(before day: Int) { quotas.removeAll { $0.day < day } }

    package func evidence(at logIndex: UInt32) -> [UInt8]? {
        entries.indices.contains(Int(logIndex)) ? entries[Int(logIndex)].evidence : nil
    }

    package func tile(_ address: TileAddress) -> Tile? { tiles[address.full] }
    package func leafCount() -> UInt64 { UInt64(entries.count) }
    package func leaves(from first: UInt64) -> [Hash] { entries.dropFirst(Int(first)).map(\.leafHash) }

    package func keep(checkpoint note: String, size: UInt64) throws(StoreFailure) {
        guard let kept = checkpoints.first(where: { $0.size == size }) else { return checkpoints.append((size, note)) }
        guard kept.note == note else { throw .conflictingCheckpoint }
    }

    package func latestCheckpoint() -> (size: UInt64, note: String)? { checkpoints.max { $0.size < $1.size } }
}
