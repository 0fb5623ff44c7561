internal import CSodium
package import Vocabulary

/// SHA-256 (FIPS 180-4), in one call or fed in pieces.
package struct SHA256 {
    private var state = crypto_hash_sha256_state()

    package init() { crypto_hash_sha256_init(&state) }

    package mutating func update(_ bytes: [UInt8]) {
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
    }

    package mutating func update(_ bytes: Bytes32) {
        bytes.withPointer { _ = crypto_hash_sha256_update(&state, $0, UInt64(Bytes32.byteCount)) }
    }

    package mutating func update(_ text: String) { update(Array(text.utf8)) }

    package mutating func finalize() -> Hash {
        Hash(.filled { _ = crypto_hash_sha256_final(&state, $0) })
    }

    package static func hash(_ bytes: [UInt8]) -> Hash {
        Hash(.filled { _ = crypto_hash_sha256($0, bytes, UInt64(bytes.count)) })
    }
}

/// SHA-512 (FIPS 180-4).
package enum SHA512 {
    package static let byteCount = 64

    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        .filled(count: byteCount) { _ = crypto_hash_sha512($0, bytes, UInt64(bytes.count)) }
    }
}

/// A pseudorandom function under a secret key: BLAKE2b with 32 bytes of key and 32 of output.
package final class KeyedHash: Sendable {
    package static let keyByteCount = 32
    private let key: SecretBytes

    package init(key: consuming SecretBytes) throws(SodiumFailure) {
        guard key.count == Self.keyByteCount else { throw .wrongLength(expected: Self.keyByteCount, actual: key.count) }
        self.key = key
    }

    package func hash(_ bytes: [UInt8]) -> Bytes32 {
        key.withPointer { key in
            .filled {
                _ = crypto_generichash($0, Bytes32.byteCount, bytes, UInt64(bytes.count), key, Self.keyByteCount)
            }
        }
    }
}
