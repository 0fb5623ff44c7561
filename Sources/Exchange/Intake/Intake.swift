package import Records
package import Registry
internal import Sodium
package import Vocabulary

/// The first half of admission: everything that needs no stored fact, so that many requests pass it in parallel.
///
/// Body → envelope → signature of a key of the requester's member → payload → epoch → openings → group elements →
/// indexes. What comes out was signed by the member and says what the member signed.
package struct Intake: Sendable {
    private let indexer: TokenIndexer

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
        for (position, record) in opened.enumerated() {
            records.append(
                try verified(record, of: requester.member, position: position, policy: chain.current.policy, now: now))
        }
        return VerifiedSubmission(
            id: submission.submission, key: .submission(submission.submission, of: requester.member),
            member: requester.member, envelope: request.envelope, payload: payload, epoch: request.epoch,
            records: records, openings: request.openings)
    }

    package func check(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedCheck {
        let payload = try verify(request, as: .check, from: requester, under: chain, now: now)
        let check: Check<CommittedIdentifier>
        do throws(PayloadFailure) { check = try Check(payload) } catch { throw Problem(error) }
        try requireSame(check.consortium, check.member, requester: requester, chain: chain)
        guard request.epoch == chain.current.tokenEpoch else { throw Problem.wrongEpoch(request.epoch, chain) }
        do throws(AdmissionFailure) {
            try Admission.check(check, policy: chain.current.policy, now: now)
        } catch { throw Problem(error) }
        let opened: Check<OpenedIdentifier>
        do throws(OpeningFailure) { opened = try check.opened(with: request.openings) } catch { throw Problem(error) }
        let indexer = indexer
        let indexed = try opened.mapIdentifiers { (identifier: OpenedIdentifier) throws(Problem) in
            try indexer.index(identifier)
        }
        return VerifiedCheck(
            check: indexed, key: .record(check.check, of: requester.member), envelope: request.envelope,
            payload: payload, commitments: check.subject.identifiers.map(\.commitment), openings: request.openings)
    }

    private func verify(
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

    private func requireSame(
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
        guard submission.madeAt <= now.adding(seconds: policy.eventTime.futureSeconds) else {
            throw Problem(
                AdmissionFailure(
                    .madeInFuture, path: "madeAt", hint: "Set the clock of the machine that made the document."))
        }
        let limit = policy.limits.recordsPerSubmission
        guard submission.records.count <= limit else {
            throw Problem(AdmissionFailure(.tooManyRecords, path: "records", hint: "At most \(limit) records."))
        }
    }

    private func verified(
        _ record: Record<OpenedIdentifier>, of member: MemberID, position: Int, policy: Policy, now: Instant
    ) throws(Problem) -> VerifiedRecord {
        let indexer = indexer
        let indexed = try record.mapIdentifiers { (identifier: OpenedIdentifier) throws(Problem) in
            try indexer.index(identifier)
        }
        var fields = ByteWriter()
        fields.put(record.body.kind.rawValue)
        fields.put(record.eventTime)
        fields.putLong(JSON.object(record.body.members).bytes)
        return VerifiedRecord(
            record: indexed, position: position, key: .record(record.recordID, of: member),
            fields: SHA256.hash(fields.bytes).bytes,
            refusal: Self.refusal(of: record, position: position, policy: policy, now: now))
    }

    /// Why the record would not be admitted as a new one. A known one gets its receipt whatever the rules are by now.
    private static func refusal(
        of record: Record<OpenedIdentifier>, position: Int, policy: Policy, now: Instant
    ) -> Problem? {
        do throws(AdmissionFailure) {
            try Admission.check(record, policy: policy, now: now)
            return nil
        } catch { return Problem(error.below("records[\(position)]")) }
    }
}

/// A submission whose signature, openings and tokens hold. Whether it is admitted depends on what is stored.
package struct VerifiedSubmission: Sendable {
    package let id: RecordID
    package let key: LookupKey
    package let member: MemberID
    package let envelope: Envelope
    package let payload: VerifiedPayload
    package let epoch: KeyEpoch
    package let records: [VerifiedRecord]
    package let openings: [Opening]
}

package struct VerifiedRecord: Sendable {
    package let record: Record<IndexedIdentifier>
    package let position: Int
    package let key: LookupKey
    /// Digest of all fields but the identifiers.
    package let fields: [UInt8]
    /// Why it may not be added, unless it is known already.
    package let refusal: Problem?

    package var path: String { "records[\(position)]" }
}

/// A check whose signature, openings and tokens hold.
package struct VerifiedCheck: Sendable {
    package let check: Check<IndexedIdentifier>
    package let key: LookupKey
    package let envelope: Envelope
    package let payload: VerifiedPayload
    package let commitments: [Commitment]
    package let openings: [Opening]

    package var member: MemberID { check.member }
}
