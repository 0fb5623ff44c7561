internal import CSodium

/// Argon2id (RFC 9106): a key from a passphrase.
package enum Argon2id {
    package static let saltByteCount = 16

    /// How much work a guess costs.
    package struct Cost: Hashable, Sendable {
        package let passes: UInt64
        package let memoryBytes: Int

        package init(passes: UInt64, memoryBytes: Int) {
            (self.passes, self.memoryBytes) = (passes, memoryBytes)
        }

        /// libsodium's moderate profile: three passes over 256 MiB.
        package static let moderate = Cost(passes: 3, memoryBytes: 256 << 20)
        /// The least that is accepted from a file: libsodium's interactive profile, two passes over 64 MiB.
        package static let interactive = Cost(passes: 2, memoryBytes: 64 << 20)
    }

    /// - Throws: `wrongLength` for a salt that is not 16 bytes, `outOfMemory` where the memory cannot be had.
    package static func derive(
        passphrase: borrowing SecretBytes, salt: [UInt8], cost: Cost, count: Int
    ) throws(SodiumFailure) -> SecretBytes {
        guard salt.count == saltByteCount else { throw .wrongLength(expected: saltByteCount, actual: salt.count) }
        SodiumLibrary.ready
        let passphraseByteCount = UInt64(passphrase.count)
        return try passphrase.withPointer { passphrase throws(SodiumFailure) in
            try SecretBytes.filled(count: count) { target throws(SodiumFailure) in
                let status = crypto_pwhash(
                    target, UInt64(count), passphrase, passphraseByteCount, salt, cost.passes, cost.memoryBytes,
                    crypto_pwhash_ALG_ARGON2ID13)
                guard status == 0 else { throw .outOfMemory }
            }
        }
    }
}

/// HKDF with HMAC-SHA-512 (RFC 5869): several secrets from one, each under its own label.
package enum HKDF {
    private static let hashByteCount = 64

    /// - Parameter info: the label of what is derived; never two uses with one label.
    package static func derive(
        secret: [UInt8], salt: [UInt8] = [], info: [UInt8], count: Int
    ) throws(SodiumFailure) -> [UInt8] {
        guard count <= 255 * hashByteCount else { throw .wrongLength(expected: 255 * hashByteCount, actual: count) }
        let extracted = hmac(key: salt.isEmpty ? [UInt8](repeating: 0, count: hashByteCount) : salt, secret)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var counter: UInt8 = 1
        while output.count < count {
            block = hmac(key: extracted, block + info + [counter])
            output += block
            if output.count < count { counter += 1 }
        }
        return Array(output.prefix(count))
    }

    /// HMAC-SHA-512 with a key of any length (libsodium's multi-part interface takes one).
    private static func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha512_state()
        crypto_auth_hmacsha512_init(&state, key, key.count)
        crypto_auth_hmacsha512_update(&state, message, UInt64(message.count))
        return .filled(count: hashByteCount) { crypto_auth_hmacsha512_final(&state, $0) }
    }
}
