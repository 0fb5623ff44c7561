internal import CSodium

/// Authenticated encryption at rest: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha §2.3) under one 32-byte key.
///
/// A sealed value is nonce (24) ‖ ciphertext ‖ tag (16). The context is authenticated with it, so that a row moved to
/// another place does not open.
package final class SealingKey: Sendable {
    package static let keyByteCount = 32
    package static let overheadByteCount = 40
    private static let nonceByteCount = 24
    private let key: SecretBytes

    package init(_ key: consuming SecretBytes) throws(SodiumFailure) {
        guard key.count == Self.keyByteCount else { throw .wrongLength(expected: Self.keyByteCount, actual: key.count) }
        self.key = key
    }

    package static func generate() -> SealingKey {
        // A fresh key has the right length, the only thing `init` can refuse.
        try! SealingKey(.random(count: keyByteCount))
    }

    package func seal(_ plaintext: [UInt8], context: [UInt8]) -> [UInt8] {
        SodiumLibrary.ready
        return .filled(count: plaintext.count + Self.overheadByteCount) { nonce in
            randombytes_buf(nonce, Self.nonceByteCount)
            key.withPointer { key in
                _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                    nonce + Self.nonceByteCount, nil, plaintext, UInt64(plaintext.count), context,
                    UInt64(context.count), nil, nonce, key)
            }
        }
    }

    /// - Throws: `notAuthentic` where the bytes, the context or the key are not those of the sealing.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws(SodiumFailure) -> [UInt8] {
        guard sealed.count >= Self.overheadByteCount else { throw .notAuthentic }
        var isAuthentic = false
        let plaintext = [UInt8].filled(count: sealed.count - Self.overheadByteCount) { target in
            isAuthentic = decrypt(sealed, count: sealed.count, context: context, to: target)
        }
        guard isAuthentic else { throw .notAuthentic }
        return plaintext
    }

    /// - Returns: whether the sealed bytes are authentic; where they are not, libsodium leaves zeros in the target.
    private func decrypt(
        _ nonce: UnsafePointer<UInt8>, count: Int, context: [UInt8], to target: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        key.withPointer { key in
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                target, nil, nil, nonce + Self.nonceByteCount, UInt64(count - Self.nonceByteCount), context,
                UInt64(context.count), nonce, key) == 0
        }
    }

    /// The raw key, for writing it to its own owner-only file.
    package func withKey<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try key.withUnsafeBytes { try body($0) }
    }
}
