internal import Exchange
internal import Records
internal import Registry
internal import Store
internal import TransparencyLog
internal import Vocabulary

// What requests ask of the writer, each within the batch in the making.
extension Writer {
    /// Where a submission's records stand in the log.
    struct Accepted: Sendable {
        /// The submission's own entry, where any of its records was new.
        var newIndex: UInt32?
        /// By record.
        var logIndexes: [UInt32]
        /// How the leaves open that the receipts are for.
        var openings: [UInt32: LeafOpening]
    }

    func accept(_ submission: VerifiedSubmission, by rules: AnswerRules) throws(Problem) -> Accepted {
        if let index = exchange.logIndex(ofEntry: submission.key) {
            return try known(submission, at: index)
        }
        let admitted = try exchange.admit(submission, by: rules, now: now)
        var accepted = Accepted(newIndex: nil, logIndexes: [], openings: [:])
        for index in Set(admitted.knownAt.compactMap(\.self)) {
            accepted.openings[index] = try opening(at: index)
        }
        if let entry = admitted.entry {
            let salts = submission.openings.flatMap { $0.salt.bytes }
            let (index, opening) = add(
                entry, newTokens: admitted.newTokens, envelope: submission.envelope, payload: submission.payload,
                salts: salts)
            accepted.newIndex = index
            accepted.openings[index] = opening
        }
        accepted.logIndexes = admitted.knownAt.map { $0 ?? accepted.newIndex ?? 0 }
        return accepted
    }

    /// The same submission again: its stored receipt. Other content under its id is a conflict.
    private func known(_ submission: VerifiedSubmission, at index: UInt32) throws(Problem) -> Accepted {
        let opening = try opening(at: index)
        guard opening.envelopeHash == submission.payload.hash else {
            throw Problem(
                .recordConflict, "This submission id was used for another submission.",
                hint: "Send it under a new id; records that were furnished before are recognised.", path: "submission")
        }
        var accepted = Accepted(newIndex: index, logIndexes: [], openings: [index: opening])
        for record in submission.records {
            let logIndex = exchange.logIndex(ofRecord: record.key) ?? index
            if accepted.openings[logIndex] == nil { accepted.openings[logIndex] = try self.opening(at: logIndex) }
            accepted.logIndexes.append(logIndex)
        }
        return accepted
    }

    /// The stored evidence of a member's submission, to be read outside the queue.
    func evidence(ofSubmission id: RecordID, of member: MemberID) throws(Problem) -> (UInt32, StoredEvidence) {
        guard let logIndex = exchange.logIndex(ofEntry: .submission(id, of: member)) else {
            throw Problem(.notFound, "No submission of this member has this id.")
        }
        return (logIndex, try evidence(at: logIndex))
    }

    /// Where the records stand, and how the leaves open that are not `known` yet.
    func places(
        of records: [LookupKey], else logIndex: UInt32, known: LeafOpening
    ) throws(Problem) -> Accepted {
        var accepted = Accepted(newIndex: logIndex, logIndexes: [], openings: [logIndex: known])
        for record in records {
            let index = exchange.logIndex(ofRecord: record) ?? logIndex
            if accepted.openings[index] == nil { accepted.openings[index] = try opening(at: index) }
            accepted.logIndexes.append(index)
        }
        return accepted
    }

    private func opening(at logIndex: UInt32) throws(Problem) -> LeafOpening {
        try evidence(at: logIndex).opening
    }
}
