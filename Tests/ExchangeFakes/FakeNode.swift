package import Exchange
package import Records
package import Registry
package import Sodium
internal import Synchronization
internal import TransparencyLog
package import Vocabulary

/// A node with real signatures and a real log, and no rules of its own, that behaves as a test tells it to.
package final class FakeNode: Node {
    package enum Lie: Sendable, Hashable, CaseIterable {
        // About answers.
        case answerSignedByAnotherKey, answerToAnotherCheck, answerForOtherTokens, answerForAnotherMember
        case answerComputedLongAgo, answerOfAnotherType
        case answerOfAnotherConsortium, answerToAnotherWording, answerOfAnotherLog
        // About batches.
        case answerToAnotherBatch, answersSwapped, answerLeftOut, answerTooMany
        // About reservations.
        case answerToAnotherReservation, heldAlthoughReleased, heldAlthoughExpired
        // About notices.
        case noticesFromAnotherCursor, noticesOutOfOrder, noticeTwice, noticeBeforeCursor, cursorBeforeLastNotice
        case moreWithoutProgress, moreNoticesThanAsked, noticeFromTheFuture, noticeAboutNothing, changeWithoutCorrection
        // About submissions.
        case receiptForAnotherEnvelope, receiptOfAnotherLog, receiptForAnotherLeaf, recordLeftOut, recordTwice
        case outcomeOfAnotherSubmission, knownFromNowhere, receiptIsNoise
    }

    package struct State {
        package var lie: Lie?
        /// Signs answers in place of the sample's answer key.
        package var newAnswerKey: SigningKey?
        /// Thrown by the next requests, one each.
        package var failures: [Problem] = []
        /// Thrown after the next submissions were taken, one each: the answer is lost on its way.
        package var lost: [Problem] = []
        package var registry: [UInt8]
        /// What arrived, in order, also if it was refused.
        package var submissions: [SealedRequest] = []
        package var checks: [SealedRequest] = []
        /// The values of a profile of statistics; none until a test gives them.
        package var values: @Sendable (_ profile: String) -> [JSON] = { _ in [] }
        /// What answers say in place of their members of the same name.
        package var told: [String: JSON] = [:]
        package var batches: [SealedRequest] = []
        package var reservations: [RecordID: HeldReservation] = [:]
        /// What the member is told, by sequence number from 1 on.
        package var notices: [JSON] = []
        /// The cursor told with lists of notices; otherwise that of the last one in the list.
        package var cursor: UInt64?
        package var acknowledged: UInt64 = 0
        package var watches: Set<RecordID> = []
        /// Refuses watches on these loans.
        package var unknownLoans: Set<OpaqueReference> = []
        /// The tokens of every record taken.
        package var records: [RecordID: [Bytes32]] = [:]
        /// Ids of records in the order in which they were taken.
        package var order: [RecordID] = []
        var receipts: [RecordID: String] = [:]
        var outcomes: [RecordID: SubmissionOutcome] = [:]
        var log: FakeLog
        /// Refuses the record with this id.
        package var unwanted: [RecordID: Problem] = [:]
    }

    let id: MemberID
    let consortium: String
    let origin: String
    let now: @Sendable () -> Instant
    private let member: PublicKey
    private let answerKey: SigningKey
    private let state: Mutex<State>

    package init(
        _ sample: SampleConsortium, member: MemberID, now: @escaping @Sendable () -> Instant
    ) throws {
        guard let key = sample.key(of: member) else { throw Problem(.unknownMember, "No such member in the sample.") }
        (self.member, answerKey, self.now) = (key.publicKey, sample.answerKey, now)
        (id, consortium, origin) = (member, sample.chain.current.consortium, sample.chain.current.log.origin)
        state = Mutex(
            State(
                registry: sample.chain.json.bytes,
                log: try FakeLog(origin: origin, key: sample.logKey)))
    }

    package func with<Result: Sendable>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }

    package func registry() async throws(Problem) -> [UInt8] { with { $0.registry } }

    package func checkpoint() async throws(Problem) -> String {
        with { String(decoding: $0.log.checkpoint.bytes, as: UTF8.self) }
    }

    package func receipt(of submission: RecordID) async throws(Problem) -> SubmissionOutcome {
        guard let outcome = with({ $0.outcomes[submission] }) else { throw Problem(.unknownRecord, "Not known.") }
        return outcome
    }

    package func submit(_ request: SealedRequest) async throws(Problem) -> SubmissionOutcome {
        if let failure = with({ state in
            state.submissions.append(request)
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }) { throw failure }
        let payload = try verified(request, .submission)
        guard let submission = try? Submission(payload), let opened = try? submission.opened(with: request.openings)
        else { throw Problem(.wrongCommitment, "The openings do not fit.") }
        let result = with { state -> Result<SubmissionOutcome, Problem> in
            take(submission, opened, request.envelope, &state)
        }
        if let lost = with({ $0.lost.isEmpty ? nil : $0.lost.removeFirst() }) { throw lost }
        return try result.get()
    }

    package func check(_ request: SealedRequest) async throws(Problem) -> Envelope {
        if let failure = with({ state in
            state.checks.append(request)
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }) { throw failure }
        let payload = try verified(request, .check)
        guard let check = try? Check<CommittedIdentifier>(payload), (try? check.opened(with: request.openings)) != nil
        else { throw Problem(.wrongCommitment, "The openings do not fit.") }
        return answer(to: check, asked: request.envelope)
    }

    func verified(_ request: SealedRequest, _ type: PayloadType) throws(Problem) -> VerifiedPayload {
        guard let payload = try? request.envelope.verify(by: member, expecting: type) else {
            throw Problem(.badSignature, "The envelope's signature does not hold.")
        }
        return payload
    }

    private func answer(to check: Check<CommittedIdentifier>, asked: Envelope) -> Envelope {
        let lie = with { $0.lie }
        let checkHash = lie == .answerToAnotherWording ? Hash(SystemRandom.bytes32()) : asked.hash
        let members: [JSON.Member] = [
            JSON.Member("checkHash", .string(checkHash.value.base64)),
            JSON.Member("purpose", .string(check.purpose.rawValue)), JSON.Member("mode", .string(check.mode.name)),
            JSON.Member("policyVersion", 1),
        ]
        return word(.answer, members + body(of: check, lie))
    }

    /// What an answer says of one check.
    func body(of check: Check<CommittedIdentifier>, _ lie: Lie?) -> [JSON.Member] {
        let commitments = check.subject.identifiers.map(\.commitment.base64)
        let profile = check.profile ?? "summary"
        let (values, told) = with { ($0.values(profile), $0.told) }
        let body = JSON.object([
            "check": .string(lie == .answerToAnotherCheck ? RecordID(high: 1, low: 2).description : "\(check.check)"),
            "tokensAsked": .strings(lie == .answerForOtherTokens ? commitments.dropLast() : commitments),
            "status": "noRecord", "signals": [],
            "statistics": .object([
                "profile": .string(profile), "catalogue": 1, "values": .array(values),
                "newerThanCheckpoint": false,
            ]),
            "score": .null, "findings": [], "linkage": [], "truncated": false, "addedLater": "ignored",
        ])
        return (body.members ?? []).map { JSON.Member($0.name, told[$0.name] ?? $0.value) }
    }

    /// A document signed by the node, with what all of them say.
    func word(_ type: PayloadType, _ members: [JSON.Member]) -> Envelope {
        let (lie, key) = with { ($0.lie, $0.newAnswerKey ?? answerKey) }
        let head = JSON.object([
            "consortium": .string(lie == .answerOfAnotherConsortium ? "elsewhere" : consortium),
            "member": .string(lie == .answerForAnotherMember ? "other-bank" : id.name),
            "computedAt": .string(now().adding(seconds: lie == .answerComputedLongAgo ? -3600 : 0).description),
            "checkpoint": .object([
                "origin": .string(lie == .answerOfAnotherLog ? "counterfoil.invalid/other" : origin), "size": 0,
                "root": .string(MerkleHash.emptyRoot.value.base64),
            ]),
            "knownSize": 0, "registryVersion": 1,
        ])
        return Envelope.sign(
            payloadType: lie == .answerOfAnotherType ? .submission : type,
            payload: JSON.object((head.members ?? []) + members).bytes,
            key: lie == .answerSignedByAnotherKey ? .generate() : key)
    }
}

// Submissions.
extension FakeNode {
    private func take(
        _ submission: Submission, _ opened: [Record<OpenedIdentifier>], _ envelope: Envelope, _ state: inout State
    ) -> Result<SubmissionOutcome, Problem> {
        if let known = state.outcomes[submission.submission] { return .success(known) }
        for (index, record) in opened.enumerated() {
            if let problem = state.unwanted[record.recordID] {
                let path = problem.path.map { $0.isEmpty ? nil : "records[\(index)].\($0)" } ?? nil
                return .failure(Problem(problem.code, problem.detail, hint: problem.hint, path: path))
            }
        }
        let opening = opening(of: envelope, lie: state.lie)
        let receipt = self.receipt(opening, &state)
        var receipts: [String] = []
        var lines: [SubmissionOutcome.Line] = []
        for record in opened {
            let known = state.receipts[record.recordID]
            let text = known ?? receipt
            if known == nil {
                state.receipts[record.recordID] = receipt
                state.records[record.recordID] = record.subjects.flatMap(\.identifiers).map(\.token)
                state.order.append(record.recordID)
            }
            if !receipts.contains(text) { receipts.append(text) }
            let isKnown = known != nil || state.lie == .knownFromNowhere
            lines.append(
                SubmissionOutcome.Line(
                    recordID: record.recordID, status: isKnown ? .known : .recorded,
                    receipt: receipts.firstIndex(of: text) ?? 0))
        }
        if state.lie == .recordLeftOut { lines.removeLast() }
        if state.lie == .recordTwice { lines.append(lines[0]) }
        let id = state.lie == .outcomeOfAnotherSubmission ? RecordID(high: 1, low: 1) : submission.submission
        let outcome = SubmissionOutcome(submission: id, lines: lines, receipts: receipts)
        if state.lie == nil { state.outcomes[submission.submission] = outcome }
        if state.lie != nil { for record in opened { state.receipts[record.recordID] = nil } }
        return .success(outcome)
    }

    private func opening(of envelope: Envelope, lie: Lie?) -> LeafOpening {
        let isOther = lie == .receiptForAnotherEnvelope || lie == .knownFromNowhere
        return LeafOpening(
            random: SystemRandom.bytes32(),
            envelopeHash: isOther ? Hash(SystemRandom.bytes32()) : envelope.hash,
            keyID: envelope.signatures[0].keyID, signature: envelope.signatures[0].signature)
    }

    private func receipt(_ opening: LeafOpening, _ state: inout State) -> String {
        switch state.lie {
        case .receiptIsNoise: return "noise"
        case .receiptOfAnotherLog:
            let log = try? FakeLog(origin: "counterfoil.invalid/demo", key: .generate())
            guard var log else { return "noise" }
            return log.append(opening).text
        case .receiptForAnotherLeaf:
            let other = LeafOpening(
                random: SystemRandom.bytes32(), envelopeHash: opening.envelopeHash, keyID: opening.keyID,
                signature: opening.signature)
            let receipt = state.log.append(other)
            return Receipt(
                opening: opening, index: receipt.index, path: receipt.path, checkpoint: receipt.checkpoint).text
        default: return state.log.append(opening).text
        }
    }
}
