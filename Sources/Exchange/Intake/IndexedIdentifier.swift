package import Records
package import Sodium
package import Vocabulary

/// An identifier as the node works with it: its token was opened, found to be a group element, and indexed.
package struct IndexedIdentifier: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let token: Bytes32
    package let index: LookupKey
}

/// Turns tokens into what they are looked up by: a keyed hash of kind and token, useless without the pepper.
package struct TokenIndexer: Sendable {
    private let pepper: KeyedHash

    package init(pepper: KeyedHash) { self.pepper = pepper }

    /// - Throws: `invalidElement` where the token is not a canonical element of the group or is the identity.
    package func index(_ identifier: OpenedIdentifier) throws(Problem) -> IndexedIdentifier {
        do throws(SodiumFailure) { _ = try GroupElement(identifier.token) } catch {
            throw Problem(.invalidElement, "A token is not a canonical element of the group, or is the identity.")
        }
        var input: [UInt8] = []
        input.reserveCapacity(33)
        input.append(identifier.kind.rawValue)
        identifier.token.withUnsafeBytes { input.append(contentsOf: $0) }
        return IndexedIdentifier(
            kind: identifier.kind, role: identifier.role, token: identifier.token,
            index: LookupKey(pepper.hash(input)))
    }
}

extension LookupKey {
    /// The first half of SHA-256 over a label and parts, each with its length before it.
    package static func digest(_ label: String, _ parts: [[UInt8]]) -> LookupKey {
        var input = Array(label.utf8)
        input.append(0)
        for part in parts {
            withUnsafeBytes(of: UInt32(part.count).littleEndian) { input.append(contentsOf: $0) }
            input.append(contentsOf: part)
        }
        return LookupKey(SHA256.hash(input).value)
    }

    package static func record(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/record/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func submission(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/submission/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func loan(_ reference: OpaqueReference, of member: MemberID) -> LookupKey {
        digest("counterfoil/loan/v1", [Array(member.name.utf8), Array(reference.text.utf8)])
    }

    package static func batch(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/batch/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func reservation(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/reservation/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func acknowledgement(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/acknowledgement/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func watchRequest(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/watch-request/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func watch(_ id: RecordID, of member: MemberID) -> LookupKey {
        digest("counterfoil/watch/v1", [Array(member.name.utf8), id.bytes])
    }

    package static func nonce(_ nonce: String, of key: KeyID) -> LookupKey {
        digest("counterfoil/nonce/v1", [Array(key.text.utf8), Array(nonce.utf8)])
    }
}
