package import Records
package import Registry
package import Vocabulary

// Checks, one by one and in batches.
extension Intake {
    package func check(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedCheck {
        let payload = try verify(request, as: .check, from: requester, under: chain, now: now)
        let check: Check<CommittedIdentifier>
        do throws(PayloadFailure) { check = try Check(payload) } catch { throw Problem(error) }
        try requireSame(check.consortium, check.member, requester: requester, chain: chain)
        guard request.epoch == chain.current.tokenEpoch else { throw Problem.wrongEpoch(request.epoch, chain) }
        do throws(AdmissionFailure) {
            try Admission.check(check, policy: chain.current.policy, now: now)
        } catch { throw Problem(error) }
        let opened: Check<OpenedIdentifier>
        do throws(OpeningFailure) { opened = try check.opened(with: request.openings) } catch { throw Problem(error) }
        return VerifiedCheck(
            check: try indexed(opened), key: .record(check.check, of: requester.member),
            request: VerifiedRequest(envelope: request.envelope, payload: payload), position: nil,
            commitments: check.subject.identifiers.map(\.commitment), openings: request.openings)
    }

    /// A batch is taken whole or not at all: one check that is refused refuses it, by its path.
    package func batch(
        _ request: SealedRequest, from requester: Requester, under chain: RegistryChain, now: Instant
    ) throws(Problem) -> VerifiedBatch {
        let payload = try verify(request, as: .checks, from: requester, under: chain, now: now)
        let batch: CheckBatch<CommittedIdentifier>
        do throws(PayloadFailure) { batch = try CheckBatch(payload) } catch { throw Problem(error) }
        try requireSame(batch.consortium, batch.member, requester: requester, chain: chain)
        guard request.epoch == chain.current.tokenEpoch else { throw Problem.wrongEpoch(request.epoch, chain) }
        try requireAdmissible(batch, policy: chain.current.policy, now: now)
        let opened: [Check<OpenedIdentifier>]
        do throws(OpeningFailure) { opened = try batch.opened(with: request.openings) } catch { throw Problem(error) }
        let verified = VerifiedRequest(envelope: request.envelope, payload: payload)
        return VerifiedBatch(
            id: batch.batch, key: .batch(batch.batch, of: batch.member), consortium: batch.consortium,
            member: batch.member, purpose: batch.purpose, mode: batch.mode, profile: batch.profile, request: verified,
            checks: try checks(of: batch, opened, request.openings, verified), openings: request.openings)
    }

    private func checks(
        of batch: CheckBatch<CommittedIdentifier>, _ opened: [Check<OpenedIdentifier>], _ openings: [Opening],
        _ request: VerifiedRequest
    ) throws(Problem) -> [VerifiedCheck] {
        var checks: [VerifiedCheck] = []
        checks.reserveCapacity(opened.count)
        var next = 0
        for (position, check) in opened.enumerated() {
            let committed = batch.checks[position].subject.identifiers
            // As many as there are identifiers: the batch was opened with exactly these.
            let own = openings[next..<next + committed.count]
            next += committed.count
            checks.append(
                VerifiedCheck(
                    check: try indexed(check), key: .record(check.check, of: batch.member), request: request,
                    position: position, commitments: committed.map(\.commitment), openings: Array(own)))
        }
        return checks
    }

    private func requireAdmissible(
        _ batch: CheckBatch<CommittedIdentifier>, policy: Policy, now: Instant
    ) throws(Problem) {
        for (position, check) in batch.checks.enumerated() {
            do throws(AdmissionFailure) { try Admission.check(check, policy: policy, now: now) } catch {
                // What stands in the batch's head is refused there.
                let isOfHead = error.path == "madeAt" || error.path == "mode"
                throw Problem(isOfHead ? error : error.below("checks[\(position)]"))
            }
        }
    }

    private func indexed(_ check: Check<OpenedIdentifier>) throws(Problem) -> Check<IndexedIdentifier> {
        let indexer = indexer
        return try check.mapIdentifiers { (identifier: OpenedIdentifier) throws(Problem) in
            try indexer.index(identifier)
        }
    }
}
