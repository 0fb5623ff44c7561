internal import CSodium
package import Vocabulary

/// An element of ristretto255 (RFC 9496): canonical, and never the identity.
package struct GroupElement: Hashable, Sendable {
    package static let byteCount = 32
    package let value: Bytes32

    /// - Throws: `identityElement`, or `notCanonical` for what RFC 9496 §4.3.1 does not decode.
    package init(_ value: Bytes32) throws(SodiumFailure) {
        guard value != Bytes32() else { throw .identityElement }
        // libsodium 1.0.18 ignores the highest bit, so that two encodings would decode to one element.
        let isValid = value.withPointer { $0[31] & 0x80 == 0 && crypto_core_ristretto255_is_valid_point($0) == 1 }
        guard isValid else { throw .notCanonical }
        self.value = value
    }

    init(unchecked value: Bytes32) { self.value = value }

    package static let generator: GroupElement = {
        // One times the generator is not the identity.
        try! GroupElement.generator(times: .one)
    }()

    /// Element derivation from 64 uniform bytes (RFC 9496 §4.3.4).
    package static func fromUniform(_ bytes: [UInt8]) throws(SodiumFailure) -> GroupElement {
        precondition(bytes.count == 64, "The one-way map takes 64 bytes.")
        let value = Bytes32.filled { _ = crypto_core_ristretto255_from_hash($0, bytes) }
        guard value != Bytes32() else { throw .identityElement }
        return GroupElement(unchecked: value)
    }

    /// `scalar · G`. - Throws: `zeroScalar`.
    package static func generator(times scalar: Scalar) throws(SodiumFailure) -> GroupElement {
        var status: Int32 = 0
        let value = scalar.value.withPointer { scalar in
            Bytes32.filled { status = crypto_scalarmult_ristretto255_base($0, scalar) }
        }
        guard status == 0 else { throw .zeroScalar }
        return GroupElement(unchecked: value)
    }

    /// `scalar · self`, in constant time. - Throws: `zeroScalar`.
    package func times(_ scalar: Scalar) throws(SodiumFailure) -> GroupElement {
        var status: Int32 = 0
        let product = value.withPointer { point in
            scalar.value.withPointer { scalar in
                Bytes32.filled { status = crypto_scalarmult_ristretto255($0, scalar, point) }
            }
        }
        guard status == 0 else { throw .zeroScalar }
        return GroupElement(unchecked: product)
    }

    /// - Throws: `identityElement` where the two are each other's inverse.
    package func adding(_ other: GroupElement) throws(SodiumFailure) -> GroupElement {
        try combined(with: other) { crypto_core_ristretto255_add($0, $1, $2) }
    }

    /// - Throws: `identityElement` where the two are equal.
    package func subtracting(_ other: GroupElement) throws(SodiumFailure) -> GroupElement {
        try combined(with: other) { crypto_core_ristretto255_sub($0, $1, $2) }
    }

    private func combined(
        with other: GroupElement,
        _ operation: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Int32
    ) throws(SodiumFailure) -> GroupElement {
        var status: Int32 = 0
        let result = value.withPointer { left in
            other.value.withPointer { right in
                Bytes32.filled { status = operation($0, left, right) }
            }
        }
        guard status == 0 else { throw .notCanonical }
        guard result != Bytes32() else { throw .identityElement }
        return GroupElement(unchecked: result)
    }
}
