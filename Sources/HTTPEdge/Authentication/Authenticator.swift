package import Registry
internal import RequestSigning
package import Vocabulary

/// Tells who sent a request: its RFC 9421 signature, its digest, its time and the registry's word on its key.
///
/// It does not spend the nonce: that is one decision with what the request asks for, in the service's store.
package struct Authenticator: Sendable {
    package typealias LookUp = @Sendable (KeyID) -> (member: Member, key: MemberKey)?

    private let isOurs: @Sendable (String) -> Bool
    private let lookUp: LookUp
    private let lookUpAdmin: @Sendable (KeyID) -> Admin?
    private let now: @Sendable () -> Instant
    private let verifier = RequestVerifier()

    /// - Parameters:
    ///   - isOurs: whether an authority (lower case) is this service's. A request signed for another service is not
    ///     ours to act on: that service may have handed it on.
    ///   - lookUp: the holder of a key in the registry current now.
    ///   - lookUpAdmin: the admin of a key in the registry current now.
    package init(
        isOurs: @escaping @Sendable (String) -> Bool, lookUp: @escaping LookUp,
        lookUpAdmin: @escaping @Sendable (KeyID) -> Admin? = { _ in nil }, now: @escaping @Sendable () -> Instant
    ) {
        (self.isOurs, self.lookUp, self.lookUpAdmin, self.now) = (isOurs, lookUp, lookUpAdmin, now)
    }

    /// - Parameter address: where the registry says that this service is; `nil` where it says nothing of it.
    package init(
        registry: RegistryFollower, address: @escaping @Sendable (RegistryVersion) -> ServiceURL?,
        now: @escaping @Sendable () -> Instant
    ) {
        self.init(
            isOurs: { authority in address(registry.current).map { Self.authority(of: $0) == authority } ?? false },
            lookUp: { registry.chain.key($0) },
            lookUpAdmin: { id in registry.current.admins.first { $0.keyID == id } }, now: now)
    }

    /// - Returns: the requester, whose `expires` is how long the nonce has to be remembered.
    /// - Throws: `unauthenticated`, `wrongDigest`, `clockSkew`, `staleRequest`, `unknownKey`, `unknownMember`,
    ///   `suspendedMember`, `badSignature`.
    package func requester(of request: EdgeRequest) throws(Problem) -> Requester {
        let time = now()
        let claim = try claim(of: request, at: time)
        let member = try member(behind: claim, body: request.body, now: time)
        request.notes.member = member
        return Requester(
            member: member, keyID: claim.keyID, nonce: claim.nonce.text, expires: claim.replayableUntil)
    }

    /// The admin of the registry who signed a request, for the few routes that are the admins' alone: a member's key
    /// opens none of them, and an admin's key nothing else.
    ///
    /// - Throws: as `requester(of:)`, and `notEntitled` where the key is a member's.
    package func admin(of request: EdgeRequest) throws(Problem) -> AdminRequester {
        let time = now()
        let claim = try claim(of: request, at: time)
        guard let admin = lookUpAdmin(claim.keyID) else {
            guard lookUp(claim.keyID) == nil else {
                throw Problem(
                    .notEntitled, "This is for the consortium's admins.", hint: "Sign the request with an admin's key.")
            }
            throw Problem(
                .unknownKey, "No admin of this consortium has the key this request is signed with.",
                hint: "Use the key that the registry lists for this admin.")
        }
        do throws(SignatureFailure) { try claim.verify(by: admin.publicKey, body: request.body) } catch {
            throw Problem(error, now: time)
        }
        return AdminRequester(
            name: admin.name, keyID: claim.keyID, nonce: claim.nonce.text, expires: claim.replayableUntil)
    }

    private func claim(of request: EdgeRequest, at time: Instant) throws(Problem) -> ClaimedSignature {
        let signable = Self.signable(request)
        let claim: ClaimedSignature
        do throws(SignatureFailure) { claim = try verifier.claim(of: signable, now: time) } catch {
            throw Problem(error, now: time)
        }
        guard isOurs(signable.authority) else {
            throw Problem(
                .badSignature, "The request was signed for another service's address.",
                hint: "Use the address that the registry has for this service.")
        }
        return claim
    }

    /// The signature comes before the standing, so that only a key's holder learns of its member's suspension.
    private func member(behind claim: ClaimedSignature, body: [UInt8], now: Instant) throws(Problem) -> MemberID {
        guard let (member, key) = lookUp(claim.keyID) else {
            throw KeyStanding.unknown.problem ?? Problem(.unknownKey, "Nobody has the key of this request.")
        }
        do throws(SignatureFailure) { try claim.verify(by: key.publicKey, body: body) } catch {
            throw Problem(error, now: now)
        }
        if let problem = KeyStanding(of: member, key, at: now).problem { throw problem }
        return member.id
    }

    private static func signable(_ request: EdgeRequest) -> SignableRequest {
        let fields = request.headers.fields.compactMap { field -> SignableRequest.Field? in
            let name = field.name.lowercased()
            return SignatureFailure.Header(rawValue: name).map { _ in SignableRequest.Field(name, field.value) }
        }
        return SignableRequest(
            method: request.method, authority: request.authority, path: request.path, query: request.query,
            fields: fields)
    }

    /// What clients of this address send as `Host`: the port only where it is not the scheme's own.
    private static func authority(of url: ServiceURL) -> String {
        let isStandard = url.port == (url.isTLS ? 443 : 80)
        return isStandard ? url.host.lowercased() : "\(url.host.lowercased()):\(url.port)"
    }
}
