internal import Exchange
internal import Records
internal import Registry
internal import Sodium
internal import Store
internal import TransparencyLog
internal import Vocabulary

/// What the sequencer's queue owns: the facts, the tree, the nonces, and the batch in the making.
final class Writer {
    private let store: any EntryStore
    private let parameters: Sequencer.Parameters
    private let log: PublishedLog
    private(set) var exchange: Exchange
    private var tree = MerkleTree()
    private var nonces = NonceLedger()
    private var batch: CommitBatch
    private var answered: [AnsweredCheck] = []
    private var state = State.working

    private enum State {
        case working
        /// A transaction failed: memory is ahead of the store until it was replayed.
        case mustReplay
        /// The store contradicts what was signed; nothing is written or signed any more.
        case stopped(Problem)
    }

    private struct AnsweredCheck {
        let check: RecordID
        let hash: Hash
    }

    init(store: any EntryStore, parameters: Sequencer.Parameters, log: PublishedLog) {
        (self.store, self.parameters, self.log) = (store, parameters, log)
        exchange = Exchange(references: parameters.references)
        batch = CommitBatch(committedAt: parameters.now())
    }

    var now: Instant { batch.committedAt }
    var size: UInt64 { tree.size }

    // MARK: One batch

    func run(_ jobs: [any Job]) {
        commit(jobs.filter { $0.phase == .decision })
        for job in jobs where job.phase == .betweenBatches {
            if let problem = readiness() { job.finish(with: problem) } else { job.decide(self)() }
        }
    }

    private func commit(_ jobs: [any Job]) {
        if jobs.isEmpty { return }
        if let problem = readiness() { return jobs.forEach { $0.finish(with: problem) } }
        batch = CommitBatch(committedAt: parameters.now())
        answered = []
        nonces.sweep(at: batch.committedAt)
        let tellings = jobs.map { $0.decide(self) }
        logAnswers()
        guard !batch.isEmpty else { return tellings.forEach { $0() } }
        do throws(StoreFailure) {
            try store.append(batch)
            batch = CommitBatch(committedAt: batch.committedAt)
            tellings.forEach { $0() }
        } catch {
            state = .mustReplay
            batch = CommitBatch(committedAt: batch.committedAt)
            let problem = Problem(error)
            jobs.forEach { $0.finish(with: problem) }
        }
    }

    /// Brings memory and store together again where they may differ. - Returns: what stands in the way.
    private func readiness() -> Problem? {
        switch state {
        case .working: return nil
        case .stopped(let problem): return problem
        case .mustReplay:
            do throws(StoreFailure) {
                try recover()
                return nil
            } catch {
                return Problem(error)
            }
        }
    }

    /// Spends a request's nonce with this batch. - Throws: `replayedNonce`.
    func redeem(_ requester: Requester) throws(Problem) {
        let nonce = RedeemedNonce(digest: .nonce(requester.nonce, of: requester.keyID), expires: requester.expires)
        guard nonces.redeem(nonce, at: now) else {
            throw Problem(
                .replayedNonce, "A request with this nonce was received before.",
                hint: "Sign every request, also a repeated one, with a fresh nonce.")
        }
        batch.nonces.append(nonce)
    }

    /// Adds a log entry: its leaf, its evidence and its facts. - Returns: its index and how its leaf opens.
    func add(
        _ entry: EntryFacts, newTokens: [UInt8] = [], envelope: Envelope, payload: VerifiedPayload, salts: [UInt8] = []
    ) -> (logIndex: UInt32, opening: LeafOpening) {
        let opening = LeafOpening(
            random: parameters.random(), envelopeHash: payload.hash, keyID: payload.keyID,
            signature: payload.signature)
        let firstIdentifier = UInt32(exchange.ledger.identifiers.count)
        let logIndex = append(
            opening, envelope, facts: entry.encoded, salts: salts, firstIdentifier: firstIdentifier,
            tokens: newTokens)
        do throws(DecodingFailure) { try exchange.apply(entry, logIndex: logIndex) } catch {
            preconditionFailure("Facts that were just admitted apply.")
        }
        return (logIndex, opening)
    }

    private func append(
        _ opening: LeafOpening, _ envelope: Envelope, facts: [UInt8], salts: [UInt8], firstIdentifier: UInt32,
        tokens: [UInt8]
    ) -> UInt32 {
        let logIndex = UInt32(tree.size)
        let leaf = opening.leafHash
        batch.tiles += tree.append([leaf])
        batch.entries.append(
            NewEntry(
                logIndex: logIndex, leafHash: leaf, facts: facts,
                evidence: StoredEvidence(opening: opening, envelope: envelope).encoded, salts: salts,
                firstIdentifier: firstIdentifier, tokens: tokens))
        return logIndex
    }

    // MARK: Answers

    /// The answer to a check at this point of the order, and its place in the batch of answers that is logged.
    func answer(_ check: VerifiedCheck, under chain: RegistryChain) -> Envelope {
        let answer = exchange.answer(check, under: chain, checkpoint: log.latest.published, now: now)
        let envelope = Envelope(payloadType: .answer, payload: answer.json.bytes, signatures: [])
        answered.append(AnsweredCheck(check: check.check.check, hash: envelope.hash))
        return envelope
    }

    /// One leaf for all answers of the batch, so that none can be denied or swapped later.
    private func logAnswers() {
        guard !answered.isEmpty else { return }
        let manifest = JSON.object([
            "answers": .array(
                answered.map {
                    .object(["check": .string($0.check.description), "hash": .string($0.hash.value.base64)])
                })
        ])
        let key = parameters.answerKey
        let envelope = Envelope.sign(payloadType: .answers, payload: manifest.bytes, key: key)
        // The node's own signature, just made.
        guard let payload = try? envelope.verify(by: key.publicKey, expecting: .answers) else { return }
        let entryKey = LookupKey.digest("counterfoil/answers/v1", [payload.hash.bytes, parameters.random().bytes])
        _ = add(exchange.entry(entryKey, signedBy: key.keyID, at: now), envelope: envelope, payload: payload)
    }

    // MARK: Reading back

    func evidence(at logIndex: UInt32) throws(Problem) -> StoredEvidence {
        let pending = batch.entries.first { $0.logIndex == logIndex }?.evidence
        do {
            guard let bytes = try pending ?? store.evidence(at: logIndex) else {
                throw StoreFailure.damaged("Evidence is missing.")
            }
            return try StoredEvidence(decoding: bytes)
        } catch let failure as StoreFailure {
            throw Problem(failure)
        } catch {
            throw Problem(StoreFailure.damaged("Evidence does not decode."))
        }
    }

    func tile(_ address: TileAddress) throws -> Tile? { try store.tile(address) }

    // MARK: Checkpoints and recovery

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
        } catch {
            if error == .conflictingCheckpoint { state = .stopped(Problem(error)) }
            throw Problem(error)
        }
        log.publish(note, tree: tree)
    }

    /// Rebuilds everything in memory from the store, and checks it against the last signed checkpoint.
    func recover() throws(StoreFailure) {
        var exchange = Exchange(references: parameters.references)
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
            (self.exchange, self.tree) = (exchange, tree)
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .damaged("The stored tree does not add up.")
        }
        nonces = NonceLedger(try store.liveNonces(at: parameters.now()))
        state = .working
    }

    private func restorePublished(tree: MerkleTree) throws {
        guard let latest = try store.latestCheckpoint() else { return }
        let note = try SignedNote(parsing: Array(latest.note.utf8))
        let checkpoint = try Checkpoint(verifying: note, by: [parameters.signer.verifierKey])
        let past = try tree.prefix(checkpoint.size, reading: { [store] address in
            guard let tile = try store.tile(address) else { throw StoreFailure.damaged("A tile is missing.") }
            return tile
        }, leaves: { [store] first in try store.leaves(from: first) })
        guard past.root == checkpoint.root else {
            throw StoreFailure.damaged("The stored leaves contradict the last signed checkpoint.")
        }
        log.publish(note, tree: past)
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

extension PayloadType {
    /// The node's list of the answers of one batch.
    static let answers = PayloadType("application/vnd.counterfoil.answers.v1+json")
}
