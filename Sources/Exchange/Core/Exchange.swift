internal import Records
package import Registry
package import Sodium
package import Vocabulary

/// The node's rules, without HTTP, database, clock or randomness: what a whole consortium can be run from.
///
/// It is given instants, verified requests and the registry, and returns facts to store and answers to sign. Whoever
/// drives it makes the facts durable before anything of them leaves the process, and drops the value where that fails:
/// the stored entries, replayed into a new one, are the truth.
package struct Exchange: Sendable {
    package private(set) var ledger = Ledger()
    let references: SignalReferences

    /// - Parameter references: the secret under which signals are given opaque names.
    package init(references: KeyedHash) { self.references = SignalReferences(secret: references) }

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
        ledger.entries.number(of: key).map { ledger.entryLogIndex[Int($0)] }
    }

    package func logIndex(ofRecord key: LookupKey) -> UInt32? {
        ledger.records.number(of: key).map { ledger.rows[Int($0)].logIndex }
    }

    /// Decides on a submission without changing anything.
    package func admit(
        _ submission: VerifiedSubmission, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> Admitted {
        var plan = SubmissionPlan(ledger: ledger, references: references, policy: chain.current.policy, now: now)
        for record in submission.records {
            if let known = try plan.known(record) {
                plan.note(knownAt: known)
            } else {
                guard submission.epoch == chain.current.tokenEpoch else {
                    throw Problem.wrongEpoch(submission.epoch, chain)
                }
                try plan.add(record, of: submission.member)
            }
        }
        let entry = plan.records.isEmpty ? nil : EntryFacts(
            member: submission.member, key: submission.key, receivedAt: now, signedBy: submission.payload.keyID,
            base: ledger.size, newIdentifiers: plan.newIdentifiers, records: plan.records)
        return Admitted(entry: entry, knownAt: plan.knownAt, newTokens: plan.newTokens)
    }

    /// Decides on the inquiry that a hard check leaves; `nil` where the same check left it before.
    ///
    /// - Throws: `recordConflict` where the id was used for another check or for a record.
    package func inquiry(
        of check: VerifiedCheck, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> Admitted? {
        var plan = SubmissionPlan(ledger: ledger, references: references, policy: chain.current.policy, now: now)
        guard try !plan.isKnown(check) else { return nil }
        plan.addInquiry(check)
        let entry = EntryFacts(
            member: check.member, key: check.key, receivedAt: now, signedBy: check.payload.keyID, base: ledger.size,
            newIdentifiers: plan.newIdentifiers, records: plan.records)
        return Admitted(entry: entry, knownAt: [], newTokens: plan.newTokens)
    }

    /// The facts of an entry that changes nothing but the log: a registry version, a batch of answers.
    package func entry(
        _ key: LookupKey, signedBy: KeyID, at now: Instant, registryVersion: UInt32 = 0
    ) -> EntryFacts {
        EntryFacts(
            member: nil, key: key, receivedAt: now, signedBy: signedBy, base: ledger.size,
            registryVersion: registryVersion)
    }

    /// Takes up an entry: one just admitted, or a stored one in a replay.
    package mutating func apply(_ entry: EntryFacts, logIndex: UInt32) throws(DecodingFailure) {
        try ledger.apply(entry, logIndex: logIndex)
    }
}

extension Problem {
    static func wrongEpoch(_ epoch: KeyEpoch, _ chain: RegistryChain) -> Problem {
        Problem(
            .wrongEpoch, "The tokens are of epoch \(epoch); the consortium is in epoch \(chain.current.tokenEpoch).",
            hint: "Fetch the registry and tokenise again.", path: "epoch")
    }
}
