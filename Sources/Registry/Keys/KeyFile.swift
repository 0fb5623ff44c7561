package import Sodium
package import Vocabulary

/// What a signing key is for. A key of one kind is not accepted where another is needed.
package enum KeyKind: String, Hashable, Sendable, CaseIterable {
    /// Counts towards the registry's threshold.
    case admin
    /// Signs a member's submissions, checks and requests.
    case member
    /// Signs the log's checkpoints.
    case log
    /// Signs the node's answers.
    case answer
}

/// A signing key in a file of its own: what may be known of it, and its seed, sealed or raw.
///
/// The file is written for its owner alone, is refused once group or others have any permission on it, and is never
/// overwritten. Formats and holders: `keys/README.md`.
package struct KeyFile: Hashable, Sendable {
    package let kind: KeyKind
    /// Whose key it is, for people (an admin's or a member's name).
    package let name: String
    package let publicKey: PublicKey
    package let secret: StoredSecret

    package var keyID: KeyID { publicKey.keyID }
    package var isSealed: Bool { if case .sealed = secret { true } else { false } }

    /// A raw file: for services that start unattended.
    package init(_ key: SigningKey, kind: KeyKind, name: String) {
        (self.kind, self.name, publicKey) = (kind, name, key.publicKey)
        secret = .raw(key.withSeed { [UInt8]($0) })
    }

    package init(
        _ key: SigningKey, kind: KeyKind, name: String, passphrase: borrowing SecretBytes,
        cost: Argon2id.Cost = .moderate
    ) throws(Problem) {
        (self.kind, self.name, publicKey) = (kind, name, key.publicKey)
        let context = Self.context(kind, key.keyID)
        secret = .sealed(
            try SealedSecret(key.withSeed { [UInt8]($0) }, passphrase: passphrase, cost: cost, context: context))
    }

    /// The key itself. - Parameter passphrase: asked for only where the file is sealed.
    package func open(
        passphrase: () throws(Problem) -> SecretBytes
    ) throws(Problem) -> SigningKey {
        let seed: SecretBytes
        switch secret {
        case .raw(var bytes): seed = SecretBytes(wiping: &bytes)
        case .sealed(let sealed):
            seed = try sealed.open(passphrase: passphrase(), context: Self.context(kind, keyID))
        }
        let key: SigningKey
        do throws(SodiumFailure) { key = try SigningKey(seed: seed) } catch { throw Self.mismatch }
        guard key.publicKey == publicKey else { throw Self.mismatch }
        return key
    }

    /// Opens a raw key file, as services do at start.
    package func openUnattended() throws(Problem) -> SigningKey {
        try open { () throws(Problem) in
            throw Problem(
                .configurationInvalid, "This key file is sealed, and a service cannot be asked for a passphrase.",
                hint: "Make the service's key with `counterfoil key generate --raw`.")
        }
    }

    private static func context(_ kind: KeyKind, _ keyID: KeyID) -> String {
        "counterfoil/key-file/v1|\(kind.rawValue)|\(keyID)"
    }

    private static let mismatch = Problem(
        .configurationInvalid, "The secret in this key file does not belong to the public key beside it.",
        hint: "The file is damaged; restore it from its backup.")
}

extension KeyFile {
    package static func read(_ path: String) throws(Problem) -> KeyFile {
        let bytes = try FileSystem.read(path, as: .secret, limit: 1 << 16)
        return try DocumentFile.parse(bytes, path) { json throws(FieldFailure) in try KeyFile(json) }
    }

    /// - Throws: `Problem` where the file exists; a key is never overwritten.
    package func write(to path: String) throws(Problem) {
        try FileSystem.write(Array(json.prettyText.utf8), to: path, as: .secret, replacing: false)
    }

    package var json: JSON {
        var members = publicJSON.members ?? []
        switch secret {
        case .raw(let seed): members.append(JSON.Member("seed", .string(Base64.encode(seed))))
        case .sealed(let sealed): members.append(JSON.Member("sealed", sealed.json))
        }
        return .object(members)
    }

    /// What may be handed to anybody, such as an admin who is to admit this key.
    package var publicJSON: JSON {
        PublicKeyFile(kind: kind, name: name, publicKey: publicKey).json
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        let file = try PublicKeyFile(&reader)
        (kind, name, publicKey) = (file.kind, file.name, file.publicKey)
        if let sealed = try reader.optionalObject("sealed") {
            secret = .sealed(try SealedSecret(sealed))
        } else {
            let seed = try reader.base64("seed")
            guard seed.count == SigningKey.seedByteCount else {
                throw reader.failure("seed", .malformed("not 32 bytes"))
            }
            secret = .raw(seed)
        }
        try reader.finish()
    }
}
