import Exchange
import Store
import Synchronization
import TransparencyLog
import Vocabulary

/// Which of a store's steps fail from now on, set from outside.
final class Faults: Sendable {
    enum Step: Hashable { case append, replay, keep, forget, afterAppend }

    private let failing = Mutex<[Step: StoreFailure]>([:])

    func set(_ step: Step, _ failure: StoreFailure?) { failing.withLock { $0[step] = failure } }
    func clear() { failing.withLock { $0 = [:] } }
    func check(_ step: Step) throws(StoreFailure) {
        if let failure = failing.withLock({ $0[step] }) { throw failure }
    }
}

/// A true store whose disk fails when it is told to.
final class FaultyStore: EntryStore {
    private let store: any EntryStore
    private let faults: Faults

    init(_ store: any EntryStore, _ faults: Faults) { (self.store, self.faults) = (store, faults) }

    func append(_ batch: CommitBatch) throws(StoreFailure) {
        try faults.check(.append)
        try store.append(batch)
        // Written, and the writer is told that it was not: a commit whose result is unknown.
        try faults.check(.afterAppend)
    }

    func replay(_ visit: (StoredEntry) throws -> Void) throws(StoreFailure) {
        try faults.check(.replay)
        try store.replay(visit)
    }

    func liveNonces(at now: Instant) throws(StoreFailure) -> [RedeemedNonce] { try store.liveNonces(at: now) }

    func forgetNonces(expiredAt now: Instant) throws(StoreFailure) {
        try faults.check(.forget)
        try store.forgetNonces(expiredAt: now)
    }

    func quotas(from day: Int) throws(StoreFailure) -> [QuotaRow] { try store.quotas(from: day) }
    func forgetQuotas(before day: Int) throws(StoreFailure) { try store.forgetQuotas(before: day) }

    func evidence(at logIndex: UInt32) throws(StoreFailure) -> [UInt8]? { try store.evidence(at: logIndex) }
    func tile(_ address: TileAddress) throws(StoreFailure) -> Tile? { try store.tile(address) }
    func leafCount() throws(StoreFailure) -> UInt64 { try store.leafCount() }
    func leaves(from first: UInt64) throws(StoreFailure) -> [Hash] { try store.leaves(from: first) }

    func keep(checkpoint note: String, size: UInt64) throws(StoreFailure) {
        try faults.check(.keep)
        try store.keep(checkpoint: note, size: size)
    }

    func latestCheckpoint() throws(StoreFailure) -> (size: UInt64, note: String)? { try store.latestCheckpoint() }
}
