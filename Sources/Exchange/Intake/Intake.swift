package import Records
package import Registry
package import Vocabulary

/// The first half of admission: everything that needs no stored fact, so that many requests pass it in parallel.
///
/// Body → envelope → signature of a key of the requester's member → payload → epoch → openings → group elements →
/// indexes. What comes out was signed by the member and says what the member signed.
package struct Intake: Sendable {
    let indexer: TokenIndexer

    package init(indexer: TokenIndexer) { self.indexer = indexer }

    package func submission(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedSubmission {
        let payload = try verify(request, as: .submission, from: requester, under: chain, now: now)
        let submission: Submission
        do throws(PayloadFailure) { submission = try Submission(payload) } catch { throw Problem(error) }
        try requireSame(submission.consortium, submission.member, requester: requester, chain: chain)
        try requireWithinLimits(submission, policy: chain.current.policy, now: now)
        let opened: [Record<OpenedIdentifier>]
        do throws(OpeningFailure) { opened = try submission.opened(with: request.openings) } catch {
            throw Problem(error)
        }
        var records: [VerifiedRecord] = []
        records.reserveCapacity(opened.count)
        let indexer = indexer
        for (position, record) in opened.enumerated() {
            let indexed = try record.mapIdentifiers { (identifier: OpenedIdentifier) throws(Problem) in
                try indexer.index(identifier)
            }
            records.append(
                VerifiedRecord(
                    indexed, position: position, of: requester.member, policy: chain.current.policy, now: now))
        }
        return VerifiedSubmission(
            id: submission.submission, key: .submission(submission.submission, of: requester.member),
            member: requester.member, envelope: request.envelope, payload: payload, epoch: request.epoch,
            records: records, openings: request.openings)
    }

    func verify(
        _ request: SealedRequest, as type: PayloadType, from requester: Requester, under chain: RegistryChain,
        now: Instant
    ) throws(Problem) -> VerifiedPayload {
        guard request.envelope.signatures.count == 1, let signed = request.envelope.signatures.first else {
            throw Problem(.invalidField, "The envelope carries exactly one signature.", path: "envelope.signatures")
        }
        let standing = chain.standing(of: signed.keyID, at: now)
        if let problem = standing.problem { throw problem }
        guard standing.member == requester.member, let key = chain.key(signed.keyID)?.key.publicKey else {
            throw Problem(.badSignature, "The envelope is signed by a key of another member than the request.")
        }
        do throws(EnvelopeFailure) { return try request.envelope.verify(by: key, expecting: type) } catch {
            throw Problem(error)
        }
    }

    func requireSame(
        _ consortium: String, _ member: MemberID, requester: Requester, chain: RegistryChain
    ) throws(Problem) {
        guard consortium == chain.current.consortium else {
            throw Problem(.wrongConsortium, "The document is for another consortium.", path: "consortium")
        }
        guard member == requester.member else {
            throw Problem(.badSignature, "The document names another member than the one that signed.", path: "member")
        }
    }

    /// What is said of the submission as a whole; its records are judged one by one.
    private func requireWithinLimits(_ submission: Submission, policy: Policy, now: Instant) throws(Problem) {
        try requireMade(submission.madeAt, policy: policy, now: now)
        let limit = policy.limits.recordsPerSubmission
        guard submission.records.count <= limit else {
            throw Problem(AdmissionFailure(.tooManyRecords, path: "records", hint: "At most \(limit) records."))
        }
    }
}
