package import Vocabulary

/// What the simulation knows of a person or an event, and no lender is told.
package enum TruthLabel: String, Hashable, Sendable, CaseIterable {
    /// Asks many lenders for one loan.
    case shopper
    /// Signs many loans within one to three days and means to repay none.
    case stacker
    case ringMember
    /// Of a ring that shares nothing until it strikes.
    case carefulRing
    /// Of a ring whose devices go round.
    case rotatingRing
    /// Of a ring of twenty or more.
    case largeRing
    case phoneChanger
    /// Uses a second national ID beside the same phone.
    case secondIdentity
    /// Got a phone number that was somebody else's months before.
    case recycledPhone
    /// Shares a home, and at times a phone or a device.
    case family
    /// A student at an address of many.
    case dormitory
    /// Applied at an agent's shop, among strangers.
    case agency
    /// Applied through an agent who packages applications that are never paid.
    case colludingAgency
    /// Works where others of the simulation do.
    case colleague
    /// Takes applications for a lender; borrows nothing.
    case staff
    /// Lets a colluding agent's applications pass.
    case colludingStaff
    /// An event told weeks after it happened.
    case late
    /// A record that its reporter takes back.
    case mistake
    /// A loan from before the simulation began.
    case book
}

/// One person of the truth file, with everything by which lenders may meet it.
package struct PersonTruth: Hashable, Sendable {
    package let person: Int
    package let labels: [TruthLabel]
    package let ring: Int?
    /// The first person of the home, dormitory, shop or firm.
    package let community: Int?
    /// When the person's ring, or the stacker alone, strikes.
    package let strikesAt: Instant?
    package let nationalIDs: [String]
    package let phones: [String]

    package var json: JSON {
        .object([
            "person": .number(person), "labels": .strings(labels.map(\.rawValue)), "ring": .optional(ring),
            "community": .optional(community),
            "strikesAt": .optional(strikesAt?.description), "nationalIDs": .strings(nationalIDs),
            "phones": .strings(phones),
        ])
    }
}
