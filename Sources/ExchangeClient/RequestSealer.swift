package import Exchange
package import Records
package import Sodium
package import Vocabulary

/// Puts tokens under fresh salted commitments, and the document that names them under the member's signature.
package struct RequestSealer: Sendable {
    private let consortium: String
    private let member: MemberID
    private let key: SigningKey
    private let salt: @Sendable () -> Bytes32

    /// - Parameter salt: 32 random bytes, never the same twice.
    package init(
        consortium: String, member: MemberID, key: SigningKey,
        salt: @escaping @Sendable () -> Bytes32 = SystemRandom.bytes32
    ) {
        (self.consortium, self.member, self.key, self.salt) = (consortium, member, key, salt)
    }

    /// - Parameter token: the token of an identifier; called in document order.
    package func submission<ID>(
        _ id: RecordID, of records: [Record<ID>], madeAt: Instant, epoch: KeyEpoch,
        token: (ID) throws(Problem) -> GroupElement
    ) throws(Problem) -> SealedRequest {
        var openings: [Opening] = []
        let committed = try records.map { record throws(Problem) in
            try record.mapIdentifiers { identifier throws(Problem) in
                try commit(to: identifier, token(identifier), &openings)
            }
        }
        let submission = Submission(
            consortium: consortium, member: member, submission: id, madeAt: madeAt, records: committed)
        return sealed(submission.json, as: .submission, epoch: epoch, openings: openings)
    }

    /// The request, and the check as it was committed to: what the answer must repeat.
    package func check<ID>(
        _ check: Check<ID>, epoch: KeyEpoch, token: (ID) throws(Problem) -> GroupElement
    ) throws(Problem) -> (request: SealedRequest, asked: Check<CommittedIdentifier>) {
        var openings: [Opening] = []
        let committed = try check.mapIdentifiers { identifier throws(Problem) in
            try commit(to: identifier, token(identifier), &openings)
        }
        return (sealed(committed.json, as: .check, epoch: epoch, openings: openings), committed)
    }

    /// The request, and the batch as it was committed to: what the answers must repeat.
    package func batch<ID>(
        _ batch: CheckBatch<ID>, epoch: KeyEpoch, token: (ID) throws(Problem) -> GroupElement
    ) throws(Problem) -> (request: SealedRequest, asked: CheckBatch<CommittedIdentifier>) {
        var openings: [Opening] = []
        let committed = try batch.mapIdentifiers { identifier throws(Problem) in
            try commit(to: identifier, token(identifier), &openings)
        }
        return (sealed(committed.json, as: .checks, epoch: epoch, openings: openings), committed)
    }

    /// The request, and the reservation as it was committed to: what the node's word must fit.
    package func reservation<ID>(
        _ reservation: ReservationRequest<ID>, epoch: KeyEpoch, token: (ID) throws(Problem) -> GroupElement
    ) throws(Problem) -> (request: SealedRequest, asked: ReservationRequest<CommittedIdentifier>) {
        var openings: [Opening] = []
        let committed = try reservation.mapIdentifiers { identifier throws(Problem) in
            try commit(to: identifier, token(identifier), &openings)
        }
        return (sealed(committed.json, as: .reservation, epoch: epoch, openings: openings), committed)
    }

    package func acknowledgement(_ id: RecordID, upTo: UInt64, madeAt: Instant) -> SealedRequest {
        let acknowledgement = Acknowledgement(
            consortium: consortium, member: member, acknowledgement: id, madeAt: madeAt, upTo: upTo)
        return sealed(acknowledgement.json, as: .acknowledgement, epoch: KeyEpoch(0), openings: [])
    }

    /// - Parameters:
    ///   - watch: at most 1,000 loans to watch.
    ///   - unwatch: at most 1,000 watches to end; between the two at least one.
    package func watch(
        _ id: RecordID, watch: [WatchRequest.Loan], unwatch: [RecordID], madeAt: Instant
    ) -> SealedRequest {
        let request = WatchRequest(
            consortium: consortium, member: member, request: id, madeAt: madeAt, watch: watch, unwatch: unwatch)
        return sealed(request.json, as: .watch, epoch: KeyEpoch(0), openings: [])
    }

    private func commit(
        to identifier: some KindedIdentifier, _ token: GroupElement, _ openings: inout [Opening]
    ) -> CommittedIdentifier {
        let opening = Opening(salt: salt(), token: token.value)
        openings.append(opening)
        return CommittedIdentifier(
            kind: identifier.kind, role: identifier.role, commitment: .of(identifier.kind, opening))
    }

    private func sealed(
        _ payload: JSON, as type: PayloadType, epoch: KeyEpoch, openings: [Opening]
    ) -> SealedRequest {
        SealedRequest(
            envelope: .sign(payloadType: type, payload: payload.bytes, key: key), epoch: epoch, openings: openings)
    }
}
