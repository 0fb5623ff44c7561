internal import Vocabulary

extension PlantedGraph {
    /// Every kind joins, nothing is a hub and one word is enough: plain connected components, what the peers compute.
    package static let plainRules = LinkageRules(
        kinds: Dictionary(
            uniqueKeysWithValues: [IdentifierKind.nationalID, .phone, .device, .card, .address].map {
                ($0, KindRule(weight: 1, cap: 1 << 30, union: true, forward: true, corroborates: true))
            }),
        roles: [.own: RoleRule(weight: 1, union: true, forward: true)], needsCorroboration: false)
}

extension PlantedGraph {
    /// What a consortium would have: caps, expiry, a soft address, and nothing joined on one member's word.
    package static let usualRules: LinkageRules = {
        func hard(_ weight: Double, cap: Int, days: Int? = nil, corroborates: Bool = true) -> KindRule {
            KindRule(weight: weight, cap: cap, union: true, forward: true, corroborates: corroborates, days: days)
        }
        return LinkageRules(
            kinds: [
                .nationalID: hard(1, cap: 50, corroborates: false), .phone: hard(0.8, cap: 20, days: 720),
                .card: hard(1, cap: 10, days: 1440), .device: hard(0.9, cap: 20, days: 720),
                .address: KindRule(weight: 0.3, cap: 30, forward: true, corroborates: true, days: 1080),
            ], roles: [.own: RoleRule(weight: 1, union: true, forward: true)])
    }()
}
