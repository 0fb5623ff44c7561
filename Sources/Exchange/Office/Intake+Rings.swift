package import Records
package import Registry
package import Vocabulary

/// An admin's decision about rings, whose signature holds. Whether it is taken depends on what is stored.
package struct VerifiedRingDecision: Sendable {
    package let decision: RingDecision
    package let key: LookupKey
    package let request: VerifiedRequest
    package let openings: [Opening]
    /// The switchboard's index.
    let hub: LookupKey?
    /// Why it may not be taken, unless it was before: its token is of another epoch, or does not open.
    let refusal: Problem?
}

extension LookupKey {
    package static func ringDecision(_ id: RecordID, by admin: String) -> LookupKey {
        digest("counterfoil/ring-decision/v1", [Array(admin.utf8), id.bytes])
    }
}

extension Intake {
    /// - Parameter admin: who sent the request; the document is signed by the same.
    package func ringDecision(
        _ request: SealedRequest, from admin: Admin, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedRingDecision {
        guard request.envelope.signatures.count == 1, let signed = request.envelope.signatures.first else {
            throw Problem(.invalidField, "The envelope carries exactly one signature.", path: "envelope.signatures")
        }
        guard signed.keyID == admin.keyID else {
            throw Problem(.badSignature, "The envelope is signed by another key than the request.")
        }
        let payload: VerifiedPayload
        do throws(EnvelopeFailure) {
            payload = try request.envelope.verify(by: admin.publicKey, expecting: .ringDecision)
        } catch { throw Problem(error) }
        let decision = try RingDecision(payload)
        guard decision.consortium == chain.current.consortium else {
            throw Problem(.wrongConsortium, "The document is for another consortium.", path: "consortium")
        }
        guard decision.admin == admin.name else {
            throw Problem(.badSignature, "The document names another admin than the one that signed.", path: "admin")
        }
        try requireMade(decision.madeAt, policy: chain.current.policy, now: now)
        var (hub, refusal): (LookupKey?, Problem?)
        do throws(Problem) { hub = try self.hub(of: decision, request, chain) } catch { refusal = error }
        return VerifiedRingDecision(
            decision: decision, key: .ringDecision(decision.decision, by: admin.name),
            request: VerifiedRequest(envelope: request.envelope, payload: payload), openings: request.openings,
            hub: hub, refusal: refusal)
    }

    private func hub(
        of decision: RingDecision, _ request: SealedRequest, _ chain: RegistryChain
    ) throws(Problem) -> LookupKey? {
        guard case .seedHub(let kind, let commitment) = decision.what else {
            guard request.openings.isEmpty else { throw Problem(OpeningFailure.tooMany(expected: 0)) }
            return nil
        }
        guard request.epoch == chain.current.tokenEpoch else { throw Problem.wrongEpoch(request.epoch, chain) }
        guard request.openings.count == 1, let opening = request.openings.first,
            Commitment.of(kind, opening) == commitment
        else {
            throw Problem(
                .wrongCommitment, "The switchboard's commitment is not opened by exactly one opening beside it.",
                path: "openings")
        }
        return try indexer.index(OpenedIdentifier(kind: kind, role: .own, opening: opening)).index
    }
}
