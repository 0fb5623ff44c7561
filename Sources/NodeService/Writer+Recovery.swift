internal import Exchange
internal import Store
internal import TransparencyLog
internal import Vocabulary

// Checkpoints and recovery.
extension Writer {
    /// Signs what is stored, keeps the checkpoint, then publishes it. Between batches only: what is in the making is
    /// in the tree already and may yet be refused by the disk.
    func publish() throws(Problem) {
        precondition(batch.isEmpty, "A checkpoint is signed over what is stored.")
        guard tree.size > log.latest.published.size || log.latest.note == nil else { return }
        let checkpoint = Checkpoint(
            origin: parameters.signer.verifierKey.name, size: tree.size, root: tree.root)
        let note = checkpoint.signed(by: parameters.signer)
        do throws(StoreFailure) {
            try store.keep(checkpoint: String(decoding: note.bytes, as: UTF8.self), size: tree.size)
            try store.forgetNonces(expiredAt: parameters.now())
            if let day = quotas.forgetting(at: parameters.now()) { try store.forgetQuotas(before: day) }
        } catch {
            if error == .conflictingCheckpoint { state = .stopped(Problem(error)) }
            throw Problem(error)
        }
        log.publish(note, tree: tree)
    }

    /// Rebuilds everything in memory from the store, and checks it against the last signed checkpoint.
    func recover() throws(StoreFailure) {
        var exchange = Exchange(references: parameters.references, rings: parameters.rings)
        var expected: UInt32 = 0
        try store.replay { stored in
            guard stored.logIndex == expected else { throw StoreFailure.damaged("The facts of an entry are missing.") }
            expected += 1
            try exchange.apply(try EntryFacts(decoding: stored.facts), logIndex: stored.logIndex)
        }
        let size = try store.leafCount()
        guard size == UInt64(expected) else { throw .damaged("The facts of an entry are missing.") }
        let trailing = try store.leaves(from: size - size % UInt64(TileAddress.fullWidth))
        do {
            let read: TileReader = { [store] address in
                guard let tile = try store.tile(address) else { throw StoreFailure.damaged("A tile is missing.") }
                return tile
            }
            let tree = try MerkleTree(size: size, trailing: trailing, reading: read)
            try restorePublished(tree: tree)
            link(&exchange, tree: tree)
            (self.exchange, self.tree) = (exchange, tree)
            // A clock set back across a restart must not put a notice before those that were served.
            latest = max(latest, exchange.ledger.entryTimes.last ?? latest)
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .damaged("The stored tree does not add up.")
        }
        nonces = NonceLedger(try store.liveNonces(at: parameters.now()))
        quotas = DailyQuotas(try store.quotas(from: 0))
        entitlements = Entitlements()
        state = .working
        bell.ringAll()
    }

    private func restorePublished(tree: MerkleTree) throws {
        guard let latest = try store.latestCheckpoint() else { return }
        let note = try SignedNote(parsing: Array(latest.note.utf8))
        let checkpoint = try Checkpoint(verifying: note, by: [parameters.signer.verifierKey])
        let past = try past(checkpoint.size, of: tree)
        guard past.root == checkpoint.root else {
            throw StoreFailure.damaged("The stored leaves contradict the last signed checkpoint.")
        }
        log.publish(note, tree: past)
    }

    /// The stored tree as it was at an earlier size.
    func past(_ size: UInt64, of tree: MerkleTree) throws -> MerkleTree {
        try tree.prefix(size, reading: { [store] address in
            guard let tile = try store.tile(address) else { throw StoreFailure.damaged("A tile is missing.") }
            return tile
        }, leaves: { [store] first in try store.leaves(from: first) })
    }
}

extension MerkleTree {
    /// The tree as it was at an earlier size.
    fileprivate func prefix(
        _ size: UInt64, reading read: TileReader, leaves: (UInt64) throws -> [Hash]
    ) throws -> MerkleTree {
        guard size <= self.size else { throw StoreFailure.damaged("Leaves of a signed checkpoint are missing.") }
        guard size < self.size else { return self }
        let width = size % UInt64(TileAddress.fullWidth)
        let trailing = width == 0 ? [] : Array(try leaves(size - width).prefix(Int(width)))
        return try MerkleTree(size: size, trailing: trailing, reading: read)
    }
}
