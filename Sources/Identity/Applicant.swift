package import Vocabulary

/// A person in clear, as a lender gives it to its own gateway. Nothing is checked yet but the shape.
package struct Applicant: Hashable, Sendable {
    /// Exact identifiers, the person's own and those of people around them.
    package var claims: [IdentifierClaim]
    package var names: [PersonName]
    /// `1990-01-31` or `19900131`.
    package var birthDate: String?
    /// Where the person lives.
    package var addresses: [PostalAddress]

    package init(
        claims: [IdentifierClaim] = [], names: [PersonName] = [], birthDate: String? = nil,
        addresses: [PostalAddress] = []
    ) {
        (self.claims, self.names, self.birthDate, self.addresses) = (claims, names, birthDate, addresses)
    }
}

extension Applicant: CustomStringConvertible, CustomDebugStringConvertible {
    /// Counts only: a person must not reach a log by accident.
    package var description: String { "an applicant with \(claims.count) identifiers" }
    package var debugDescription: String { description }
}

/// One exact identifier as it was given.
package struct IdentifierClaim: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case nationalID(scheme: String, value: String)
        case phone(String)
        case card(String)
        case email(String)
        case device(type: String, value: String)
        case employer(String)
    }

    package let content: Content
    package let role: IdentifierRole
    /// Where it stands in the applicant, for refusals: `phones[0]`.
    package let path: String

    package init(_ content: Content, role: IdentifierRole = .own, path: String) {
        (self.content, self.role, self.path) = (content, role, path)
    }
}

extension IdentifierClaim: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "an identifier at \(path)" }
    package var debugDescription: String { description }
}
