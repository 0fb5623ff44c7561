internal import CSodium
package import Vocabulary

/// An Ed25519 signature (RFC 8032), 64 bytes.
package struct Signature: Hashable, Sendable {
    package static let byteCount = 64
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count == Self.byteCount else {
            throw .wrongLength(expected: Self.byteCount, actual: bytes.count)
        }
        self.bytes = bytes
    }

    fileprivate init(writing body: (UnsafeMutablePointer<UInt8>) -> Void) {
        bytes = .filled(count: Self.byteCount, by: body)
    }
}

/// An Ed25519 public key that was checked when it came in: canonical, on the curve, of the prime-order subgroup.
package struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    package let value: Bytes32
    package let keyID: KeyID

    /// - Throws: `smallOrderKey` for what is no canonical point of order L: the weak points, and what is off the curve.
    package init(_ value: Bytes32) throws(SodiumFailure) {
        let isValid = value.withPointer { crypto_core_ed25519_is_valid_point($0) == 1 }
        guard isValid else { throw .smallOrderKey }
        self.init(trusted: value)
    }

    fileprivate init(trusted value: Bytes32) {
        self.value = value
        let name = Hex.encode(SHA256.hash(value.bytes).bytes.prefix(16))
        // A name of 16 bytes in hexadecimal is what KeyID takes, always.
        keyID = try! KeyID(name)
    }

    package init(base64 text: String) throws(DecodingFailure) {
        let value = try Bytes32(Base64.decode(text))
        do throws(SodiumFailure) { try self.init(value) } catch { throw .notCanonical }
    }

    package var base64: String { value.base64 }
    package var description: String { "ed25519:\(keyID)" }

    /// libsodium's strict verification: refuses non-canonical S and small-order R or A.
    package func isValid(_ signature: Signature, over message: [UInt8]) -> Bool {
        value.withPointer { crypto_sign_verify_detached(signature.bytes, message, UInt64(message.count), $0) == 0 }
    }
}

/// An Ed25519 secret key. The 32-byte seed is what is stored; the expanded key lives in guarded memory.
package final class SigningKey: Sendable {
    package static let seedByteCount = 32
    private let expanded: SecretBytes
    package let publicKey: PublicKey

    package init(seed: borrowing SecretBytes) throws(SodiumFailure) {
        guard seed.count == Self.seedByteCount else {
            throw .wrongLength(expected: Self.seedByteCount, actual: seed.count)
        }
        var derived = Bytes32()
        expanded = seed.withPointer { seed in
            SecretBytes.filled(count: Int(crypto_sign_SECRETKEYBYTES)) { secret in
                derived = .filled { _ = crypto_sign_seed_keypair($0, secret, seed) }
            }
        }
        publicKey = PublicKey(trusted: derived)
    }

    package static func generate() -> SigningKey {
        // A fresh seed has the right length, the only thing `init` can refuse.
        try! SigningKey(seed: .random(count: seedByteCount))
    }

    package var keyID: KeyID { publicKey.keyID }

    package func sign(_ message: [UInt8]) -> Signature {
        expanded.withPointer { secret in
            Signature { _ = crypto_sign_detached($0, nil, message, UInt64(message.count), secret) }
        }
    }

    /// The seed, for writing the key to its file: the first half of the expanded key (RFC 8032 §5.1.5).
    package func withSeed<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try expanded.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<Self.seedByteCount])) }
    }
}
