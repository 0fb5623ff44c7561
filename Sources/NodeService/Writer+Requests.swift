internal import Exchange
internal import Records
internal import Registry
internal import Vocabulary

// Questions, reservations and what members say about their notices, each within the batch in the making.
extension Writer {
    /// The answer to a check at this point of the order, unsigned. A hard one leaves its inquiry, which is not in it.
    func ask(_ check: VerifiedCheck, by current: AnswerRules) throws(Problem) -> Envelope {
        try requireLeave(of: check.member, purpose: check.check.purpose, checks: 1, by: current)
        let rules = try compiled.rules(ofVersion: exchange.registryVersion(for: check.check.asOf), in: current)
        let answer = exchange.answer(
            check, by: rules, current: current, checkpoint: log.latest.published, now: now)
        if check.check.mode == .hard {
            let inquiry = try exchange.inquiry(of: check, answered: answer.body, by: current, now: now)
            add(inquiry, of: check.request, check.openings)
        }
        spend(check.member, check.check.purpose, checks: 1, misses: answer.body.isMiss ? 1 : 0, by: current)
        let envelope = Envelope(payloadType: .answer, payload: answer.json.bytes, signatures: [])
        note(AnsweredRequest(kind: .check, id: check.check.check, hash: envelope.hash))
        return envelope
    }

    /// The moment that a batch is answered at. Its checks are paid for from here on.
    func begin(_ batch: VerifiedBatch, by current: AnswerRules) throws(Problem) -> AnswerMoment {
        try requireLeave(of: batch.member, purpose: batch.purpose, checks: batch.checks.count, by: current)
        // Every check may turn out to be a miss; what is none is given back at the end.
        spend(batch.member, batch.purpose, checks: batch.checks.count, misses: batch.checks.count, by: current)
        return exchange.moment(checkpoint: log.latest.published, now: now)
    }

    /// The answers to some checks of a batch, as of its moment: a large batch takes several turns, so that others'
    /// single checks do not wait for it.
    func answer(
        _ checks: ArraySlice<VerifiedCheck>, of batch: VerifiedBatch, at moment: AnswerMoment, by current: AnswerRules
    ) throws(Problem) -> (AnswerHead, [AnswerBody]) {
        var past: [Int: AnswerRules] = [:]
        for check in checks {
            guard let version = exchange.registryVersion(for: check.check.asOf), past[version] == nil else { continue }
            past[version] = try compiled.rules(ofVersion: version, in: current)
        }
        return exchange.answers(checks, of: batch, at: moment) { asOf in
            exchange.registryVersion(for: asOf).flatMap { past[$0] } ?? current
        }
    }

    /// Adds the inquiries that a hard batch leaves, all in one entry.
    func finish(
        _ batch: VerifiedBatch, answered bodies: [AnswerBody], at moment: AnswerMoment, by current: AnswerRules
    ) throws(Problem) {
        if batch.mode == .hard {
            let inquiries = try exchange.inquiries(
                of: batch, answered: bodies, by: current, now: now, since: moment.size)
            add(inquiries, of: batch.request, batch.openings)
        }
        spend(batch.member, batch.purpose, checks: 0, misses: -bodies.count { !$0.isMiss }, by: current)
    }

    /// Where a reservation stands from now on, unsigned.
    func reserve(_ reservation: VerifiedReservation, by rules: AnswerRules) throws(Problem) -> Envelope {
        // What is held can be confirmed and released by whoever holds it.
        if reservation.reservation.terms != nil {
            try requireLeave(of: reservation.member, purpose: .application, checks: 1, by: rules)
        }
        let (admitted, answer) = try exchange.reserve(
            reservation, by: rules, checkpoint: log.latest.published, now: now)
        add(admitted, of: reservation.request, reservation.openings)
        if reservation.reservation.terms != nil, admitted != nil {
            spend(reservation.member, .application, checks: 1, misses: 0, by: rules)
        }
        let envelope = Envelope(payloadType: .reservationAnswer, payload: answer.json.bytes, signatures: [])
        note(AnsweredRequest(kind: .reservation, id: reservation.id, hash: envelope.hash))
        return envelope
    }

    func watch(_ watch: VerifiedWatch, by rules: AnswerRules) throws(Problem) -> WatchOutcome {
        let (admitted, outcome) = try exchange.watch(watch, by: rules, now: now)
        add(admitted, of: watch.request)
        return outcome
    }

    func acknowledge(
        _ acknowledgement: VerifiedAcknowledgement, by rules: AnswerRules
    ) throws(Problem) -> AcknowledgementOutcome {
        let (admitted, outcome) = try exchange.acknowledge(acknowledgement, by: rules, now: now)
        add(admitted, of: acknowledgement.request)
        return outcome
    }

    private func add(_ admitted: Exchange.Admitted?, of request: VerifiedRequest, _ openings: [Opening] = []) {
        guard let admitted, let entry = admitted.entry else { return }
        add(
            entry, newTokens: admitted.newTokens, envelope: request.envelope, payload: request.payload,
            salts: openings.flatMap { $0.salt.bytes })
    }

    // MARK: Notices

    /// A look at a member's feed: what is there, and when something will be if nothing happens.
    struct Look: Sendable {
        let page: NoticePage
        let nextRelease: Instant?
    }

    func notices(of member: MemberID, after cursor: UInt64, limit: Int, by rules: AnswerRules) -> Look {
        let page = exchange.notices(of: member, after: cursor, limit: limit, by: rules, now: time())
        return Look(page: page, nextRelease: page.isEmpty ? exchange.nextRelease(of: member, after: cursor) : nil)
    }

    // MARK: Leave to ask

    /// Whether the member may ask so much more today, and has furnished what gives it the right to.
    ///
    /// - Throws: `budgetExhausted`, `notEntitled`.
    private func requireLeave(
        of member: MemberID, purpose: Purpose, checks: Int, by rules: AnswerRules
    ) throws(Problem) {
        try quotas.require(member, purpose, checks: checks, by: rules.chain.current.policy, at: now)
        let problem = entitlements.problem(of: member, registryVersion: rules.chain.current.number, at: now) {
            exchange.furnishing(of: member, by: rules, now: now).problem
        }
        if let problem { throw problem }
    }

    private func spend(_ member: MemberID, _ purpose: Purpose, checks: Int, misses: Int, by rules: AnswerRules) {
        quotas.spend(member, purpose, checks: checks, misses: misses, by: rules.chain.current.policy, at: now)
    }
}

extension AnswerBody {
    /// Whether the consortium knew nothing: too many of these look like guessing.
    fileprivate var isMiss: Bool { status == .noRecord }
}
