internal import CSodium
package import Vocabulary

/// A scalar modulo the group order L of ristretto255 (RFC 9496 §4.4), always reduced. Shares and keys are scalars too.
package struct Scalar: Equatable, Sendable, CustomStringConvertible {
    package static let byteCount = 32
    package let value: Bytes32

    /// - Throws: `notCanonical` for 32 bytes that are not below L, which libsodium itself would mask or reduce.
    package init(_ value: Bytes32) throws(SodiumFailure) {
        guard Self.isReduced(value) else { throw .notCanonical }
        self.value = value
    }

    init(writing body: (UnsafeMutablePointer<UInt8>) -> Void) {
        value = .filled(by: body)
    }

    /// A uniform non-zero scalar.
    package static func random() -> Scalar {
        SodiumLibrary.ready
        return Scalar { crypto_core_ristretto255_scalar_random($0) }
    }

    /// 64 uniform bytes reduced modulo L.
    package static func reducing(_ bytes: [UInt8]) -> Scalar {
        precondition(bytes.count == 64, "A reduction takes 64 bytes.")
        return Scalar { crypto_core_ristretto255_scalar_reduce($0, bytes) }
    }

    package init(_ number: UInt32) {
        value = Bytes32 { target in
            for index in 0..<4 { target[index] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(index))) }
        }
    }

    package static let zero = Scalar(UInt32(0))
    package static let one = Scalar(UInt32(1))
    package var isZero: Bool { self == .zero }
    /// The kind, never the content: most scalars are secret.
    package var description: String { "scalar" }

    package static func + (left: Scalar, right: Scalar) -> Scalar {
        combine(left, right) { crypto_core_ristretto255_scalar_add($0, $1, $2) }
    }

    package static func - (left: Scalar, right: Scalar) -> Scalar {
        combine(left, right) { crypto_core_ristretto255_scalar_sub($0, $1, $2) }
    }

    package static func * (left: Scalar, right: Scalar) -> Scalar {
        combine(left, right) { crypto_core_ristretto255_scalar_mul($0, $1, $2) }
    }

    /// The multiplicative inverse. - Throws: `zeroScalar` for zero.
    package func inverted() throws(SodiumFailure) -> Scalar {
        guard !isZero else { throw .zeroScalar }
        return value.withPointer { value in Scalar { _ = crypto_core_ristretto255_scalar_invert($0, value) } }
    }

    package static func == (left: Scalar, right: Scalar) -> Bool {
        left.value.withPointer { left in
            right.value.withPointer { right in sodium_memcmp(left, right, byteCount) == 0 }
        }
    }

    private static func combine(
        _ left: Scalar, _ right: Scalar,
        _ operation: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Void
    ) -> Scalar {
        left.value.withPointer { left in
            right.value.withPointer { right in Scalar { operation($0, left, right) } }
        }
    }

    /// Compares with L = 2^252 + 27742317777372353535851937790883648493, little-endian words.
    private static func isReduced(_ value: Bytes32) -> Bool {
        let order: [UInt64] = [0x5812_631A_5CF5_D3ED, 0x14DE_F9DE_A2F7_9CD6, 0, 0x1000_0000_0000_0000]
        let words = [value.a, value.b, value.c, value.d].map { UInt64(littleEndian: $0) }
        for index in (0..<4).reversed() where words[index] != order[index] { return words[index] < order[index] }
        return false
    }
}
