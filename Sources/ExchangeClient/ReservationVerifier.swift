package import Records
package import Registry
internal import Sodium
package import Vocabulary

/// Decides whether an envelope is the node's word on the reservation request that was sent.
package struct ReservationVerifier: Sendable {
    private let chain: RegistryChain

    package init(_ chain: RegistryChain) { self.chain = chain }

    /// - Throws: `verificationFailed`, saying what does not fit.
    package func verify(
        _ envelope: Envelope, asked: ReservationRequest<CommittedIdentifier>, now: Instant
    ) throws(Problem) -> VerifiedReservationAnswer {
        let word = try NodeWord(
            envelope, as: .reservationAnswer, named: "word on a reservation", by: [chain.current.node.answerKey])
        let answer = try word.read { reader throws(FieldFailure) in try VerifiedReservationAnswer(word, &reader) }
        try requireAnswer(answer, to: asked)
        try NodeWord.requireTimely(answer.computedAt, now: now)
        return answer
    }

    private func requireAnswer(
        _ answer: VerifiedReservationAnswer, to asked: ReservationRequest<CommittedIdentifier>
    ) throws(Problem) {
        guard answer.consortium == asked.consortium else { throw .notBelieved("it is of another consortium") }
        guard answer.origin == chain.current.log.origin else { throw .notBelieved("it names another log") }
        guard answer.reservation == asked.reservation else { throw .notBelieved("it is about another reservation") }
        guard answer.member == asked.member else { throw .notBelieved("it answers another member") }
        let question = Envelope(payloadType: .reservation, payload: asked.json.bytes, signatures: [])
        guard answer.requestHash == question.hash.value else {
            throw .notBelieved("it answers a request that was worded differently")
        }
        guard answer.status.canFollow(asked.action) else {
            throw .notBelieved("it says what cannot come of the request")
        }
        guard answer.status != .held || answer.expiresAt > answer.computedAt else {
            throw .notBelieved("it holds what has expired")
        }
    }
}

/// The node's signed word on where a reservation stands. Only `ReservationVerifier` makes one.
package struct VerifiedReservationAnswer: Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case held, confirmed, released, expired

        /// A reservation asked for again may have come to anything since; one confirmed or released is not just held.
        fileprivate func canFollow<ID>(_ action: ReservationRequest<ID>.Action) -> Bool {
            switch action {
            case .reserve: true
            case .confirm: self != .held
            case .release: self == .released || self == .expired
            }
        }
    }

    /// Others' doings about the same person, as bands or exact; `nil` where too few members make them up.
    package struct Others: Hashable, Sendable {
        /// Reservations held now.
        package let live: String?
        /// Members that hold or have confirmed one.
        package let members: String?
        package let confirmed: String?
        /// Loans signed and not yet paid out.
        package let signedNotFunded: String?
    }

    package let envelope: Envelope
    package let hash: Vocabulary.Hash
    package let reservation: RecordID
    package let member: MemberID
    package let status: Status
    package let expiresAt: Instant
    package let others: Others
    package let computedAt: Instant
    /// The payload as signed, with fields that this version does not know.
    package let payload: JSON
    let consortium: String
    let origin: String
    let requestHash: Bytes32

    fileprivate init(_ word: NodeWord, _ reader: inout ObjectReader) throws(FieldFailure) {
        (envelope, hash, payload) = (word.envelope, word.hash, word.json)
        consortium = try reader.string("consortium")
        origin = try reader.checkpointOrigin()
        requestHash = try reader.bytes32("requestHash")
        reservation = try reader.recordID("reservation")
        member = try reader.parsed("member", as: MemberID.init)
        status = try reader.choice(
            "status", expected: "held, confirmed, released, expired", Status.init(rawValue:))
        expiresAt = try reader.parsed("expiresAt", as: Instant.init)
        var fields = try reader.object("others")
        others = try Others(
            live: fields.optionalString("live"), members: fields.optionalString("members"),
            confirmed: fields.optionalString("confirmed"), signedNotFunded: fields.optionalString("signedNotFunded"))
        computedAt = try reader.parsed("computedAt", as: Instant.init)
    }
}
