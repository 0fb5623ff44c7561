package import Vocabulary

/// What the ledger shows about whose identifiers these are: a duplicate, a conflict, an excess behind an agent.
///
/// A signal for a person to look into, never a statement that somebody lied (DOMAIN §6).
package struct IdentityFinding: Hashable, Sendable {
    package let code: Code
    /// The kinds under which it was met.
    package var kinds: [IdentifierKind]
    /// Distinct subjects other than the applicant that it rests on: by national ID, by name and birth date where one
    /// ID stands for several persons, by loan's borrower behind an agent.
    package var subjects = 0
    /// Distinct members that it rests on, the asker among them.
    package var members = 0
    package var firstSeen: Instant?
    /// In the order of `Reason`.
    package var reasons: [Reason] = []
    /// Of agents and staff alone.
    package var excess: DefaultExcess?

    package init(_ code: Code, kinds: [IdentifierKind]) { (self.code, self.kinds) = (code, kinds) }

    /// In the order in which an answer has them. The raw value is the name on the wire.
    package enum Code: String, Hashable, Sendable, CaseIterable, Comparable {
        case protectedIdentity = "IDN-PROTECTED"
        case samePersonTwoIDs = "IDN-TWO-IDS"
        case oneIDSeveralPersons = "IDN-SEVERAL-PERSONS"
        case syntheticIdentity = "IDN-SYNTHETIC"
        case deviceOfMany = "IDN-DEVICE-MANY"
        case cardOfMany = "IDN-CARD-MANY"
        case contactOfMany = "IDN-CONTACT-MANY"
        case contactGivenByMany = "IDN-CONTACT-GIVEN"
        case agentCollusion = "IDN-AGENT-DEFAULTS"
        case staffCollusion = "IDN-STAFF-DEFAULTS"

        package static func < (left: Code, right: Code) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    /// Why; the raw value is the name on the wire.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Beside name and birth date the same phone, card, device or e-mail.
        case exactIdentifier
        /// Beside name and birth date nearly the same ID number.
        case nearIDNumber
        /// The name and birth date in this question are not those that the ID stands with.
        case presentedNameDiffers
        case recentID
        case conflictingIdentity
        case freshContacts
        case sharedWithFreshIDs
        case applicationBurst
        /// Above the kind's cap of distinct subjects: a switchboard rather than a link.
        case widelyShared
    }
}

/// Loans behind an agent or staff member whose first payment failed, against the rest of the same members' loans.
package struct DefaultExcess: Hashable, Sendable {
    /// Distinct borrowers whose first payment is known.
    package let loans: Int
    package let defaults: Int
    /// What share to expect of the same members, 0 to 1.
    package let expectedShare: Double
    /// How likely so many are by chance.
    package let probability: Double

    package var observedShare: Double { Double(defaults) / Double(max(loans, 1)) }
}
