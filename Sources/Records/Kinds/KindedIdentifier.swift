package import Vocabulary

/// An identifier in any of its forms: clear in the gateway, committed on the wire, opened or numbered at the node.
package protocol KindedIdentifier: Hashable, Sendable {
    var kind: IdentifierKind { get }
    var role: IdentifierRole { get }
}

/// An identifier as a signed payload names it.
package struct CommittedIdentifier: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let commitment: Commitment

    package init(kind: IdentifierKind, role: IdentifierRole, commitment: Commitment) {
        (self.kind, self.role, self.commitment) = (kind, role, commitment)
    }
}

/// An identifier whose opening was checked against its commitment. The token is not yet known to be a group element.
package struct OpenedIdentifier: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let opening: Opening

    package init(kind: IdentifierKind, role: IdentifierRole, opening: Opening) {
        (self.kind, self.role, self.opening) = (kind, role, opening)
    }

    package var token: Bytes32 { opening.token }
}

extension CommittedIdentifier {
    static let kinds = NameTable(IdentifierKind.allCases)
    static let roles = NameTable(IdentifierRole.allCases)

    /// Reads `{"kind":…,"role":…,"commitment":…}`.
    package init(_ json: JSON, path: @autoclosure () -> String) throws(FieldFailure) {
        if let plain = Self(plain: json) {
            self = plain
            return
        }
        var reader = try ObjectReader(json, path: path())
        kind = try reader.choice("kind", Self.kinds)
        role = try reader.choice("role", Self.roles)
        commitment = try reader.parsed("commitment", as: Commitment.init(base64:))
        try reader.finish()
    }

    /// The common case, the three members in order and all well, without building a path; `nil` is no verdict.
    private init?(plain json: JSON) {
        guard case .object(let members) = json, members.count == 3,
            members[0].name == "kind", case .string(let kindName) = members[0].value,
            members[1].name == "role", case .string(let roleName) = members[1].value,
            members[2].name == "commitment", case .string(let text) = members[2].value,
            let kind = Self.kinds.value(named: kindName), let role = Self.roles.value(named: roleName),
            let value = try? Base64.decode32(text)
        else { return nil }
        self.init(kind: kind, role: role, commitment: Commitment(value))
    }

    package var json: JSON {
        .object([
            "kind": .string(Self.kinds.name(of: kind)),
            "role": .string(Self.roles.name(of: role)),
            "commitment": .string(commitment.base64),
        ])
    }
}
