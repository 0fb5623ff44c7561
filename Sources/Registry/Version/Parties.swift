package import OPRF
package import Sodium
package import TransparencyLog
package import Vocabulary

/// A person of a member whose key counts towards the registry's quorum.
package struct Admin: Hashable, Sendable {
    package let name: String
    package let publicKey: PublicKey

    package init(name: String, publicKey: PublicKey) {
        (self.name, self.publicKey) = (name, publicKey)
    }

    package var keyID: KeyID { publicKey.keyID }
}

/// The transparency log: the origin that its checkpoints carry and the key that signs them.
package struct LogIdentity: Hashable, Sendable {
    package let verifierKey: NoteVerifierKey

    /// - Throws: `malformed` for an origin that is no name of a signed note's key (C2SP signed-note).
    package init(origin: String, publicKey: PublicKey) throws(DecodingFailure) {
        verifierKey = NoteVerifierKey(name: try NoteKeyName(origin), publicKey: publicKey)
    }

    package var origin: String { verifierKey.name.text }
    package var publicKey: PublicKey { verifierKey.publicKey }
}

/// The exchange's node: where it is reached and the key that signs its answers.
package struct NodeIdentity: Hashable, Sendable {
    package let name: String
    package let url: ServiceURL
    package let answerKey: PublicKey

    package init(name: String, url: ServiceURL, answerKey: PublicKey) {
        (self.name, self.url, self.answerKey) = (name, url, answerKey)
    }
}

/// A custodian as the registry knows it. Its public shares follow from the commitments (`TokenKeys`), and a version
/// whose written shares differ from those is refused.
package struct RegisteredCustodian: Hashable, Sendable {
    package let id: CustodianID
    /// The point at which its share lies on the sharing polynomial, from 1.
    package let index: ShareIndex
    package let url: ServiceURL
    package let publicShares: [KeyClass: GroupElement]

    package init(id: CustodianID, index: ShareIndex, url: ServiceURL, publicShares: [KeyClass: GroupElement]) {
        (self.id, self.index, self.url, self.publicShares) = (id, index, url, publicShares)
    }
}

/// Whether the consortium deals with real persons.
package enum ConsortiumMode: String, Hashable, Sendable, CaseIterable {
    /// Invented persons only: the protections that need many members and separate volumes are not enforced.
    case demo
    case production
}
