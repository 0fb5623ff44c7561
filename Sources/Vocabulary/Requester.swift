/// Who sent a request, after its signature was verified against the registry. The nonce is not yet redeemed: that is
/// the decision of the service's store, in the transaction of what the request asks for.
package struct Requester: Hashable, Sendable {
    package let member: MemberID
    package let keyID: KeyID
    package let nonce: String
    package let expires: Instant

    package init(member: MemberID, keyID: KeyID, nonce: String, expires: Instant) {
        (self.member, self.keyID, self.nonce, self.expires) = (member, keyID, nonce, expires)
    }
}
