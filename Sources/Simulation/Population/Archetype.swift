/// How a person borrows.
enum Archetype: Hashable, Sendable {
    case ordinary
    case shopper
    case stacker
    case ringMember(ring: Int, RingHabit)

    var isFraud: Bool {
        switch self {
        case .stacker, .ringMember: true
        case .ordinary, .shopper: false
        }
    }

    var labels: [TruthLabel] {
        switch self {
        case .ordinary: []
        case .shopper: [.shopper]
        case .stacker: [.stacker]
        case .ringMember(_, .open): [.ringMember]
        case .ringMember(_, .careful): [.ringMember, .carefulRing]
        case .ringMember(_, .rotating): [.ringMember, .rotatingRing]
        case .ringMember(_, .large): [.ringMember, .largeRing]
        }
    }
}

/// What never changes of a person. It follows from seed and number alone, so that nothing is kept of most people.
struct Person: Sendable {
    let number: Int
    let archetype: Archetype
    /// Whom it lives, studies, applied or works with, where the world has communities.
    let community: Community?
    /// People of one household share an address, and some of them a phone.
    let household: Int
    let usesHouseholdPhone: Bool
    /// When a new phone replaces the old one (milliseconds since 1970).
    let changesPhoneAt: Int64?
    /// From when on a second national ID is used beside the same phone.
    let usesSecondIdentityFrom: Int64?
    /// When the stacker or the ring strikes.
    let strikesAt: Int64?
    let contact: Int
    let hasEmail: Bool
    let isPoorPayer: Bool
}

/// What a person gives as the own at one time, by slots of the identifier ranges.
struct OwnIdentifiers: Hashable, Sendable {
    var nationalID: Int
    var phones: [Int]
    var card: Int?
    var device: Int?
    var email: Int?
    var address: Int
    var employer: Int
    var name: Int
}
