package import Sodium
package import Vocabulary

/// Signs requests with a member's key, by `SigningProfile`.
package struct RequestSigner: Sendable {
    private let key: SigningKey

    package init(_ key: SigningKey) { self.key = key }

    /// The three headers to add to a request: Content-Digest, Signature-Input and Signature.
    ///
    /// - Parameters:
    ///   - request: its own headers are not covered and may be left out.
    ///   - created: taken in whole seconds, as `expires`, at most 300 s later.
    /// - Throws: `unavailableComponent` for a request whose method, authority, path or query is not printable ASCII,
    ///   `wrongLifetime`.
    package func headers(
        for request: SignableRequest, body: [UInt8], created: Instant, expires: Instant, nonce: RequestNonce
    ) throws(SignatureFailure) -> [SignableRequest.Field] {
        let lifetime = expires.seconds - created.seconds
        guard (1...SigningProfile.maximumLifetimeSeconds).contains(lifetime) else { throw .wrongLifetime }
        let digest = SignableRequest.Field(
            SignatureFailure.Header.contentDigest.rawValue, ContentDigest(of: body).headerValue)
        let parameters = SignatureParameters(
            label: SigningProfile.label, components: SigningProfile.components, created: created.seconds,
            expires: expires.seconds, nonce: nonce.text, keyID: key.keyID.text, algorithm: SigningProfile.algorithm,
            tag: SigningProfile.tag)
        let covered = SignableRequest(
            method: request.method, authority: request.authority, path: request.path, query: request.query,
            fields: [digest])
        let signature = key.sign(try SignatureBase.bytes(of: covered, covering: parameters))
        return [
            digest,
            SignableRequest.Field(SignatureFailure.Header.signatureInput.rawValue, parameters.headerValue),
            SignableRequest.Field(
                SignatureFailure.Header.signature.rawValue,
                "\(SigningProfile.label)=:\(Base64.encode(signature.bytes)):"),
        ]
    }
}
