package import Records
package import Vocabulary

/// What the node says to a reservation request: where it stands, and who else is about to lend to the person.
package struct ReservationAnswer: Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case held, confirmed, released, expired
    }

    /// Counts about other members as bands; `nil` where the registry offers the asker none.
    package struct Others: Hashable, Sendable {
        /// What a confirmation or a release is answered with.
        static let untold = Others(live: nil, members: nil, confirmed: nil, signedNotFunded: nil)

        package let live: String?
        package let members: String?
        package let confirmed: String?
        package let signedNotFunded: String?
    }

    package let consortium: String
    package let member: MemberID
    package let reservation: RecordID
    package let requestHash: Hash
    package let status: Status
    /// When it ends, or ended, by itself or by its release.
    package let expiresAt: Instant
    package let others: Others
    package let computedAt: Instant
    package let origin: String
    package let checkpoint: PublishedCheckpoint
    /// How many entries the log held before this request's own: what the others are counted from.
    package let knownSize: UInt32
    package let registryVersion: Int

    init(
        request: VerifiedReservation, status: Status, expiresAt: Instant, others: Others, computedAt: Instant,
        origin: String, checkpoint: PublishedCheckpoint, knownSize: UInt32, registryVersion: Int
    ) {
        (consortium, member) = (request.reservation.consortium, request.member)
        (reservation, requestHash) = (request.id, request.requestHash)
        (self.status, self.expiresAt, self.others) = (status, expiresAt, others)
        (self.computedAt, self.origin, self.checkpoint) = (computedAt, origin, checkpoint)
        (self.knownSize, self.registryVersion) = (knownSize, registryVersion)
    }

    /// The payload that the node signs (`reservation-answer`).
    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "reservation": .string(reservation.description),
            "requestHash": .string(requestHash.value.base64),
            "status": .string(status.rawValue),
            "expiresAt": .string(expiresAt.description),
            "others": .object([
                "live": told(others.live), "members": told(others.members), "confirmed": told(others.confirmed),
                "signedNotFunded": told(others.signedNotFunded),
            ]),
            "computedAt": .string(computedAt.description),
            "checkpoint": .object([
                "origin": .string(origin), "size": .number(checkpoint.size),
                "root": .string(checkpoint.root.value.base64),
            ]),
            "knownSize": .number(knownSize),
            "registryVersion": .number(registryVersion),
        ])
    }

    private func told(_ band: String?) -> JSON { band.map { .string($0) } ?? .null }
}
