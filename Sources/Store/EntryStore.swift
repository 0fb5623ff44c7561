package import Exchange
package import TransparencyLog
package import Vocabulary

/// What the node's store promises, and its sequencer relies on.
///
/// - `append` is one transaction: when it returns, the whole batch survives a crash; when it throws, nothing of it was
///   written. The caller then replays before it goes on.
/// - `replay` gives the entries back in log order, exactly as they were appended.
/// - One owner, one thread: the sequencer. Readers of tiles have a connection of their own.
///
/// An attacker who can write to the store can delete or refuse; a changed or moved row does not open, a removed leaf
/// contradicts a checkpoint that was signed before, and removed facts leave a gap that a replay refuses. A nonce or a
/// day's count that is removed or put back to an earlier value is not noticed: it lets a request be replayed while its
/// signature is valid, or a member ask more on that day.
package protocol EntryStore: AnyObject {
    func append(_ batch: CommitBatch) throws(StoreFailure)
    func replay(_ visit: (StoredEntry) throws -> Void) throws(StoreFailure)
    /// Nonces that have not expired at `now`.
    func liveNonces(at now: Instant) throws(StoreFailure) -> [RedeemedNonce]
    func forgetNonces(expiredAt now: Instant) throws(StoreFailure)
    /// The counted checks of a day (days since 1970) and of those after it.
    func quotas(from day: Int) throws(StoreFailure) -> [QuotaRow]
    func forgetQuotas(before day: Int) throws(StoreFailure)
    func evidence(at logIndex: UInt32) throws(StoreFailure) -> [UInt8]?
    func tile(_ address: TileAddress) throws(StoreFailure) -> Tile?
    func leafCount() throws(StoreFailure) -> UInt64
    /// The hashes of the leaves from `first` on.
    func leaves(from first: UInt64) throws(StoreFailure) -> [Hash]
    /// Keeps a checkpoint before it is published; another note for the same size is refused, the same one is kept.
    func keep(checkpoint note: String, size: UInt64) throws(StoreFailure)
    func latestCheckpoint() throws(StoreFailure) -> (size: UInt64, note: String)?
}

/// What shares one transaction.
package struct CommitBatch: Sendable {
    package var entries: [NewEntry] = []
    /// Tiles that these entries completed.
    package var tiles: [Tile] = []
    package var nonces: [RedeemedNonce] = []
    /// What members have asked on a day, as counted after this batch; one row a member, purpose and day.
    package var quotas: [QuotaRow] = []
    package var committedAt: Instant

    package init(committedAt: Instant) { self.committedAt = committedAt }
    package var isEmpty: Bool { entries.isEmpty && nonces.isEmpty && quotas.isEmpty }
}

package struct NewEntry: Sendable {
    package let logIndex: UInt32
    package let leafHash: Hash
    /// Encoded `EntryFacts`, or empty where the entry changes no fact.
    package let facts: [UInt8]
    /// Leaf opening ‖ envelope.
    package let evidence: [UInt8]
    /// Salts, 32 bytes each, in document order.
    package let salts: [UInt8]
    /// The tokens of the identifiers first met here, 32 bytes each, and the number of the first.
    package let firstIdentifier: UInt32
    package let tokens: [UInt8]

    package init(
        logIndex: UInt32, leafHash: Hash, facts: [UInt8], evidence: [UInt8], salts: [UInt8], firstIdentifier: UInt32,
        tokens: [UInt8]
    ) {
        (self.logIndex, self.leafHash, self.facts) = (logIndex, leafHash, facts)
        (self.evidence, self.salts) = (evidence, salts)
        (self.firstIdentifier, self.tokens) = (firstIdentifier, tokens)
    }
}

package struct StoredEntry: Sendable {
    package let logIndex: UInt32
    package let facts: [UInt8]

    package init(logIndex: UInt32, facts: [UInt8]) {
        (self.logIndex, self.facts) = (logIndex, facts)
    }
}

/// Why the store did not do it.
package enum StoreFailure: Error, Equatable, Sendable {
    case busy
    case full
    /// The disk failed: stop signing, and recover by replay.
    case io
    /// A row does not open or does not decode: the file or its keys are not what they were.
    case damaged(String)
    /// Another checkpoint was kept for this size.
    case conflictingCheckpoint
    case wrongKeys
    case programming(String)
}
