package import Records
package import Vocabulary

/// Leave for one member to have so many tokens made for a large job, beside its days' budgets (DESIGN §2).
///
/// Custodians count what is asked under it by its name, member and purpose, and go on counting where it is renewed.
package struct BudgetGrant: Hashable, Sendable {
    package let name: ListedName
    package let member: MemberID
    package let purpose: Purpose
    /// How many tokens of each key class, over the whole window; a class that is not listed has none.
    package let tokens: [KeyClass: Int]
    package let notBefore: Instant
    /// The last instant at which it may be used.
    package let notAfter: Instant

    package init(
        name: ListedName, member: MemberID, purpose: Purpose, tokens: [KeyClass: Int], notBefore: Instant,
        notAfter: Instant
    ) {
        (self.name, self.member, self.purpose, self.tokens) = (name, member, purpose, tokens)
        (self.notBefore, self.notAfter) = (notBefore, notAfter)
    }

    package func isValid(at now: Instant) -> Bool { notBefore <= now && now <= notAfter }
}

extension BudgetGrant {
    static let amounts: ClosedRange<Int64> = 1...1_000_000_000_000

    package var json: JSON {
        let amounts = KeyClass.allCases.compactMap { keyClass in
            tokens[keyClass].map { JSON.Member(keyClass.rawValue, .number($0)) }
        }
        return .object([
            "name": .string(name.text), "member": .string(member.name), "purpose": .string(purpose.rawValue),
            "tokens": .object(amounts), "notBefore": .string(notBefore.description),
            "notAfter": .string(notAfter.description),
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        name = try reader.parsed("name", as: ListedName.init)
        member = try reader.parsed("member", as: MemberID.init)
        purpose = try reader.choice("purpose", expected: "the purposes", Purpose.init)
        var amounts = try reader.object("tokens")
        var tokens: [KeyClass: Int] = [:]
        for keyClass in KeyClass.allCases {
            tokens[keyClass] = try amounts.optionalInteger(keyClass.rawValue, in: Self.amounts).map { Int($0) }
        }
        try amounts.finish()
        guard !tokens.isEmpty else { throw reader.failure("tokens", .malformed("no key class has any")) }
        self.tokens = tokens
        notBefore = try reader.parsed("notBefore", as: Instant.init)
        notAfter = try reader.parsed("notAfter", as: Instant.init)
        guard notBefore < notAfter else { throw reader.failure("notAfter", .malformed("not after notBefore")) }
        try reader.finish()
    }
}

extension BudgetGrant: CustomStringConvertible {
    /// What an admin reads before signing.
    package var description: String {
        let amounts = KeyClass.allCases.compactMap { keyClass in tokens[keyClass].map { "\($0) \(keyClass.rawValue)" } }
        return "The grant \(name) gives \(member) \(amounts.joined(separator: ", ")) tokens for "
            + "\(purpose.rawValue) from \(notBefore) to \(notAfter)."
    }
}
