package import Lending
package import Records
internal import Registry
package import Vocabulary

/// What the node returns to a check: findings without anybody's name, token or identifier (DOMAIN §5).
package struct Answer: Sendable {
    /// Five different answers where others say "nothing", and `found`.
    package enum Status: String, Sendable, CaseIterable {
        case found, noRecord, notEnoughIdentifiers
        case notEntitled, wrongPurpose, unavailable
    }

    package let head: AnswerHead
    package let body: AnswerBody
}

/// What all answers to one request have in common.
package struct AnswerHead: Sendable {
    package let consortium: String
    package let member: MemberID
    package let purpose: Purpose
    package let mode: CheckMode
    package let computedAt: Instant
    /// The log that the answer's checkpoint is of.
    package let origin: String
    /// The latest checkpoint published when the answer was made; what is newer is marked so.
    package let checkpoint: PublishedCheckpoint
    /// How many entries the log held that the answer was made from.
    package let knownSize: UInt32
    package let registryVersion: Int
    package let policyVersion: UInt32
    let disclosure: Disclosure

    init(_ asking: Asking, purpose: Purpose, mode: CheckMode, computedAt: Instant) {
        let version = asking.rules.version
        (consortium, member) = (version.consortium, asking.asker)
        (self.purpose, self.mode, self.computedAt) = (purpose, mode, computedAt)
        (origin, checkpoint, knownSize) = (version.log.origin, asking.checkpoint, asking.view.size)
        (registryVersion, policyVersion) = (version.number, version.policy.version)
        disclosure = asking.disclosure
    }
}

/// A checkpoint by size and root, as an answer names it.
package struct PublishedCheckpoint: Hashable, Sendable {
    package let size: UInt64
    package let root: Hash

    package init(size: UInt64, root: Hash) { (self.size, self.root) = (size, root) }
}

/// What answers are made from: the log's first entries, a checkpoint, a time.
package struct AnswerMoment: Sendable {
    /// How many entries the log held.
    package let size: UInt32
    let checkpoint: PublishedCheckpoint
    let now: Instant
}

/// What one question is answered with.
package struct AnswerBody: Sendable {
    /// The statistics asked for, with what is computed from the same events.
    package struct Statistics: Sendable {
        package let profile: Profile
        /// In the order of the profile's cells, before disclosure.
        package let values: CellValues
        package let score: Score
        package let findings: [LendingFinding]
        package let hasEvents: Bool
        package let isUnpublished: Bool
    }

    package let check: RecordID
    /// The hash of the check's signed envelope: which question, word for word, this answers; `nil` in a batch.
    package let checkHash: Hash?
    package let commitments: [Commitment]
    package let asOf: AsOf?
    package var status: Answer.Status
    package var signals: [Signal] = []
    /// The statements that the signals stand for, other members' alone.
    package var told: [InquiryFacts.ToldStatement] = []
    package var statistics: Statistics?
    package var sharing: [Sharing] = []
    package var network: Network?
    package var duplicates: [IdentityFinding] = []
    package var isTruncated = false
    /// Whether anything that stood at the past moment asked about has lawfully expired since, and so is left out.
    package var hasExpiredSince = false

    init(_ check: VerifiedCheck, status: Answer.Status) {
        (self.check, checkHash, commitments) = (check.check.check, check.checkHash, check.commitments)
        (asOf, self.status) = (check.check.asOf, status)
    }
}

extension Exchange {
    /// Makes the answer from what is stored; the check's own inquiry is not in it.
    ///
    /// - Parameters:
    ///   - rules: of the current registry version, or, for a question about the past, of the one then.
    ///   - current: of the current version, whose retention counts for answers about the past too.
    package func answer(
        _ check: VerifiedCheck, by rules: AnswerRules, current: AnswerRules? = nil, checkpoint: PublishedCheckpoint,
        now: Instant
    ) -> Answer {
        let moment = moment(checkpoint: checkpoint, now: now)
        let asking = asking(check.check.asOf, by: rules, current ?? rules, asker: check.member, at: moment)
        let head = AnswerHead(asking, purpose: check.check.purpose, mode: check.check.mode, computedAt: now)
        return Answer(head: head, body: asking.answer(check))
    }

    /// The answers to some checks of a batch, each as the single check would be answered at the batch's moment: what
    /// has been taken up since, the batch's own inquiries among it, is not in them.
    ///
    /// - Parameter rules: of the registry version that answers a question about a past moment; `nil` for the present.
    package func answers(
        _ checks: ArraySlice<VerifiedCheck>, of batch: VerifiedBatch, at moment: AnswerMoment,
        rules: (AsOf?) -> AnswerRules
    ) -> (head: AnswerHead, bodies: [AnswerBody]) {
        let current = rules(nil)
        let present = asking(nil, by: current, current, asker: batch.member, at: moment)
        let bodies = checks.map { check in
            guard let asOf = check.check.asOf else { return present.answer(check) }
            return asking(asOf, by: rules(asOf), current, asker: batch.member, at: moment).answer(check)
        }
        return (AnswerHead(present, purpose: batch.purpose, mode: batch.mode, computedAt: moment.now), bodies)
    }

    /// This moment, for answers that are made in several steps.
    package func moment(checkpoint: PublishedCheckpoint, now: Instant) -> AnswerMoment {
        AnswerMoment(size: UInt32(ledger.entries.count), checkpoint: checkpoint, now: now)
    }

    /// The registry version whose rules answer a question about a past moment; `nil` for the current one.
    package func registryVersion(for asOf: AsOf?) -> Int? {
        guard let asOf, asOf.basis == .received else { return nil }
        let version = ledger.registryVersion(at: size(for: asOf))
        return version == 0 ? nil : Int(version)
    }

    private func size(for asOf: AsOf) -> UInt32 {
        // A size decides among the entries of one instant, and of no other: knowledge and time go together.
        let known = ledger.entryCount(at: asOf.instant)
        guard let size = asOf.size.map({ UInt32(clamping: $0) }) else { return known }
        let before = ledger.entryCount(at: Instant(milliseconds: asOf.instant.milliseconds - 1))
        return min(max(size, before), known)
    }

    private func asking(
        _ asOf: AsOf?, by rules: AnswerRules, _ current: AnswerRules, asker: MemberID, at moment: AnswerMoment
    ) -> Asking {
        let view =
            switch asOf?.basis {
            case nil: LedgerView(ledger, size: moment.size)
            case .received: LedgerView(ledger, size: min(moment.size, asOf.map(size(for:)) ?? moment.size))
            case .events: LedgerView(ledger, size: moment.size, latestEvent: asOf?.instant ?? moment.now)
            }
        return Asking(
            self, rules: rules, asker: asker, view: view, checkpoint: moment.checkpoint,
            now: asOf?.instant ?? moment.now,
            present: asOf == nil ? nil : Present(policy: current.policy, now: moment.now))
    }
}
