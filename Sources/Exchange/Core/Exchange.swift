internal import Records
internal import Registry
package import Sodium
package import Vocabulary

/// The node's rules, without HTTP, database, clock or randomness: what a whole consortium can be run from.
///
/// It is given instants, verified requests and the registry, and returns facts to store and answers to sign. Whoever
/// drives it makes the facts durable before anything of them leaves the process, and drops the value where that fails:
/// the stored entries, replayed into a new one, are the truth.
package struct Exchange: Sendable {
    package private(set) var ledger = Ledger()
    /// `nil` while stored entries are replayed: the graph is built from all of them at once.
    var linkage: LinkageProjection?
    let references: SignalReferences
    let ringNames: RingNames

    /// - Parameters:
    ///   - references: the secret under which signals are given opaque names.
    ///   - rings: the secret under which rings are.
    package init(references: KeyedHash, rings: KeyedHash) {
        (self.references, ringNames) = (SignalReferences(secret: references), RingNames(secret: rings))
    }

    /// What an admitted submission changes, and what to tell the member of each record.
    package struct Admitted: Sendable {
        /// `nil` where every record was known.
        package let entry: EntryFacts?
        /// In the order of the submission: the log index of a record known before, or `nil` for one of this entry.
        package let knownAt: [UInt32?]
        /// Tokens of the identifiers first met, 32 bytes each, in the order of their numbers.
        package let newTokens: [UInt8]

        package init(entry: EntryFacts?, knownAt: [UInt32?], newTokens: [UInt8]) {
            (self.entry, self.knownAt, self.newTokens) = (entry, knownAt, newTokens)
        }
    }

    /// Where the submission with this key stands in the log, if it was accepted before.
    package func logIndex(ofEntry key: LookupKey) -> UInt32? {
        ledger.entries.number(of: key)
    }

    package func logIndex(ofRecord key: LookupKey) -> UInt32? {
        ledger.records.number(of: key).map { ledger.rows[Int($0)].logIndex }
    }

    /// Decides on a submission, and on who is to be told of it, without changing anything.
    ///
    /// - Parameter now: never earlier than an instant at which notices were served, or a member's cursor may pass a
    ///   notice that is released at once.
    package func admit(
        _ submission: VerifiedSubmission, by rules: AnswerRules, now: Instant
    ) throws(Problem) -> Admitted {
        var plan = plan(by: rules, now: now)
        for record in submission.records {
            if let known = try plan.known(record) {
                plan.note(knownAt: known)
            } else {
                guard submission.epoch == rules.version.tokenEpoch else {
                    throw Problem.wrongEpoch(submission.epoch, rules.chain)
                }
                try plan.add(record, of: submission.member)
            }
        }
        return admitted(plan, key: submission.key, submission.member, submission.payload.keyID, rules, now)
    }

    /// Decides on the inquiry that a hard check leaves; `nil` where the same check left it before.
    ///
    /// - Throws: `recordConflict` where the id was used for another check or for a record.
    package func inquiry(
        of check: VerifiedCheck, answered: AnswerBody, by rules: AnswerRules, now: Instant
    ) throws(Problem) -> Admitted? {
        var plan = plan(by: rules, now: now)
        guard try !plan.isKnown(check) else { return nil }
        plan.addInquiry(check, answered: answered)
        return admitted(plan, key: check.key, check.member, check.payload.keyID, rules, now)
    }

    /// Decides on the inquiries that a hard batch leaves, in one entry; `nil` where it left them all before.
    ///
    /// - Parameters:
    ///   - answered: in the order of the batch's checks.
    ///   - since: the log's size at the moment of the answers, where entries may have come after it: what they told
    ///     others of the same persons is told with the inquiries.
    /// - Throws: `recordConflict` where an id, of a check or of the batch, was used for something else.
    package func inquiries(
        of batch: VerifiedBatch, answered: [AnswerBody], by rules: AnswerRules, now: Instant, since: UInt32? = nil
    ) throws(Problem) -> Admitted? {
        precondition(answered.count == batch.checks.count, "A batch has an answer for every check.")
        var plan = plan(by: rules, now: now)
        let news = since.flatMap { size in
            size < ledger.entries.count
                ? BatchNews(self, rules: rules, asker: batch.member, since: size, now: now) : nil
        }
        var missed: [NoticeFacts] = []
        for (check, body) in zip(batch.checks, answered) where try !plan.isKnown(check) {
            let inquiry = UInt32(ledger.cases.count + plan.records.count)
            missed += news?.notices(of: check, answered: body, inquiry: inquiry) ?? []
            plan.addInquiry(check, answered: body)
        }
        guard !plan.records.isEmpty else { return nil }
        guard ledger.entries.number(of: batch.key) == nil else {
            throw Problem(
                .recordConflict, "This batch id was used for other checks.", hint: "Ask under a new id.",
                path: "batch")
        }
        let admitted = admitted(plan, key: batch.key, batch.member, batch.payload.keyID, rules, now)
        guard !missed.isEmpty, var entry = admitted.entry else { return admitted }
        entry.notices += missed
        return Admitted(entry: entry, knownAt: admitted.knownAt, newTokens: admitted.newTokens)
    }

    func plan(by rules: AnswerRules, now: Instant) -> SubmissionPlan {
        SubmissionPlan(ledger: ledger, references: references, policy: rules.policy, now: now)
    }

    /// The entry of a plan, with its notices; none where the plan adds nothing.
    func admitted(
        _ plan: SubmissionPlan, key: LookupKey, _ member: MemberID, _ signedBy: KeyID, _ rules: AnswerRules,
        _ now: Instant
    ) -> Admitted {
        guard !plan.records.isEmpty else { return Admitted(entry: nil, knownAt: plan.knownAt, newTokens: []) }
        var entry = EntryFacts(
            member: member, key: key, receivedAt: now, signedBy: signedBy, base: ledger.size,
            newIdentifiers: plan.newIdentifiers, records: plan.records)
        entry.notices = NoticePlan.notices(of: entry, in: self, rules: rules, now: now)
        return Admitted(entry: entry, knownAt: plan.knownAt, newTokens: plan.newTokens)
    }

    /// The facts of an entry that changes nothing but the log: a registry version, a batch of answers.
    package func entry(
        _ key: LookupKey, signedBy: KeyID, at now: Instant, registryVersion: UInt32 = 0
    ) -> EntryFacts {
        EntryFacts(
            member: nil, key: key, receivedAt: now, signedBy: signedBy, base: ledger.size,
            registryVersion: registryVersion)
    }

    /// Takes up a stored entry in a replay.
    package mutating func apply(_ entry: EntryFacts, logIndex: UInt32) throws(DecodingFailure) {
        try ledger.apply(entry, logIndex: logIndex)
        linkage = nil
    }

    /// Takes up an entry that was just admitted. - Returns: the entry as it is to be stored, with what became of rings.
    package mutating func take(
        _ entry: EntryFacts, by rules: AnswerRules, logIndex: UInt32
    ) throws(DecodingFailure) -> EntryFacts {
        link(by: rules)
        try ledger.apply(entry, logIndex: logIndex)
        var stored = entry
        stored.linkage = linkage?.follow(entry, in: ledger, rules: rules.linkage) ?? []
        ledger.note(stored.linkage, logIndex: logIndex)
        return stored
    }

    /// Builds the graph where a replay left none.
    package mutating func link(by rules: AnswerRules) {
        if linkage == nil { linkage = LinkageProjection(ledger, rules: rules.linkage) }
    }
}

extension Problem {
    static func wrongEpoch(_ epoch: KeyEpoch, _ chain: RegistryChain) -> Problem {
        Problem(
            .wrongEpoch, "The tokens are of epoch \(epoch); the consortium is in epoch \(chain.current.tokenEpoch).",
            hint: "Fetch the registry and tokenise again.", path: "epoch")
    }
}
