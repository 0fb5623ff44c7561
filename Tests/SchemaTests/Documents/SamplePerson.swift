import Records
import Sodium
import Vocabulary

/// An invented person's identifier with its token and salt, as a lender's own code would have them.
///
/// The token is a group element derived from the text: valid, and the same for the same text, without custodians.
struct SampleIdentifier {
    let kind: IdentifierKind
    let role: IdentifierRole
    let opening: Opening

    init(_ kind: IdentifierKind, _ text: String, role: IdentifierRole = .own) throws {
        let digest = SHA512.hash(Array("\(kind.name):\(text)".utf8))
        (self.kind, self.role) = (kind, role)
        opening = Opening(
            salt: SHA256.hash(Array("salt of \(text)".utf8)).value, token: try GroupElement.fromUniform(digest).value)
    }

    var json: JSON {
        .object([
            "kind": .string(kind.name), "role": .string(role.name),
            "commitment": .string(Commitment.of(kind, opening).base64),
        ])
    }
}

/// A subject of a sample document.
struct SampleSubject {
    let role: String
    let identifiers: [SampleIdentifier]

    var json: JSON { .object(["role": .string(role), "identifiers": .array(identifiers.map(\.json))]) }
}

extension SampleSubject {
    /// Two people who share a phone.
    static func borrower() throws -> SampleSubject {
        SampleSubject(
            role: "borrower",
            identifiers: [
                try SampleIdentifier(.nationalID, "first"), try SampleIdentifier(.phone, "shared"),
                try SampleIdentifier(.email, "friend", role: .contact), try SampleIdentifier(.nameBirthDate, "first"),
            ])
    }

    static func housemate(as role: String) throws -> SampleSubject {
        SampleSubject(
            role: role,
            identifiers: [try SampleIdentifier(.nationalID, "second"), try SampleIdentifier(.phone, "shared")])
    }

    static func stranger() throws -> SampleSubject {
        SampleSubject(role: "borrower", identifiers: [try SampleIdentifier(.nationalID, "nobody")])
    }

    /// Nothing that could match a person.
    static func vague() throws -> SampleSubject {
        SampleSubject(role: "borrower", identifiers: [try SampleIdentifier(.employer, "somewhere")])
    }

    func acting(as role: String) -> SampleSubject { SampleSubject(role: role, identifiers: identifiers) }
}
