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
        SecretScalar(unchecked: .filled(count: byteCount) { crypto_core_ristretto255_scalar_random($0) })
    }

    /// The kind, never the content.
    package var description: String { "secret scalar" }

    /// `self · G`.
    package func timesGenerator() -> GroupElement {
        memory.withPointer { secret in
            // Refused for zero alone, which no secret scalar is.
            GroupElement(unchecked: .filled { _ = crypto_scalarmult_ristretto255_base($0, secret) })
        }
    }

    /// `self · element`, in constant time.
    package func times(_ element: GroupElement) -> GroupElement {
        memory.withPointer { secret in
            element.value.withPointer { point in
                // Refused for zero and for undecodable points alone, which neither type can hold.
                GroupElement(unchecked: .filled { _ = crypto_scalarmult_ristretto255($0, secret, point) })
            }
        }
    }

    /// `self − factor · secret`: what a Schnorr proof answers to its challenge, `self` being the nonce.
    package func subtracting(_ factor: Scalar, times secret: SecretScalar) -> Scalar {
        let product = SecretBytes.filled(count: Self.byteCount) { target in
            secret.memory.withPointer { secret in
                factor.value.withPointer { factor in crypto_core_ristretto255_scalar_mul(target, factor, secret) }
            }
        }
        return memory.withPointer { own in
            product.withPointer { product in
                Scalar(writing: { crypto_core_ristretto255_scalar_sub($0, own, product) })
            }
        }
    }

    /// The polynomial with these coefficients (the constant first) at a point, by Horner's rule in guarded memory.
    ///
    /// - Throws: `zeroScalar` where the value is zero, which for random coefficients does not happen.
    package static func polynomial(
        _ coefficients: [SecretScalar], at point: Scalar
    ) throws(SodiumFailure) -> SecretScalar {
        try SecretScalar(.filled(count: byteCount) { sum in
            sodium_memzero(sum, byteCount)
            for coefficient in coefficients.reversed() {
                point.value.withPointer { crypto_core_ristretto255_scalar_mul(sum, sum, $0) }
                coefficient.memory.withPointer { crypto_core_ristretto255_scalar_add(sum, sum, $0) }
            }
        })
    }

    /// The little-endian bytes, for writing them to a sealed or owner-only file.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try memory.withUnsafeBytes { try body($0) }
    }
}
