package import Sodium
package import Vocabulary

/// Reads the signature of a request and checks its form and time. Then the caller looks up the key, and
/// `ClaimedSignature.verify` checks the rest. A request can so be refused before its body is read.
package struct RequestVerifier: Sendable {
    static let maximumSignatureLength = 256

    package init() {}

    /// - Returns: who claims to have signed; to be believed after `verify(by:body:)`.
    package func claim(of request: SignableRequest, now: Instant) throws(SignatureFailure) -> ClaimedSignature {
        let parameters = try SignatureParameters(parsing: request.onlyValue(of: .signatureInput))
        let signature = try signature(in: request)
        let digest = try ContentDigest(parsing: request.onlyValue(of: .contentDigest))
        try checkProfile(parameters)
        guard let keyName = parameters.keyID else { throw .missingParameter(.keyid) }
        guard let keyID = try? KeyID(keyName) else { throw .malformedKeyID }
        guard let nonce = parameters.nonce else { throw .missingParameter(.nonce) }
        return ClaimedSignature(
            keyID: keyID, nonce: try RequestNonce(nonce), expires: try expiry(parameters, now: now),
            digest: digest, signature: signature, base: try SignatureBase.bytes(of: request, covering: parameters))
    }

    private func signature(in request: SignableRequest) throws(SignatureFailure) -> Signature {
        let value = try request.onlyValue(of: .signature)
        guard value.utf8.count <= Self.maximumSignatureLength else { throw .malformed(.signature) }
        var reader = StructuredFieldReader(value)
        guard let label = reader.key(), reader.take(UInt8(ascii: "=")), let bytes = reader.byteSequence(),
            reader.isAtEnd, let signature = try? Signature(bytes)
        else { throw .malformed(.signature) }
        guard label == SigningProfile.label else { throw .wrongLabel }
        return signature
    }

    private func checkProfile(_ parameters: SignatureParameters) throws(SignatureFailure) {
        guard parameters.label == SigningProfile.label else { throw .wrongLabel }
        guard parameters.components == SigningProfile.components else { throw .wrongComponents }
        guard let algorithm = parameters.algorithm else { throw .missingParameter(.alg) }
        guard algorithm == SigningProfile.algorithm else { throw .wrongAlgorithm }
        guard let tag = parameters.tag else { throw .missingParameter(.tag) }
        guard tag == SigningProfile.tag else { throw .wrongTag }
    }

    /// Both ends of the validity are widened by the clock skew.
    private func expiry(_ parameters: SignatureParameters, now: Instant) throws(SignatureFailure) -> Instant {
        guard let created = parameters.created else { throw .missingParameter(.created) }
        guard let expires = parameters.expires else { throw .missingParameter(.expires) }
        guard (1...SigningProfile.maximumLifetimeSeconds).contains(expires - created) else { throw .wrongLifetime }
        let skew = SigningProfile.clockSkewSeconds
        guard Instant(seconds: created - skew) <= now else { throw .notYetValid }
        guard now <= Instant(seconds: expires + skew) else { throw .stale }
        return Instant(seconds: expires)
    }
}

/// A request's signature whose form and time are in order, and which has not been checked against a key.
package struct ClaimedSignature: Sendable {
    /// The key that the request names.
    package let keyID: KeyID
    package let nonce: RequestNonce
    package let expires: Instant
    private let digest: ContentDigest
    private let signature: Signature
    private let base: [UInt8]

    init(
        keyID: KeyID, nonce: RequestNonce, expires: Instant, digest: ContentDigest, signature: Signature, base: [UInt8]
    ) {
        (self.keyID, self.nonce, self.expires) = (keyID, nonce, expires)
        (self.digest, self.signature, self.base) = (digest, signature, base)
    }

    /// Until when (inclusive) this request could come again and be accepted: so long its nonce has to be remembered.
    package var replayableUntil: Instant { expires.adding(seconds: SigningProfile.clockSkewSeconds) }

    /// Checks the signature over the headers. The body is bound by the digest alone, see `verify(body:)`.
    ///
    /// - Parameter publicKey: the key that the registry has under `keyID`.
    /// - Throws: `otherKey` where it has another id, `badSignature`.
    package func verify(by publicKey: PublicKey) throws(SignatureFailure) {
        guard publicKey.keyID == keyID else { throw .otherKey }
        guard publicKey.isValid(signature, over: base) else { throw .badSignature }
    }

    /// Checks that the body is the one whose digest was signed. - Throws: `digestMismatch`.
    package func verify(body: [UInt8]) throws(SignatureFailure) { try digest.verify(body) }

    /// The whole check; the signature first, so that nobody but a member makes us hash a long body.
    package func verify(by publicKey: PublicKey, body: [UInt8]) throws(SignatureFailure) {
        try verify(by: publicKey)
        try verify(body: body)
    }
}
