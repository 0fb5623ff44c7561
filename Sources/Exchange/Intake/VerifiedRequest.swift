package import Records
package import Vocabulary

/// What every verified request is: its envelope as it came, and the payload whose signature holds.
package struct VerifiedRequest: Sendable {
    package let envelope: Envelope
    package let payload: VerifiedPayload
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

/// A check whose signature, openings and tokens hold: one of its own, or an element of a batch.
package struct VerifiedCheck: Sendable {
    package let check: Check<IndexedIdentifier>
    package let key: LookupKey
    /// The envelope that it came in: its own, or the whole batch's.
    package let request: VerifiedRequest
    /// Its position in the batch; `nil` for one of its own.
    package let position: Int?
    package let commitments: [Commitment]
    package let openings: [Opening]

    package var member: MemberID { check.member }
    package var envelope: Envelope { request.envelope }
    package var payload: VerifiedPayload { request.payload }
    /// The hash of its own envelope: which question, word for word. An element of a batch has none of its own.
    package var checkHash: Hash? { position == nil ? request.payload.hash : nil }
    /// Where it stands in the request.
    package var path: String { position.map { "checks[\($0)]" } ?? "" }
}

/// A batch of checks whose signature, openings and tokens hold.
package struct VerifiedBatch: Sendable {
    package let id: RecordID
    /// Of the log entry that a hard batch leaves; each check has a key of its own too.
    package let key: LookupKey
    package let consortium: String
    package let member: MemberID
    package let purpose: Purpose
    package let mode: CheckMode
    package let profile: String?
    package let request: VerifiedRequest
    package let checks: [VerifiedCheck]
    /// All checks', in document order.
    package let openings: [Opening]

    package var envelope: Envelope { request.envelope }
    package var payload: VerifiedPayload { request.payload }
    /// Which questions, word for word.
    package var batchHash: Hash { request.payload.hash }
}

/// A reservation request whose signature, openings and tokens hold.
package struct VerifiedReservation: Sendable {
    package let reservation: ReservationRequest<IndexedIdentifier>
    package let key: LookupKey
    package let request: VerifiedRequest
    /// Of the subject; none but with `reserve`.
    package let commitments: [Commitment]
    package let openings: [Opening]

    package var id: RecordID { reservation.reservation }
    package var member: MemberID { reservation.member }
    package var envelope: Envelope { request.envelope }
    package var payload: VerifiedPayload { request.payload }
    package var requestHash: Hash { request.payload.hash }
}

/// An acknowledgement whose signature holds.
package struct VerifiedAcknowledgement: Sendable {
    package let acknowledgement: Acknowledgement
    package let key: LookupKey
    package let request: VerifiedRequest

    package var member: MemberID { acknowledgement.member }
    package var envelope: Envelope { request.envelope }
    package var payload: VerifiedPayload { request.payload }
}

/// A watch request whose signature holds. Whether the loans are known depends on what is stored.
package struct VerifiedWatch: Sendable {
    package struct Loan: Sendable {
        package let watch: RecordID
        /// The watch's key, among all members'.
        package let key: LookupKey
        /// The loan's key, as loan events of this member have it.
        package let loan: LookupKey
    }

    package let watch: WatchRequest
    package let key: LookupKey
    package let request: VerifiedRequest
    /// In the order of the request.
    package let begun: [Loan]
    package let ended: [LookupKey]

    package var member: MemberID { watch.member }
    package var envelope: Envelope { request.envelope }
    package var payload: VerifiedPayload { request.payload }
}
