package import Vocabulary

/// An admin behind one verified request.
package struct AdminRequester: Hashable, Sendable {
    package let name: String
    package let keyID: KeyID
    package let nonce: String
    /// How long the nonce has to be remembered.
    package let expires: Instant

    package init(name: String, keyID: KeyID, nonce: String, expires: Instant) {
        (self.name, self.keyID, self.nonce, self.expires) = (name, keyID, nonce, expires)
    }
}
