package import Records
internal import Sodium
package import Vocabulary

/// An identifier of nobody: a text, and the token that custodians would make of it. The token is the text's hash on
/// the group, so that it is a true element and the same for every lender.
package struct Invented: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let text: String

    package init(_ kind: IdentifierKind, _ text: String, role: IdentifierRole = .own) {
        (self.kind, self.role, self.text) = (kind, role, text)
    }

    package func playing(_ role: IdentifierRole) -> Invented { Invented(kind, text, role: role) }

    package var token: Bytes32 {
        // A hash of 64 bytes always maps to an element; the identity has no known preimage.
        try! GroupElement.fromUniform(SHA512.hash(Array("\(kind.name)/\(text)".utf8))).value
    }
}

/// A person of nobody's acquaintance.
package struct Person: Sendable {
    package var identifiers: [Invented]

    /// One own identifier of each kind, whose text is the person's name and the kind's.
    package init(_ name: String, _ kinds: IdentifierKind...) {
        identifiers = (kinds.isEmpty ? [.nationalID, .phone] : kinds).map { Invented($0, "\(name)-\($0.name)") }
    }

    package init(_ identifiers: [Invented]) { self.identifiers = identifiers }

    /// The same person, seen with something more.
    package func with(_ more: Invented...) -> Person { Person(identifiers + more) }
    package func only(_ kinds: IdentifierKind...) -> Person {
        Person(identifiers.filter { kinds.contains($0.kind) })
    }

    package func `as`(_ role: SubjectRole) -> Subject<Invented> { Subject(role: role, identifiers: identifiers) }
}

extension RecordID {
    /// The same id for the same name.
    package init(named name: String) {
        self.init(random: SHA256.hash(Array(name.utf8)).bytes.prefix(16))
    }
}
