/// What a run of discovery found.
package struct DiscoveryResult: Hashable, Sendable {
    /// The best first.
    package var candidates: [RingCandidate] = []
    /// Groups left out because enough of their persons are reported.
    package var knownCount = 0
    /// Groups left out because an analyst dismissed them.
    package var dismissedCount = 0
    /// Groups left out as families, house-mates or colleagues.
    package var ordinaryCount = 0
    /// Shared identifiers left out because their group had more than the options' `groupLinks`.
    package var leftOutIdentifiers = 0
    /// Pairs of a person and an identifier that were read to divide the groups: what it cost, free of any clock.
    package var pairsRead = 0

    package init() {}
}
