package import Exchange
internal import Records
package import Registry
package import Sodium
package import Store
package import TransparencyLog
package import Vocabulary

/// The node in process: verification in parallel, decisions in the sequencer, answers signed after they are durable.
package final class NodeExchange: Sendable {
    let registry: RegistryFollower
    let sequencer: Sequencer
    let bell: NoticeBell
    let intake: Intake
    let answerKey: SigningKey
    private let compiled = RulesCache()
    let outcomeReports = OutcomeReports()
    let discoveries: DiscoveryJob
    let snapshots: LinkageSnapshotFile?
    let tellAccess: @Sendable (RingAccess) -> Void
    private let tiles: @Sendable (TileAddress) throws -> Tile?
    let now: @Sendable () -> Instant

    package struct Configuration {
        package var registry: RegistryFollower
        package var logKey: SigningKey
        package var answerKey: SigningKey
        package var pepper: KeyedHash
        package var references: KeyedHash
        package var rings: KeyedHash
        package var now: @Sendable () -> Instant
        /// Where the graph is kept for the next start.
        package var snapshots: LinkageSnapshotFile?
        /// How unreported rings are searched for.
        package var search: DiscoveryJob.Search = DiscoveryJob.search
        /// Told of every look that an admin takes at rings.
        package var tellAccess: @Sendable (RingAccess) -> Void = { _ in }

        package init(
            registry: RegistryFollower, logKey: SigningKey, answerKey: SigningKey, pepper: KeyedHash,
            references: KeyedHash, rings: KeyedHash, now: @escaping @Sendable () -> Instant
        ) {
            (self.registry, self.logKey, self.answerKey) = (registry, logKey, answerKey)
            (self.pepper, self.references, self.rings, self.now) = (pepper, references, rings, now)
        }
    }

    /// - Parameter tiles: reads a stored full tile on any thread; `nil` to read through the sequencer.
    /// - Throws: `configurationInvalid` where the keys are not those of the registry, `tooFewMembers` outside demo
    ///   mode, `storageFailed` where the store contradicts what was signed.
    package init(
        _ configuration: sending Configuration, store: sending any EntryStore,
        tiles: (@Sendable (TileAddress) throws -> Tile?)? = nil
    ) throws(Problem) {
        let version = configuration.registry.current
        try Self.check(configuration, version, now: configuration.now())
        let parameters = Sequencer.Parameters(
            signer: NoteSigner(name: try Self.origin(of: version), key: configuration.logKey),
            answerKey: configuration.answerKey, references: configuration.references,
            rings: configuration.rings, snapshots: configuration.snapshots, now: configuration.now)
        discoveries = DiscoveryJob(search: configuration.search)
        (snapshots, tellAccess) = (configuration.snapshots, configuration.tellAccess)
        (registry, answerKey, now) = (configuration.registry, configuration.answerKey, configuration.now)
        intake = Intake(indexer: TokenIndexer(pepper: configuration.pepper))
        bell = NoticeBell()
        let rules = try compiled.rules(of: registry.chain)
        do throws(StoreFailure) {
            sequencer = try Sequencer(
                store: store, parameters: parameters, bell: bell, compiled: compiled, rules: rules)
        } catch {
            throw Problem(error)
        }
        self.tiles = tiles ?? { _ in nil }
    }

    private static func check(
        _ configuration: Configuration, _ version: RegistryVersion, now: Instant
    ) throws(Problem) {
        guard version.log.publicKey == configuration.logKey.publicKey,
            version.node.answerKey == configuration.answerKey.publicKey
        else {
            throw Problem(
                .configurationInvalid, "The node's log key or answer key is not the one in the registry.",
                hint: "Use the key files that were made with this registry, or publish the new keys first.")
        }
        let least = version.policy.disclosure.demoBelowMembers
        guard version.mode == .demo || version.activeMembers(at: now).count >= least else {
            throw Problem(
                .tooFewMembers, "With fewer than \(least) active members an answer would name the reporter.",
                hint: "Admit more members, or run the consortium in demo mode.")
        }
    }

    private static func origin(of version: RegistryVersion) throws(Problem) -> NoteKeyName {
        do throws(DecodingFailure) { return try NoteKeyName(version.log.origin) } catch {
            throw Problem(.configurationInvalid, "The registry's log origin is not a name that checkpoints can carry.")
        }
    }

    /// The rules of the registry version in force.
    func rules() throws(Problem) -> AnswerRules { try compiled.rules(of: registry.chain) }

    /// The node as one verified requester uses it.
    package func serving(_ requester: Requester) -> some Node { NodeSession(node: self, requester: requester) }

    /// The beat: lets those go on whose notices are due or whose wait is over, then signs and publishes a checkpoint if
    /// there is something new.
    package func publishCheckpoint() async throws(Problem) {
        bell.beat(at: now())
        do throws(Problem) {
            try await sequencer.performBetweenBatches { writer throws(Problem) in try writer.publish() }
        } catch {
            sequencer.log.release()
            throw error
        }
    }

    /// Logs the registry's versions that are not in the log yet. - Returns: the current version's number.
    @discardableResult
    package func recordRegistry() async throws(Problem) -> Int {
        let chain = registry.chain
        try await sequencer.perform { writer throws(Problem) in try writer.record(chain) }
        return chain.current.number
    }

    /// Throws what keeps the node from its work: a store that failed, or nothing signed yet.
    package func readiness() async throws(Problem) {
        try await sequencer.performBetweenBatches { writer throws(Problem) in }
        guard sequencer.log.latest.note != nil else {
            throw Problem(.overloaded, "The node has not signed its first checkpoint yet.", hint: "Ask again.")
        }
    }

    // MARK: What a session asks

    func submit(_ request: SealedRequest, from requester: Requester) async throws(Problem) -> SubmissionOutcome {
        let rules = try rules()
        let verified: VerifiedSubmission
        do throws(Problem) {
            verified = try intake.submission(request, from: requester, under: rules.chain, now: now())
        } catch {
            return try await known(request, from: requester, otherwise: error)
        }
        let accepted = try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.accept(verified, by: rules)
        }
        return try await outcome(of: accepted, verified.id, verified.records.map(\.record.recordID))
    }

    /// A submission that was accepted before gets its receipt, whatever became of epoch, key or rules since.
    private func known(
        _ request: SealedRequest, from requester: Requester, otherwise problem: Problem
    ) async throws(Problem) -> SubmissionOutcome {
        guard let submission = try? Submission(parsing: request.envelope.payload) else { throw problem }
        let found = try await sequencer.perform { writer throws(Problem) in
            let key = LookupKey.submission(submission.submission, of: requester.member)
            guard let logIndex = writer.exchange.logIndex(ofEntry: key),
                try writer.evidence(at: logIndex).opening.envelopeHash == request.envelope.hash
            else { return false }
            try writer.redeem(requester)
            return true
        }
        guard found else { throw problem }
        return try await receipt(of: submission.submission, from: requester.member)
    }

    /// The records that an answer to this check would rest on, for measuring on data whose truth is known. No route
    /// leads here.
    package func recordsOfSamePerson(
        _ request: SealedRequest, from requester: Requester
    ) async throws(Problem) -> [LookupKey] {
        let chain = registry.chain
        let verified = try intake.check(request, from: requester, under: chain, now: now())
        return try await sequencer.perform { writer throws(Problem) in
            writer.exchange.recordsOfSamePerson(as: verified, under: chain)
        }
    }

    /// The receipts of a stored submission. It is parsed here, so that no queue waits for a thousand records.
    func receipt(of submission: RecordID, from member: MemberID) async throws(Problem) -> SubmissionOutcome {
        let (logIndex, evidence) = try await sequencer.perform { writer throws(Problem) in
            try writer.evidence(ofSubmission: submission, of: member)
        }
        guard let stored = try? Submission(parsing: evidence.envelope.payload) else {
            throw Problem(.notFound, "No submission of this member has this id.")
        }
        let keys = stored.records.map { LookupKey.record($0.recordID, of: member) }
        let accepted = try await sequencer.perform { writer throws(Problem) in
            try writer.places(of: keys, else: logIndex, known: evidence.opening)
        }
        return try await outcome(of: accepted, submission, stored.records.map(\.recordID))
    }

    // MARK: Receipts

    private func outcome(
        of accepted: Writer.Accepted, _ submission: RecordID, _ records: [RecordID]
    ) async throws(Problem) -> SubmissionOutcome {
        var places: [(RecordID, SubmissionOutcome.Status, UInt32)] = []
        for (record, logIndex) in zip(records, accepted.logIndexes) {
            places.append((record, logIndex == accepted.newIndex ? .recorded : .known, logIndex))
        }
        return try await outcome(submission, places, accepted.openings)
    }

    private func outcome(
        _ submission: RecordID, _ places: [(RecordID, SubmissionOutcome.Status, UInt32)],
        _ openings: [UInt32: LeafOpening]
    ) async throws(Problem) -> SubmissionOutcome {
        let indexes = openings.keys.sorted()
        await sequencer.log.untilPublished(size: UInt64(indexes.last ?? 0) + 1)
        let prover = LogProver(latest: sequencer.log.latest, tile: tile)
        var receipts: [String] = []
        for index in indexes {
            guard let opening = openings[index] else { continue }
            receipts.append(try await prover.receipt(of: index, opening))
        }
        let lines = places.map { id, status, index in
            SubmissionOutcome.Line(recordID: id, status: status, receipt: indexes.firstIndex(of: index) ?? 0)
        }
        return SubmissionOutcome(submission: submission, lines: lines, receipts: receipts)
    }

    /// A full tile, from the reader where there is one, else through the sequencer.
    func tile(_ address: TileAddress) async throws(Problem) -> Tile? {
        if let tile = try? tiles(address) { return tile }
        return try await sequencer.performBetweenBatches { writer throws(Problem) in try? writer.tile(address) }
    }
}

extension NodeExchange {
    /// The latest signed checkpoint's text.
    func latestCheckpoint() throws(Problem) -> String {
        guard let note = sequencer.log.latest.note else {
            throw Problem(.notFound, "No checkpoint has been signed yet.", hint: "Ask again in a second.")
        }
        return String(decoding: note.bytes, as: UTF8.self)
    }
}
