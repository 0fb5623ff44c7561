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

    package init() {}
}
