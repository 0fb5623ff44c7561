package import Vocabulary

/// What a simulated consortium is made from; the same parameters and policy give the same bytes.
package struct SimulationParameters: Hashable, Sendable {
    package var seed: UInt64
    /// At most ten million: the test range of phone numbers has room for no more.
    package var persons: Int
    package var members: Int
    /// The first instant at which anything is received.
    package var start: Instant
    package var days: Int
    /// Names, birth dates, addresses and employers beside the exact identifiers, from which gateways derive match keys.
    package var composites: Bool
    /// Disputes and their outcomes; who plays them must find the signal that a dispute names.
    package var disputes: Bool
    /// Loans older than `start`, received in the first days as a new member's existing book.
    package var books: Bool
    /// Families, dormitories, agencies, firms, lenders' staff, recycled phones and rings that hide: what ring detection
    /// must tell apart. Without them the stream of events is what it was before there were any.
    package var communities: Bool

    package static let personLimit = 10_000_000
    package static let memberLimit = 999

    package init(
        seed: UInt64, persons: Int, members: Int = 12, start: Instant = Self.usualStart, days: Int = 365,
        composites: Bool = true, disputes: Bool = true, books: Bool = true, communities: Bool = false
    ) {
        precondition((1...Self.personLimit).contains(persons), "A population is of one to ten million persons.")
        precondition((2...Self.memberLimit).contains(members), "A consortium is of 2 to 999 members.")
        precondition((1...3660).contains(days), "A simulation runs for one day to ten years.")
        (self.seed, self.persons, self.members, self.start, self.days) = (seed, persons, members, start, days)
        (self.composites, self.disputes, self.books) = (composites, disputes, books)
        self.communities = communities
    }

    /// 2025-01-01T00:00:00Z.
    package static let usualStart = Instant(seconds: 1_735_689_600)

    package var end: Instant { start.adding(seconds: Int64(days) * 86_400) }
}
