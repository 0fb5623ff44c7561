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

    func accept(_ submission: VerifiedSubmission, under chain: RegistryChain) throws(Problem) -> Accepted {
        if let index = exchange.logIndex(ofEntry: submission.key) {
            return try known(submission, at: index)
        }
        let admitted = try exchange.admit(submission, under: chain, now: now)
        var accepted = Accepted(newIndex: nil, logIndexes: [], openings: [:])
        for index in Set(admitted.knownAt.compactMap(\.self)) {
            accepted.openings[index] = try opening(at: index)
        }
        if admitted.entry != nil {
            let salts = submission.openings.flatMap { $0.salt.bytes }
            let (index, opening) = add(
                admitted, envelope: submission.envelope, payload: submission.payload, salts: salts)
            accepted.newIndex = index
            accepted.openings[index] = opening
        }
        accepted.logIndexes = admitted.knownAt.map { $0 ?? accepted.newIndex ?? 0 }
        return accepted
    }

    /// The same submission again: its stored receipt. Other content under its id is a conflict.
    private func known(_ submission: VerifiedSubmission, at index: UInt32) throws(Problem) -> Accepted {
        guard let opening = try? opening(at: index), opening.envelopeHash == submission.payload.hash else {
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

    func ask(_ check: VerifiedCheck, under chain: RegistryChain) throws(Problem) -> Envelope {
        guard check.check.mode == .hard, let inquiry = try exchange.inquiry(of: check, under: chain, now: now) else {
            return answer(check, under: chain)
        }
        // Answered first: the answer does not count the question itself.
        let answer = answer(check, under: chain)
        let salts = check.openings.flatMap { $0.salt.bytes }
        _ = add(inquiry, envelope: check.envelope, payload: check.payload, salts: salts)
        return answer
    }

    /// A stored submission, for its receipts.
    func stored(
        at logIndex: UInt32, of member: MemberID
    ) throws(Problem) -> (records: [(RecordID, SubmissionOutcome.Status, UInt32)], openings: [UInt32: LeafOpening]) {
        let evidence = try evidence(at: logIndex)
        guard let submission = try? Submission(parsing: evidence.envelope.payload) else {
            throw Problem(.notFound, "No submission of this member has this id.")
        }
        var openings = [logIndex: evidence.opening]
        var records: [(RecordID, SubmissionOutcome.Status, UInt32)] = []
        for record in submission.records {
            let index = exchange.logIndex(ofRecord: .record(record.recordID, of: member)) ?? logIndex
            if openings[index] == nil { openings[index] = try opening(at: index) }
            records.append((record.recordID, index == logIndex ? .recorded : .known, index))
        }
        return (records, openings)
    }

    private func opening(at logIndex: UInt32) throws(Problem) -> LeafOpening {
        try evidence(at: logIndex).opening
    }
}
