package import Sodium
package import Vocabulary

/// A secret inside its file: readable to whoever can read the file, or sealed under a passphrase.
///
/// An attacker who can write the file gains nothing but its loss: what is inside must match the public key beside it.
package enum StoredSecret: Hashable, Sendable {
    /// For services that start unattended: the file's permissions are the whole protection.
    case raw([UInt8])
    case sealed(SealedSecret)
}

extension StoredSecret: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind, never the content.
    package var description: String { if case .sealed = self { "sealed secret" } else { "raw secret" } }
    package var debugDescription: String { description }
}

/// Bytes under a key that Argon2id (RFC 9106) makes from a passphrase; the context is authenticated with them.
package struct SealedSecret: Hashable, Sendable {
    /// What a file may ask of this machine before the passphrase is known to be right.
    private static let greatestPasses: Int64 = 16
    private static let greatestMemoryKiB: Int64 = 2 << 20

    private let cost: Argon2id.Cost
    private let salt: [UInt8]
    private let box: [UInt8]

    package init(
        _ secret: [UInt8], passphrase: borrowing SecretBytes, cost: Argon2id.Cost, context: String
    ) throws(Problem) {
        self.cost = cost
        salt = SystemRandom.bytes(Argon2id.saltByteCount)
        box = try Self.key(passphrase, salt, cost).seal(secret, context: Array(context.utf8))
    }

    /// - Throws: `Problem(.wrongPassphrase)`; nothing could tell a changed file from a wrong passphrase.
    package func open(passphrase: borrowing SecretBytes, context: String) throws(Problem) -> SecretBytes {
        let key = try Self.key(passphrase, salt, cost)
        do throws(SodiumFailure) {
            var secret = try key.open(box, context: Array(context.utf8))
            return SecretBytes(wiping: &secret)
        } catch {
            throw Problem(
                .wrongPassphrase, "The passphrase does not open this file, or the file was changed.",
                hint: "Try the passphrase again; if it is right, restore the file from its backup.")
        }
    }

    private static func key(
        _ passphrase: borrowing SecretBytes, _ salt: [UInt8], _ cost: Argon2id.Cost
    ) throws(Problem) -> SealingKey {
        do throws(SodiumFailure) {
            let derived = try Argon2id.derive(
                passphrase: passphrase, salt: salt, cost: cost, count: SealingKey.keyByteCount)
            return try SealingKey(derived)
        } catch {
            throw Problem(
                .configurationInvalid, "There is not enough memory to derive the key from the passphrase.",
                hint: "\(cost.memoryBytes >> 20) MiB must be free for a moment.")
        }
    }
}

extension SealedSecret {
    package var json: JSON {
        .object([
            "kdf": "argon2id", "passes": .number(cost.passes), "memoryKiB": .number(cost.memoryBytes >> 10),
            "salt": .string(Base64.encode(salt)), "box": .string(Base64.encode(box)),
        ])
    }

    init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        guard try reader.string("kdf") == "argon2id" else { throw reader.failure("kdf", .malformed("not argon2id")) }
        let least = Argon2id.Cost.interactive
        let passes = try reader.integer("passes", in: Int64(least.passes)...Self.greatestPasses)
        let memoryKiB = try reader.integer("memoryKiB", in: Int64(least.memoryBytes >> 10)...Self.greatestMemoryKiB)
        cost = Argon2id.Cost(passes: UInt64(passes), memoryBytes: Int(memoryKiB) << 10)
        salt = try reader.base64("salt")
        guard salt.count == Argon2id.saltByteCount else {
            throw reader.failure("salt", .malformed("not \(Argon2id.saltByteCount) bytes"))
        }
        box = try reader.base64("box")
        try reader.finish()
    }
}
