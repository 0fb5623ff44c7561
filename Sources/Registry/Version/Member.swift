package import Records
package import Sodium
package import Vocabulary

/// A lender that takes part: one legal entity with one or more keys. It stays in the registry for good, so that what
/// it signed can be verified for as long as anybody holds it.
package struct Member: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case active, suspended
        /// Out for good; records it furnished stay.
        case revoked
    }

    /// Why and for how long a member's requests are refused.
    ///
    /// A suspension with `until` ends by itself at that instant. Its end as an event of the log, and its ratification
    /// by the quorum as a step of its own, come with the registry's full rules; until then a quorum ratifies by
    /// publishing the suspension anew with a later `until` or with none.
    package struct Suspension: Hashable, Sendable {
        package let reason: String
        package let until: Instant?

        package init(reason: String, until: Instant?) {
            (self.reason, self.until) = (reason, until)
        }
    }

    package let id: MemberID
    /// One of the policy's member classes.
    package var memberClass: ListedName
    package var status: Status
    package var keys: [MemberKey]
    package let admittedAt: Instant
    package var suspension: Suspension?

    package init(
        id: MemberID, memberClass: ListedName, status: Status = .active, keys: [MemberKey], admittedAt: Instant,
        suspension: Suspension? = nil
    ) {
        (self.id, self.memberClass, self.status, self.keys) = (id, memberClass, status, keys)
        (self.admittedAt, self.suspension) = (admittedAt, suspension)
    }

    /// The status with a suspension that has run out taken as over.
    package func status(at now: Instant) -> Status {
        guard status == .suspended, let until = suspension?.until, now >= until else { return status }
        return .active
    }
}

/// One of a member's Ed25519 keys. A key is never taken out of the registry, only its status changes.
package struct MemberKey: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case active
        /// Replaced by another in the ordinary course; earlier records stay valid.
        case superseded
        /// Given up; earlier records stay valid.
        case retired
        /// In other hands: records after `sinceIndex` count as disputed until the member affirms them again.
        case compromised
    }

    package let publicKey: PublicKey
    package let validFrom: Instant
    package var status: Status
    /// When the status was left `active`; a superseded or retired key is still taken before it.
    package var since: Instant?
    /// From which index of the log on a compromised key's records are disputed.
    package var sinceIndex: UInt64?

    package var keyID: KeyID { publicKey.keyID }

    package init(
        publicKey: PublicKey, validFrom: Instant, status: Status = .active, since: Instant? = nil,
        sinceIndex: UInt64? = nil
    ) {
        (self.publicKey, self.validFrom, self.status) = (publicKey, validFrom, status)
        (self.since, self.sinceIndex) = (since, sinceIndex)
    }

    /// Whether a request signed with this key is taken at that instant.
    package func isAccepted(at now: Instant) -> Bool {
        guard now >= validFrom else { return false }
        switch status {
        case .active: return true
        case .superseded, .retired: return since.map { now < $0 } ?? false
        case .compromised: return false
        }
    }

    /// Whether a record signed with this key is disputed: a record's key is judged by its place in the log.
    package func isDisputed(recordAt index: UInt64) -> Bool {
        guard status == .compromised else { return false }
        return sinceIndex.map { index >= $0 } ?? true
    }
}
