package import Sodium

/// RFC 9497's ristretto255-SHA512 (§4.1) in one of its modes. We use `verifiable`; `base` is there for the vectors.
package struct Ciphersuite: Sendable {
    package static let base = Ciphersuite(mode: 0)
    package static let verifiable = Ciphersuite(mode: 1)

    package static let maximumInputByteCount = 65_535

    private let hashToGroupTag: [UInt8]
    private let hashToScalarTag: [UInt8]
    let seedTag: [UInt8]
    /// `"OPRFV1-" ‖ mode ‖ "-ristretto255-SHA512"` (RFC 9497 §3.1).
    package let contextString: [UInt8]

    private init(mode: UInt8) {
        contextString = Array("OPRFV1-".utf8) + [mode] + Array("-ristretto255-SHA512".utf8)
        hashToGroupTag = Array("HashToGroup-".utf8) + contextString
        hashToScalarTag = Array("HashToScalar-".utf8) + contextString
        seedTag = Array("Seed-".utf8) + contextString
    }

    /// - Throws: `identityElement` where the input maps there (RFC 9497's `InvalidInputError`).
    package func hashToGroup(_ input: [UInt8]) throws(SodiumFailure) -> GroupElement {
        try GroupElement.fromUniform(MessageExpansion.expand(input, tag: hashToGroupTag, count: 64))
    }

    package func hashToScalar(_ input: [UInt8]) -> Scalar {
        Scalar.reducing(MessageExpansion.expand(input, tag: hashToScalarTag, count: 64))
    }

    /// `Blind` (RFC 9497 §3.3.1): the element that a custodian may see, `blind · HashToGroup(input)`.
    package func blind(_ input: [UInt8], with blind: Scalar) throws(SodiumFailure) -> GroupElement {
        try hashToGroup(input).times(blind)
    }
}
