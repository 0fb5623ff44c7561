/// Why a signed request is refused. Each case is an error code of its own; none carries what was sent.
package enum SignatureFailure: Error, Equatable, Sendable {
    package enum Header: String, Hashable, Sendable, CaseIterable {
        case signatureInput = "signature-input"
        case signature = "signature"
        case contentDigest = "content-digest"
    }

    package enum Parameter: String, Hashable, Sendable, CaseIterable {
        case created, expires, nonce, keyid, alg, tag
    }

    /// The request does not have this header.
    case missing(Header)
    /// The header is not in the form that is accepted here, or too long.
    case malformed(Header)
    /// The signature's label is not the one that is accepted.
    case wrongLabel
    /// The signature covers other components than it must, or in another order.
    case wrongComponents
    /// A covered component cannot be taken from the request: it is absent, not supported or has a control character.
    case unavailableComponent
    case missingParameter(Parameter)
    /// Not `ed25519`.
    case wrongAlgorithm
    case wrongTag
    case malformedKeyID
    /// Not 16 to 64 of the characters that a nonce may have.
    case malformedNonce
    /// It expires before it was created, or too long after.
    case wrongLifetime
    /// Created later than now, by more than the clock skew.
    case notYetValid
    /// Expired, by more than the clock skew.
    case stale
    /// No digest of an algorithm known here.
    case unsupportedDigest
    case digestMismatch
    /// The key given for the check is not the one the request names.
    case otherKey
    case badSignature
}
