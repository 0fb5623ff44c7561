package import Exchange
package import ExchangeClient
internal import Identity
internal import Records
internal import Registry
internal import Sodium
package import Vocabulary

/// Carries the outbox's records to the node, in the order in which they were accepted, one submission at a time.
///
/// Every step is durable before the next one begins: a group is tokenised and signed, the signed bytes are stored,
/// then sent until the node's receipt is proven. A retry, also after a crash, sends the same bytes under the same id,
/// which the node answers with the receipt it gave first.
package actor Delivery {
    package struct Parts: Sendable {
        package var outbox: Outbox
        package var node: any Node
        package var tokeniser: TokenSource
        package var sealer: RequestSealer
        package var watch: RegistryWatch
        package var events: GatewayEvents
        package var consortium: String
        package var now: @Sendable () -> Instant
        package var newID: @Sendable () -> RecordID
    }

    /// What one step came to.
    package enum Step: Equatable, Sendable {
        case idle
        case delivered(Int)
        /// Records were refused or grouped anew; there may be more to do at once.
        case regrouped
        case waiting(until: Instant)
    }

    /// The node takes 4 MiB a submission; the rest is for what the estimate of a record does not see.
    private static let byteBudget = 3_500_000

    private let parts: Parts
    private let groupLimit: Int
    /// Below `groupLimit` while a submission is being divided.
    private var groupSize: Int
    private var backoff = Backoff()
    private var notBefore = Instant(milliseconds: .min)
    /// What keeps the queue from moving, for whoever asks after a queued record.
    package private(set) var obstacle: Problem?

    package init(_ parts: Parts, recordsPerSubmission: Int) {
        self.parts = parts
        (groupLimit, groupSize) = (recordsPerSubmission, recordsPerSubmission)
    }

    /// Delivers until nothing is left to do now.
    ///
    /// - Returns: when to try again; `nil` where nothing waits.
    package func drain() async -> Instant? {
        parts.events.queued(await parts.outbox.queuedCount)
        while !Task.isCancelled {
            switch await deliverNext() {
            case .idle: return nil
            case .waiting(let until): return until
            case .delivered, .regrouped: continue
            }
        }
        return nil
    }

    /// One submission, from the outbox to its receipt or to the reason why not.
    package func deliverNext() async -> Step {
        guard parts.now() >= notBefore else { return .waiting(until: notBefore) }
        do throws(Problem) {
            guard let submission = try await prepared() else { return .idle }
            return try await send(submission)
        } catch {
            return postpone(error, .retry(after: .zero))
        }
    }

    /// The submission that is open, or a new one of what is queued.
    private func prepared() async throws(Problem) -> OpenSubmission? {
        if let open = try await openSubmission() { return open }
        let limit = min(groupSize, parts.watch.chain.current.policy.limits.recordsPerSubmission)
        let (group, damaged) = try await parts.outbox.nextGroup(atMost: limit, byteBudget: Self.byteBudget)
        if damaged > 0 { parts.events.refused(damaged, Outbox.damagedRecord) }
        guard !group.isEmpty else { return nil }
        let consortium = parts.consortium
        let tokens = try await parts.tokeniser.tokens(
            for: group.flatMap(\.identifiers).map { $0.keyedInput(consortium) }, purpose: .furnish)
        let (id, madeAt) = (parts.newID(), parts.now())
        let request = try parts.sealer.submission(id, of: group, madeAt: madeAt, epoch: tokens.epoch) {
            (identifier: IdentifierInput) throws(Problem) in try tokens.token(of: identifier, consortium)
        }
        let records = group.map(\.recordID)
        try await parts.outbox.open(id, request, records: records, madeAt: madeAt)
        return OpenSubmission(id: id, request: request, records: records)
    }

    /// What was signed and cannot be read back is given up, and its records are grouped anew: the node recognises
    /// those that it took.
    private func openSubmission() async throws(Problem) -> OpenSubmission? {
        switch try await parts.outbox.openSubmission() {
        case .none: return nil
        case .some(.readable(let open)): return open
        case .some(.damaged(let id)):
            parts.events.submissionDamaged(id)
            try await parts.outbox.supersede(id, refused: [])
            return nil
        }
    }

    private func send(_ submission: OpenSubmission) async throws(Problem) -> Step {
        let outcome: SubmissionOutcome
        do throws(Problem) { outcome = try await parts.node.submit(submission.request) } catch {
            return try await refused(submission, error)
        }
        let proven = try await prove(outcome, submission)
        var delivered: [DeliveredRecord] = []
        var refused: [(RecordID, Problem)] = []
        for record in proven {
            if try await isProven(record) {
                delivered.append(DeliveredRecord(recordID: record.recordID, receipt: record.receiptText))
            } else {
                refused.append((record.recordID, Self.heldElsewhere))
            }
        }
        try await parts.outbox.settle(submission.id, delivered: delivered, refused: refused)
        backoff.succeeded()
        obstacle = nil
        groupSize = min(groupLimit, groupSize * 2)
        parts.events.delivered(delivered.count, submission.id)
        parts.events.queued(await parts.outbox.queuedCount)
        if !refused.isEmpty { parts.events.refused(refused.count, Self.heldElsewhere) }
        return .delivered(delivered.count)
    }

    /// The outcome against the log's key of the registry; a newer registry is looked for before it is disbelieved.
    private func prove(
        _ outcome: SubmissionOutcome, _ submission: OpenSubmission
    ) async throws(Problem) -> [ProvenRecord] {
        func verify() throws(Problem) -> [ProvenRecord] {
            try ReceiptVerifier(parts.watch.chain).verify(
                outcome, of: submission.request.envelope, submission: submission.id, records: submission.records)
        }
        let version = parts.watch.chain.current.number
        do throws(Problem) { return try verify() } catch {
            guard await parts.watch.look(beyond: version) else { throw error }
            return try verify()
        }
    }

    /// A record that the node knew before is believed if the earlier envelope is one of ours, with the record in it.
    private func isProven(_ record: ProvenRecord) async throws(Problem) -> Bool {
        if record.isOfThisEnvelope { return true }
        return try await parts.outbox.holds(record.opening, with: record.recordID)
    }

    private func refused(_ submission: OpenSubmission, _ problem: Problem) async throws(Problem) -> Step {
        backoff.failed()
        let verdict = DeliveryVerdict(problem, count: submission.records.count, delay: backoff.delay)
        switch verdict {
        case .refuse(let index):
            try await parts.outbox.supersede(
                submission.id, refused: [(submission.records[index], problem.ofOneRecord)])
            parts.events.refused(1, problem)
            backoff.succeeded()
            return .regrouped
        case .divide:
            groupSize = max(1, submission.records.count / 2)
            try await parts.outbox.supersede(submission.id, refused: [])
            backoff.succeeded()
            return .regrouped
        case .signAnew(let after):
            try await parts.outbox.supersede(submission.id, refused: [])
            return postpone(problem, .retry(after: after))
        case .retokenise:
            _ = await parts.watch.look()
            try await parts.outbox.supersede(submission.id, refused: [])
            // At once if the registry tells of the new epoch; later if the node is ahead of all other sources.
            guard parts.watch.chain.current.tokenEpoch == submission.request.epoch else { return .regrouped }
            return postpone(problem, .retry(after: backoff.delay))
        case .retry:
            // The registry may tell what became of the key before the node's operator does.
            if problem.code == .unknownKey || problem.code == .unknownMember { await parts.watch.look() }
            return postpone(problem, verdict)
        }
    }

    private func postpone(_ problem: Problem, _ verdict: DeliveryVerdict) -> Step {
        if case .retry(.zero) = verdict { backoff.failed() }
        var delay = backoff.delay
        if case .retry(let after) = verdict { delay = max(delay, after) }
        if problem.code == .budgetExhausted { delay = max(delay, DeliveryVerdict.budgetDelay) }
        notBefore = parts.now().adding(seconds: delay.components.seconds)
        obstacle = problem
        parts.events.postponed(problem, delay)
        return .waiting(until: notBefore)
    }

    private static let heldElsewhere = Problem(
        .verificationFailed, "The node has this record in an envelope that this gateway does not hold.",
        hint: "Restore the outbox from its backup; the record was furnished before the outbox was lost.")
}

extension Problem {
    /// The refusal as the record's own: `records[3].eventTime` is `eventTime`.
    var ofOneRecord: Problem { ofOne(of: "records") }

    /// The refusal as that of one element of a list.
    func ofOne(of list: String) -> Problem {
        guard let path, let end = path.firstIndex(of: "]"), path.hasPrefix(list + "[") else { return self }
        let rest = path[path.index(after: end)...].drop { $0 == "." }
        return Problem(code, detail, hint: hint, path: rest.isEmpty ? nil : String(rest))
    }
}
