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
    case phoneChanger
    /// Uses a second national ID beside the same phone.
    case secondIdentity
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
    /// When the person's ring, or the stacker alone, strikes.
    package let strikesAt: Instant?
    package let nationalIDs: [String]
    package let phones: [String]

    package var json: JSON {
        .object([
            "person": .number(person), "labels": .strings(labels.map(\.rawValue)), "ring": .optional(ring),
            "strikesAt": .optional(strikesAt?.description), "nationalIDs": .strings(nationalIDs),
            "phones": .strings(phones),
        ])
    }
}
