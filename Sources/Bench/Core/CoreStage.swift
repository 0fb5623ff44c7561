package import Exchange
package import Records
internal import Registry
internal import Sodium
package import Vocabulary

/// A consortium around the bare core: no HTTP, no database and no tokens, for measuring and checking what it answers.
///
/// Everything that a node does below intake happens as there; whoever drives it is the clock.
package struct CoreStage {
    package private(set) var exchange: Exchange
    package let rules: AnswerRules
    /// How many entries the log would hold.
    package private(set) var entryCount: UInt32 = 0
    private var requests: [MemberID: VerifiedRequest] = [:]

    /// - Parameters:
    ///   - members: by name, each of one of the policy's classes.
    ///   - now: from when all of them are members.
    package init(
        members: [(id: MemberID, memberClass: ListedName)], policy: Policy, now: Instant
    ) throws(Problem) {
        let sample = try SampleConsortium.make(members: 1, now: now, policy: policy)
        var version = sample.chain.current
        let keys = members.map { _ in SigningKey.generate() }
        version.members = zip(members, keys).map { member, key in
            Member(
                id: member.id, memberClass: member.memberClass,
                keys: [MemberKey(publicKey: key.publicKey, validFrom: now)], admittedAt: now)
        }
        var draft = try DraftVersion(founding: version)
        for admin in sample.admins { try draft.sign(with: admin.key, following: nil) }
        let chain: RegistryChain
        do throws(RegistryFailure) { chain = try draft.publish(following: nil, now: now) } catch {
            throw Problem(error)
        }
        rules = try AnswerRules(chain)
        // The right length is the only thing that it refuses.
        let secrets = (0..<2).map { _ in try! KeyedHash(key: .random(count: KeyedHash.keyByteCount)) }
        exchange = Exchange(references: secrets[0], rings: secrets[1])
        for (member, key) in zip(members, keys) { requests[member.id] = try Self.request(signedBy: key) }
    }

    /// One signed envelope a member: the core never looks into it.
    private static func request(signedBy key: SigningKey) throws(Problem) -> VerifiedRequest {
        let envelope = Envelope.sign(payloadType: .submission, payload: Array("{}".utf8), key: key)
        do throws(EnvelopeFailure) {
            return VerifiedRequest(envelope, try envelope.verify(by: key.publicKey, expecting: .submission))
        } catch { throw Problem(error) }
    }

    package var policy: Policy { rules.chain.current.policy }
    package var consortium: String { rules.chain.current.consortium }
    package var members: [MemberID] { rules.chain.current.members.map(\.id) }

    /// Everything so far counts as published.
    private var checkpoint: PublishedCheckpoint { PublishedCheckpoint(size: UInt64(entryCount), root: Hash(Bytes32())) }

    package func activeMembers(at now: Instant) -> [MemberID] {
        rules.chain.current.activeMembers(at: now).map(\.id)
    }

    // MARK: What members do

    /// - Parameter id: of the submission.
    package mutating func furnish(
        _ records: [Record<IndexedIdentifier>], as id: RecordID, by member: MemberID, at now: Instant
    ) throws(Problem) {
        let verified = records.enumerated().map { position, record in
            VerifiedRecord(record, position: position, of: member, policy: policy, now: now)
        }
        let submission = VerifiedSubmission(
            id, of: verified, by: member, epoch: rules.chain.current.tokenEpoch, request: try request(of: member))
        try take(try exchange.admit(submission, by: rules, now: now))
    }

    /// A check as it is answered; a hard one leaves its inquiry.
    @discardableResult
    package mutating func put(_ check: Check<IndexedIdentifier>, at now: Instant) throws(Problem) -> Answer {
        let verified = VerifiedCheck(check, request: try request(of: check.member))
        let answer = exchange.answer(verified, by: rules, checkpoint: checkpoint, now: now)
        if check.mode == .hard {
            try take(try exchange.inquiry(of: verified, answered: answer.body, by: rules, now: now))
        }
        return answer
    }

    /// A check that leaves nothing.
    package func ask(_ check: VerifiedCheck, at now: Instant) -> Answer {
        exchange.answer(check, by: rules, checkpoint: checkpoint, now: now)
    }

    package func verified(_ check: Check<IndexedIdentifier>) throws(Problem) -> VerifiedCheck {
        VerifiedCheck(check, request: try request(of: check.member))
    }

    private func request(of member: MemberID) throws(Problem) -> VerifiedRequest {
        guard let request = requests[member] else {
            throw Problem(.notFound, "There is no member \(member.name) in this consortium.")
        }
        return request
    }

    private mutating func take(_ admitted: Exchange.Admitted?) throws(Problem) {
        guard let entry = admitted?.entry else { return }
        do throws(DecodingFailure) { _ = try exchange.take(entry, by: rules, logIndex: entryCount) } catch {
            throw Problem(.internalError, "The core does not take up what it admitted: \(error).")
        }
        entryCount += 1
    }
}
