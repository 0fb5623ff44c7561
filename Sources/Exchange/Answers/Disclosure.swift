internal import Records
internal import Registry
internal import Vocabulary

/// What this asker may learn of others, by the registry alone (DOMAIN §5).
struct Disclosure {
    private let bands: CountBands
    /// The bands' texts in their order, made once an answer: a table shows hundreds of counts.
    private let bandTexts: [String]
    /// Whether anything that counts others is told at all, down to whether there is something to count.
    let offersOthers: Bool
    private let isExact: Bool

    init(to asker: MemberID, under version: RegistryVersion, now: Instant) {
        let active = version.activeMembers(at: now)
        let others = active.filter { $0.id != asker }.count
        let rules = version.policy.disclosure
        let bands = version.policy.countBands
        self.bands = bands
        bandTexts = bands.lowerBounds.map { bands.band(of: $0).description }
        offersOthers = others >= rules.minimumSegmentMembers
        isExact = active.count >= rules.exactCountsFromMembers
    }

    /// A count about others as it may be told: a band, exact in a large consortium, or `nil` where not at all.
    func others(_ count: Int) -> String? {
        guard offersOthers else { return nil }
        if isExact { return String(count) }
        return bandTexts[bands.lowerBounds.lastIndex { $0 <= count } ?? 0]
    }
}
