package import Sodium
package import Vocabulary

/// The name of a key that signs notes; for a log it is also the origin of its checkpoints (C2SP signed-note).
package struct NoteKeyName: Hashable, Sendable, CustomStringConvertible {
    package static let maximumByteCount = 255
    package let text: String

    /// - Throws: `malformed` for a name that is empty, too long, or has a space, a plus sign or a control character.
    package init(_ text: String) throws(DecodingFailure) {
        let isUsable = text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 32 && scalar.value != 127 && scalar != "+" && !scalar.properties.isWhitespace
        }
        guard (1...Self.maximumByteCount).contains(text.utf8.count), isUsable else {
            throw .malformed("a key name is 1 to 255 bytes without spaces, plus signs and control characters")
        }
        self.text = text
    }

    package var description: String { text }

    /// Byte for byte: two spellings that Unicode holds equivalent are two names.
    package static func == (left: NoteKeyName, right: NoteKeyName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }
}

/// The public half of a key that signs notes with Ed25519; its text form is a C2SP vkey.
package struct NoteVerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// Ed25519 over the note's text (C2SP signed-note, signature types).
    static let signatureType: UInt8 = 1

    package let name: NoteKeyName
    package let publicKey: PublicKey
    /// Names the key in a signature line, beside its name. Short: an identifier, no fingerprint to trust.
    package let keyHash: UInt32

    package init(name: NoteKeyName, publicKey: PublicKey) {
        (self.name, self.publicKey) = (name, publicKey)
        let named = Array(name.text.utf8) + [UInt8(ascii: "\n"), Self.signatureType] + publicKey.value.bytes
        keyHash = SHA256.hash(named).bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `<name>+<key hash, 8 hexadecimal digits>+<base64 of type and key>`.
    ///
    /// - Throws: `malformed`, `notCanonical` for a weak key or one that does not have that hash.
    package init(vkey: String) throws(DecodingFailure) {
        let parts = vkey.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count == 3 else { throw .malformed("a verifier key is <name>+<hash>+<key>") }
        let material = try Base64.decode(parts[2])
        guard material.first == Self.signatureType, material.count == 33 else {
            throw .malformed("a verifier key here is one of Ed25519, type 1")
        }
        let point = try Bytes32(material[1...])
        let key: PublicKey
        do throws(SodiumFailure) { key = try PublicKey(point) } catch { throw .notCanonical }
        self.init(name: try NoteKeyName(parts[0]), publicKey: key)
        guard Hex.encode(keyHashBytes) == parts[1] else { throw .notCanonical }
    }

    /// The key as one line of text.
    package var vkey: String {
        "\(name)+\(Hex.encode(keyHashBytes))+\(Base64.encode([Self.signatureType] + publicKey.value.bytes))"
    }

    package var description: String { vkey }

    private var keyHashBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: keyHash >> (24 - 8 * $0)) } }
}

/// A secret key with the name under which it signs notes.
package struct NoteSigner: Sendable {
    package let verifierKey: NoteVerifierKey
    private let key: SigningKey

    package init(name: NoteKeyName, key: SigningKey) {
        verifierKey = NoteVerifierKey(name: name, publicKey: key.publicKey)
        self.key = key
    }

    package func sign(_ text: String) -> NoteSignature {
        NoteSignature(
            keyName: verifierKey.name, keyHash: verifierKey.keyHash, signature: key.sign(Array(text.utf8)).bytes)
    }
}
