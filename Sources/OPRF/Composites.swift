import Sodium

/// The two elements that stand for a whole batch in a proof (RFC 9497 §2.2.1): `M = Σ dᵢ·Cᵢ` and `Z = Σ dᵢ·Dᵢ`.
///
/// Every `dᵢ` hangs on the public share, the position and both elements at it, so that no base is left out.
struct Composites {
    let blinded: GroupElement
    let evaluated: GroupElement

    /// `ComputeComposites`, for who verifies.
    init(
        publicShare: GroupElement, blinded: [GroupElement], evaluated: [GroupElement]
    ) throws(SodiumFailure) {
        let weights = Weights(publicShare: publicShare, blinded: blinded, evaluated: evaluated)
        self.blinded = try weights.sum(of: blinded)
        self.evaluated = try weights.sum(of: evaluated)
    }

    /// `ComputeCompositesFast`, for who knows the secret: `Z = k·M`.
    init(
        secret: SecretScalar, publicShare: GroupElement, blinded: [GroupElement], evaluated: [GroupElement]
    ) throws(SodiumFailure) {
        self.blinded = try Weights(publicShare: publicShare, blinded: blinded, evaluated: evaluated).sum(of: blinded)
        self.evaluated = secret.times(self.blinded)
    }
}

/// The factors `dᵢ` of one batch.
private struct Weights {
    let factors: [Scalar]

    init(publicShare: GroupElement, blinded: [GroupElement], evaluated: [GroupElement]) {
        let suite = Ciphersuite.verifiable
        var seedTranscript: [UInt8] = []
        seedTranscript.appendPrefixed(publicShare)
        seedTranscript.appendPrefixed(suite.seedTag)
        let seed = SHA512.hash(seedTranscript)
        var transcript: [UInt8] = []
        factors = blinded.indices.map { index in
            transcript.removeAll(keepingCapacity: true)
            transcript.appendPrefixed(seed)
            transcript.appendBigEndian(UInt16(index))
            transcript.appendPrefixed(blinded[index])
            transcript.appendPrefixed(evaluated[index])
            transcript += Self.label
            return suite.hashToScalar(transcript)
        }
    }

    /// - Throws: where a partial sum is the identity, which hashed factors do not let anybody arrange.
    func sum(of elements: [GroupElement]) throws(SodiumFailure) -> GroupElement {
        var sum = try elements[0].times(factors[0])
        for index in elements.indices.dropFirst() {
            sum = try sum.adding(elements[index].times(factors[index]))
        }
        return sum
    }

    private static let label = Array("Composite".utf8)
}
