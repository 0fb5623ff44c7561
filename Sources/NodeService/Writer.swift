internal import Exchange
internal import Records
internal import Sodium
internal import Store
internal import TransparencyLog
internal import Vocabulary

/// What the sequencer's queue owns: the facts, the tree, the nonces, the counted checks, and the batch in the making.
final class Writer {
    let store: any EntryStore
    let parameters: Sequencer.Parameters
    let log: PublishedLog
    let bell: NoticeBell
    let compiled: RulesCache
    /// Of the registry version in force: what links people.
    var rules: AnswerRules
    var exchange: Exchange
    var tree = MerkleTree()
    var nonces = NonceLedger()
    var quotas = DailyQuotas()
    var entitlements = Entitlements()
    private(set) var batch: CommitBatch
    private var answered: [AnsweredRequest] = []
    /// Who has new notices once the batch is durable.
    private var noticed: Set<MemberID> = []
    var latest = Instant(milliseconds: .min)
    var state = State.working

    enum State {
        case working
        /// A transaction failed: memory is ahead of the store until it was replayed.
        case mustReplay
        /// The store contradicts what was signed; nothing is written or signed any more.
        case stopped(Problem)
    }

    init(
        store: any EntryStore, parameters: Sequencer.Parameters, log: PublishedLog, bell: NoticeBell,
        compiled: RulesCache, rules: AnswerRules
    ) {
        (self.store, self.parameters, self.log) = (store, parameters, log)
        (self.bell, self.compiled, self.rules) = (bell, compiled, rules)
        exchange = Exchange(references: parameters.references, rings: parameters.rings)
        batch = CommitBatch(committedAt: parameters.now())
    }

    var now: Instant { batch.committedAt }

    /// The time of what is decided now: never earlier than it was before, whatever the clock does. A notice that is
    /// released at once would else come before one that its member has read already.
    func time() -> Instant {
        latest = max(latest, parameters.now())
        return latest
    }

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
        begin()
        nonces.sweep(at: parameters.now())
        let tellings = jobs.map { $0.decide(self) }
        logAnswers()
        batch.quotas = quotas.takeChanges()
        guard !batch.isEmpty else { return tellings.forEach { $0() } }
        do throws(StoreFailure) {
            try store.append(batch)
            let noticed = noticed
            begin()
            tellings.forEach { $0() }
            bell.ring(noticed)
        } catch {
            state = .mustReplay
            begin()
            let problem = Problem(error)
            jobs.forEach { $0.finish(with: problem) }
        }
    }

    private func begin() {
        batch = CommitBatch(committedAt: time())
        (answered, noticed) = ([], [])
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
        try redeem(requester.nonce, of: requester.keyID, until: requester.expires)
    }

    func redeem(_ nonce: String, of keyID: KeyID, until expires: Instant) throws(Problem) {
        let nonce = RedeemedNonce(digest: .nonce(nonce, of: keyID), expires: expires)
        guard nonces.redeem(nonce, at: parameters.now()) else {
            throw Problem(
                .replayedNonce, "A request with this nonce was received before.",
                hint: "Sign every request, also a repeated one, with a fresh nonce.")
        }
        batch.nonces.append(nonce)
    }

    /// Adds a log entry: its leaf, its evidence and its facts. - Returns: its index and how its leaf opens.
    @discardableResult
    func add(
        _ entry: EntryFacts, newTokens: [UInt8] = [], envelope: Envelope, payload: VerifiedPayload, salts: [UInt8] = []
    ) -> (logIndex: UInt32, opening: LeafOpening) {
        let opening = LeafOpening(
            random: parameters.random(), envelopeHash: payload.hash, keyID: payload.keyID,
            signature: payload.signature)
        let firstIdentifier = UInt32(exchange.ledger.identifiers.count)
        let taken: EntryFacts
        do throws(DecodingFailure) {
            taken = try exchange.take(entry, by: rules, logIndex: UInt32(tree.size))
        } catch { preconditionFailure("Facts that were just admitted apply.") }
        let logIndex = append(
            opening, envelope, facts: taken.encoded, salts: salts, firstIdentifier: firstIdentifier,
            tokens: newTokens)
        for notice in entry.notices { noticed.insert(notice.member) }
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

    /// What the node said to a request, as the log has it: by the request's own id, with the hash of what was said.
    struct AnsweredRequest {
        enum Kind: String { case check, batch, reservation }

        let kind: Kind
        let id: RecordID
        let hash: Hash
    }

    /// Notes an answer for the list that is logged with this batch.
    func note(_ answer: AnsweredRequest) { answered.append(answer) }

    /// One leaf for all answers of the batch, so that none can be denied or swapped later.
    private func logAnswers() {
        guard !answered.isEmpty else { return }
        let lines = answered.map { answer in
            JSON.object([
                answer.kind.rawValue: .string(answer.id.description), "hash": .string(answer.hash.value.base64),
            ])
        }
        let key = parameters.answerKey
        let envelope = Envelope.sign(
            payloadType: .answers, payload: JSON.object(["answers": .array(lines)]).bytes, key: key)
        // The node's own signature, just made.
        guard let payload = try? envelope.verify(by: key.publicKey, expecting: .answers) else { return }
        let entryKey = LookupKey.digest("counterfoil/answers/v1", [payload.hash.bytes, parameters.random().bytes])
        add(exchange.entry(entryKey, signedBy: key.keyID, at: now), envelope: envelope, payload: payload)
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
}

extension PayloadType {
    /// The node's list of the answers of one batch.
    static let answers = PayloadType("application/vnd.counterfoil.answers.v1+json")
}
