internal import CSodium
import Vocabulary

/// A secret scalar of ristretto255 that never leaves its guarded memory: a token key, a share of one, a proof's nonce.
///
/// It is neither zero nor unreduced. Whatever uses it works on the guarded bytes themselves.
package final class SecretScalar: Sendable, CustomStringConvertible {
    package static let byteCount = Scalar.byteCount
    private let memory: SecretBytes

    /// - Throws: `wrongLength`, `zeroScalar`, or `notCanonical` for 32 bytes that are not below the group's order.
    package init(_ bytes: consuming SecretBytes) throws(SodiumFailure) {
        guard bytes.count == Self.byteCount else {
            throw .wrongLength(expected: Self.byteCount, actual: bytes.count)
        }
        // The copy on the stack is the price of the comparison; it is not kept.
        let scalar = try bytes.withUnsafeBytes { (bytes) throws(SodiumFailure) in
            try Scalar(Bytes32 { $0.copyMemory(from: bytes) })
        }
        guard !scalar.isZero else { throw .zeroScalar }
        memory = bytes
    }

    /// For scalars that come from elsewhere, such as a vector or a seeded simulation.
    package convenience init(_ scalar: Scalar) throws(SodiumFailure) {
        try self.init(SecretBytes(count: Self.byteCount) { target in
            scalar.value.withUnsafeBytes { target.copyMemory(from: $0) }
        })
    }

    private init(unchecked memory: consuming SecretBytes) { self.memory = memory }

    /// A uniform non-zero scalar.
    package static func random() -> SecretScalar {
        SecretScalar(unchecked: SecretBytes(count: byteCount) { target in
            crypto_core_ristretto255_scalar_random(target.baseAddress!)
        })
    }

    /// The kind, never the content.
    package var description: String { "secret scalar" }

    /// `self · G`.
    package func timesGenerator() -> GroupElement {
        memory.withUnsafeBytes { secret in
            // Refused for zero alone, which no secret scalar is.
            GroupElement(unchecked: Bytes32 {
                _ = crypto_scalarmult_ristretto255_base($0.baseAddress!, secret.baseAddress!)
            })
        }
    }

    /// `self · element`, in constant time.
    package func times(_ element: GroupElement) -> GroupElement {
        memory.withUnsafeBytes { secret in
            element.value.withUnsafeBytes { point in
                // Refused for zero and for undecodable points alone, which neither type can hold.
                GroupElement(unchecked: Bytes32 {
                    _ = crypto_scalarmult_ristretto255($0.baseAddress!, secret.baseAddress!, point.baseAddress!)
                })
            }
        }
    }

    /// `self − factor · secret`: what a Schnorr proof answers to its challenge, `self` being the nonce.
    package func subtracting(_ factor: Scalar, times secret: SecretScalar) -> Scalar {
        let product = SecretBytes(count: Self.byteCount) { target in
            secret.memory.withUnsafeBytes { secret in
                factor.value.withUnsafeBytes { factor in
                    crypto_core_ristretto255_scalar_mul(target.baseAddress!, factor.baseAddress!, secret.baseAddress!)
                }
            }
        }
        return memory.withUnsafeBytes { own in
            product.withUnsafeBytes { product in
                Scalar(writing: { crypto_core_ristretto255_scalar_sub($0, own.baseAddress!, product.baseAddress!) })
            }
        }
    }

    /// The polynomial with these coefficients (the constant first) at a point, by Horner's rule in guarded memory.
    ///
    /// - Throws: `zeroScalar` where the value is zero, which for random coefficients does not happen.
    package static func polynomial(
        _ coefficients: [SecretScalar], at point: Scalar
    ) throws(SodiumFailure) -> SecretScalar {
        try SecretScalar(SecretBytes(count: byteCount) { target in
            let sum = target.baseAddress!
            sodium_memzero(sum, byteCount)
            for coefficient in coefficients.reversed() {
                point.value.withUnsafeBytes { crypto_core_ristretto255_scalar_mul(sum, sum, $0.baseAddress!) }
                coefficient.memory.withUnsafeBytes { crypto_core_ristretto255_scalar_add(sum, sum, $0.baseAddress!) }
            }
        })
    }

    /// The little-endian bytes, for writing them to a sealed or owner-only file.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try memory.withUnsafeBytes { try body($0) }
    }
}
