package import Vocabulary

/// One identifier of a subject, normalised and ready to be tokenised. Clear text: it never leaves the gateway.
package struct IdentifierInput: Hashable, Sendable, Comparable {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    /// The canonical value; equal values of one kind are the same identifier.
    package let value: String

    package init(kind: IdentifierKind, role: IdentifierRole, value: String) {
        (self.kind, self.role, self.value) = (kind, role, value)
    }

    /// By kind, role, then the value's bytes: the same applicant always gives the same order.
    package static func < (left: IdentifierInput, right: IdentifierInput) -> Bool {
        if left.kind != right.kind { return left.kind < right.kind }
        if left.role != right.role { return left.role.rawValue < right.role.rawValue }
        return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
    }
}

extension IdentifierInput: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind and role only: values must not reach a log by accident.
    package var description: String { "\(kind.name) (\(role.name))" }
    package var debugDescription: String { description }
}

/// A field that was left out instead of refused, and why.
package struct DroppedField: Hashable, Sendable {
    package let path: String
    package let rule: NormalisationRule

    package init(path: String, rule: NormalisationRule) {
        (self.path, self.rule) = (path, rule)
    }
}

/// All that an applicant comes to: the inputs of the oblivious function, and the fields that gave none.
package struct DerivedIdentifiers: Hashable, Sendable {
    package let inputs: [IdentifierInput]
    package let dropped: [DroppedField]
}
