package import Records
package import Registry
internal import Sodium
package import Vocabulary

// How verified values are made: by intake, of what it verified, or by whoever plays a whole consortium in one process,
// such as simulations and measurements of the core, which have no tokens to open. No wire interface leads here but
// through intake.

extension IndexedIdentifier {
    /// An identifier without a token, under an index that somebody else made.
    ///
    /// - Parameter index: an output of SHA-256 or of a keyed hash, as the ledger's look-up needs it.
    package init(kind: IdentifierKind, role: IdentifierRole, index: LookupKey) {
        self.init(kind: kind, role: role, token: Bytes32(), index: index)
    }
}

extension VerifiedRequest {
    package init(_ envelope: Envelope, _ payload: VerifiedPayload) {
        self.init(envelope: envelope, payload: payload)
    }
}

extension VerifiedRecord {
    /// - Parameters:
    ///   - record: with its identifiers indexed.
    ///   - now: when it is admitted, if it is.
    package init(
        _ record: Record<IndexedIdentifier>, position: Int, of member: MemberID, policy: Policy, now: Instant
    ) {
        var fields = ByteWriter()
        fields.put(record.body.kind.rawValue)
        fields.put(record.eventTime)
        fields.putLong(JSON.object(record.body.members).bytes)
        self.init(
            record: record, position: position, key: .record(record.recordID, of: member),
            fields: SHA256.hash(fields.bytes).bytes,
            refusal: Self.refusal(of: record, position: position, policy: policy, now: now))
    }

    /// Why the record would not be admitted as a new one. A known one gets its receipt whatever the rules are by now.
    private static func refusal(
        of record: Record<IndexedIdentifier>, position: Int, policy: Policy, now: Instant
    ) -> Problem? {
        do throws(AdmissionFailure) {
            try Admission.check(record, policy: policy, now: now)
            return nil
        } catch { return Problem(error.below("records[\(position)]")) }
    }
}

extension VerifiedSubmission {
    /// A submission of records that nobody had to open.
    package init(
        _ id: RecordID, of records: [VerifiedRecord], by member: MemberID, epoch: KeyEpoch, request: VerifiedRequest
    ) {
        self.init(
            id: id, key: .submission(id, of: member), member: member, envelope: request.envelope,
            payload: request.payload, epoch: epoch, records: records, openings: [])
    }
}

extension VerifiedCheck {
    /// A check that nobody had to open.
    package init(_ check: Check<IndexedIdentifier>, request: VerifiedRequest) {
        self.init(
            check: check, key: .record(check.check, of: check.member), request: request, position: nil,
            commitments: [], openings: [])
    }
}
