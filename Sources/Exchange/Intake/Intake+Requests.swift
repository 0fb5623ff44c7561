package import Records
package import Registry
package import Vocabulary

// Reservations, and requests that hold no token.
extension Intake {
    package func reservation(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedReservation {
        let payload = try verify(request, as: .reservation, from: requester, under: chain, now: now)
        let asked: ReservationRequest<CommittedIdentifier>
        do throws(PayloadFailure) { asked = try ReservationRequest(payload) } catch { throw Problem(error) }
        try requireSame(asked.consortium, asked.member, requester: requester, chain: chain)
        try requireMade(asked.madeAt, policy: chain.current.policy, now: now)
        if asked.terms != nil {
            // Confirming and releasing name no token, and outlive the epoch.
            guard request.epoch == chain.current.tokenEpoch else { throw Problem.wrongEpoch(request.epoch, chain) }
            try requireAdmissible(asked, policy: chain.current.policy, now: now)
        }
        let opened: ReservationRequest<OpenedIdentifier>
        do throws(OpeningFailure) { opened = try asked.opened(with: request.openings) } catch { throw Problem(error) }
        let indexer = indexer
        let indexed = try opened.mapIdentifiers { (identifier: OpenedIdentifier) throws(Problem) in
            try indexer.index(identifier)
        }
        return VerifiedReservation(
            reservation: indexed, key: .reservation(asked.reservation, of: asked.member),
            request: VerifiedRequest(envelope: request.envelope, payload: payload),
            commitments: asked.terms?.subject.identifiers.map(\.commitment) ?? [], openings: request.openings)
    }

    package func acknowledgement(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedAcknowledgement {
        let payload = try verify(request, as: .acknowledgement, from: requester, under: chain, now: now)
        let asked: Acknowledgement
        do throws(PayloadFailure) { asked = try Acknowledgement(payload) } catch { throw Problem(error) }
        try requireSame(asked.consortium, asked.member, requester: requester, chain: chain)
        try requireMade(asked.madeAt, policy: chain.current.policy, now: now)
        try requireNoOpenings(request)
        return VerifiedAcknowledgement(
            acknowledgement: asked, key: .acknowledgement(asked.acknowledgement, of: asked.member),
            request: VerifiedRequest(envelope: request.envelope, payload: payload))
    }

    package func watch(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedWatch {
        let payload = try verify(request, as: .watch, from: requester, under: chain, now: now)
        let asked: WatchRequest
        do throws(PayloadFailure) { asked = try WatchRequest(payload) } catch { throw Problem(error) }
        try requireSame(asked.consortium, asked.member, requester: requester, chain: chain)
        try requireMade(asked.madeAt, policy: chain.current.policy, now: now)
        try requireNoOpenings(request)
        let begun = asked.watch.map { loan in
            VerifiedWatch.Loan(
                watch: loan.watch, key: .watch(loan.watch, of: asked.member),
                loan: .loan(loan.loanRef, of: asked.member))
        }
        return VerifiedWatch(
            watch: asked, key: .watchRequest(asked.request, of: asked.member),
            request: VerifiedRequest(envelope: request.envelope, payload: payload), begun: begun,
            ended: asked.unwatch.map { .watch($0, of: asked.member) })
    }

    /// The subject and the product keep to what a check's do.
    private func requireAdmissible(
        _ asked: ReservationRequest<CommittedIdentifier>, policy: Policy, now: Instant
    ) throws(Problem) {
        guard let terms = asked.terms else { return }
        let check = Check(
            consortium: asked.consortium, member: asked.member, check: asked.reservation, madeAt: asked.madeAt,
            purpose: .application, mode: .hard, applicationRef: asked.applicationRef, consent: Bytes32(),
            product: terms.product, subject: terms.subject)
        do throws(AdmissionFailure) { try Admission.check(check, policy: policy, now: now) } catch {
            throw Problem(error)
        }
        let maximum = policy.reservation.maximumSeconds
        guard terms.seconds ?? 0 <= Int64(maximum) else {
            throw Problem(
                .notAdmissible, "The reservation would hold longer than the policy allows.",
                hint: "At most \(maximum) seconds.", path: "seconds")
        }
    }

    func requireMade(_ madeAt: Instant, policy: Policy, now: Instant) throws(Problem) {
        guard madeAt <= now.adding(seconds: policy.eventTime.futureSeconds) else {
            throw Problem(
                AdmissionFailure(
                    .madeInFuture, path: "madeAt", hint: "Set the clock of the machine that made the document."))
        }
    }

    private func requireNoOpenings(_ request: SealedRequest) throws(Problem) {
        guard request.openings.isEmpty else { throw Problem(OpeningFailure.tooMany(expected: 0)) }
    }
}
