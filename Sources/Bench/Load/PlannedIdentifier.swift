internal import Records
package import Sodium
package import Vocabulary

/// An identifier with a token that was never anybody's: an element of the group by its number.
package struct PlannedIdentifier: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let token: GroupElement
}

/// Invented persons by number, always the same tokens for the same number.
package enum InventedPerson {
    /// Eight kinds, the exact ones first.
    static let kinds: [IdentifierKind] = [
        .nationalID, .phone, .card, .device, .email, .address, .nameBirthDate, .phoneticNameBirthDate,
    ]

    /// The first `count` identifiers of a person. Consecutive multiples of the generator: an addition each.
    static func identifiers(_ person: Int, count: Int = kinds.count) -> [PlannedIdentifier] {
        let first = UInt32(person) &* UInt32(kinds.count) &+ 1
        // Multiples by 1 to 2^32 are elements, and adding the generator to them never gives the identity.
        var token = try! GroupElement.generator(times: Scalar(first))
        return kinds.prefix(count).enumerated().map { position, kind in
            // Neither is the inverse of the other, see above.
            if position > 0 { token = try! token.adding(.generator) }
            return PlannedIdentifier(kind: kind, role: .own, token: token)
        }
    }
}
