package import Sodium
package import Vocabulary

/// The part of a key file that may be handed to anybody.
package struct PublicKeyFile: Hashable, Sendable {
    package let kind: KeyKind
    package let name: String
    package let publicKey: PublicKey
    private static let format = "counterfoil-key-1"

    package init(kind: KeyKind, name: String, publicKey: PublicKey) {
        (self.kind, self.name, self.publicKey) = (kind, name, publicKey)
    }

    /// Reads a public key from its own file or from a secret key file (whose permissions are then checked too).
    package static func read(_ path: String) throws(Problem) -> PublicKeyFile {
        let bytes = try FileSystem.read(path, as: .open, limit: 1 << 16)
        let holdsSecret = try DocumentFile.parse(bytes, path) { json in json["seed"] != nil || json["sealed"] != nil }
        if holdsSecret {
            let file = try KeyFile.read(path)
            return PublicKeyFile(kind: file.kind, name: file.name, publicKey: file.publicKey)
        }
        return try DocumentFile.parse(bytes, path) { json throws(FieldFailure) in
            var reader = try ObjectReader(json)
            let file = try PublicKeyFile(&reader)
            try reader.finish()
            return file
        }
    }

    package var json: JSON {
        .object([
            "format": .string(Self.format), "kind": .string(kind.rawValue), "name": .string(name),
            "keyID": .string(publicKey.keyID.text), "publicKey": .string(publicKey.base64),
        ])
    }

    init(_ reader: inout ObjectReader) throws(FieldFailure) {
        guard try reader.string("format") == Self.format else {
            throw reader.failure("format", .malformed("not \(Self.format)"))
        }
        kind = try reader.choice("kind", expected: "admin, member, log, answer", KeyKind.init)
        name = try reader.string("name", maximumLength: 64)
        let keyID = try reader.parsed("keyID", as: KeyID.init)
        publicKey = try reader.parsed("publicKey", as: PublicKey.init(base64:))
        guard keyID == publicKey.keyID else { throw reader.failure("keyID", .malformed("not the public key's name")) }
    }
}
