package import Vocabulary

/// A member's claim on a person at signature: found by whoever reserves or checks after it, until it is released or
/// has expired (DOMAIN §5).
package struct ReservationState: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case held, confirmed, released
    }

    package let id: RecordID
    package var status: Status
    /// When it ends by itself. Forgetting to confirm does no harm.
    package var expiresAt: Instant

    package func isLive(at now: Instant) -> Bool { status != .released && expiresAt > now }
}

/// A member's wish to be told what changes about one of its own loans.
package struct WatchState: Hashable, Sendable {
    package let loanCase: UInt32
    package var isOver = false
}
