internal import Lending
internal import Records
internal import Registry
package import Vocabulary

extension Exchange {
    /// Reserves a person at signature, confirms or releases: check and register are one decision, because entries are
    /// decided one after the other. Whoever reserves second is told of the first in its answer, and the first of the
    /// second by a notice in the same entry.
    ///
    /// The same request again finds the reservation as it is by now, and the others as they were when it was made: what
    /// changes after that comes by notices, so that repeating a request asks nothing about a person. Confirming and
    /// releasing tell of nobody. What has expired or was released stays so: another member may have been told that
    /// nobody has reserved.
    ///
    /// - Returns: what to store, `nil` where nothing changes, and the answer as it is once that is stored.
    /// - Throws: `recordConflict` where the id stands for another reservation, `unknownRecord` where there is none to
    ///   confirm or release, `notAdmissible` where the identifiers are not enough to know a person by.
    package func reserve(
        _ request: VerifiedReservation, by rules: AnswerRules, checkpoint: PublishedCheckpoint, now: Instant
    ) throws(Problem) -> (admitted: Admitted?, answer: ReservationAnswer) {
        let known = ledger.records.number(of: request.key)
        let decision =
            switch request.reservation.action {
            case .reserve(let terms): try reserve(request, terms, known, rules, now)
            case .confirm: try change(request, known, to: .confirmed, rules, now)
            case .release: try change(request, known, to: .released, rules, now)
            }
        let entry = decision.admitted?.entry
        let answer = ReservationAnswer(
            request: request, status: decision.state.status(at: now), expiresAt: decision.state.expiresAt,
            others: decision.others, computedAt: now, origin: rules.version.log.origin,
            checkpoint: checkpoint, knownSize: decision.knownSize ?? UInt32(ledger.entries.count),
            registryVersion: rules.version.number)
        return (entry == nil ? nil : decision.admitted, answer)
    }

    private struct ReservationDecision {
        var admitted: Admitted?
        let state: ReservationState
        var others = ReservationAnswer.Others.untold
        /// How many entries the log held when the others were looked at; `nil` for now.
        var knownSize: UInt32?
    }

    private func reserve(
        _ request: VerifiedReservation, _ terms: ReservationTerms<IndexedIdentifier>, _ known: UInt32?,
        _ rules: AnswerRules, _ now: Instant
    ) throws(Problem) -> ReservationDecision {
        var plan = plan(by: rules, now: now)
        if let known {
            try plan.requireSame(request, terms, asRecord: known)
            let first = ledger.rows[Int(known)]
            let asked = ledger.subjects(ofCase: first.caseNumber).flatMap(\.identifiers)
            let others = OtherReservers(
                LedgerView(ledger, size: first.logIndex), rules: rules, asker: request.member, now: first.eventTime)
            return ReservationDecision(
                admitted: nil, state: try standing(known), others: others.told(of: asked),
                knownSize: first.logIndex)
        }
        guard terms.subject.isEnough(by: rules.policy.identifierKinds) else {
            throw Problem(
                .notAdmissible, "The identifiers are not enough to know a person by.",
                hint: "Add an own identifier such as a national ID.", path: "subject.identifiers")
        }
        let limits = rules.policy.reservation
        let seconds = min(terms.seconds ?? Int64(limits.defaultSeconds), Int64(limits.maximumSeconds))
        let state = ReservationState(id: request.id, status: .held, expiresAt: now.adding(seconds: seconds))
        plan.addReservation(request, terms, expiresAt: state.expiresAt)
        let admitted = admitted(plan, key: request.entryKey, request.member, request.payload.keyID, rules, now)
        let asked = terms.subject.identifiers.compactMap { identifier in
            ledger.identifiers.number(of: identifier.index).map {
                NumberedIdentifier(kind: identifier.kind, role: identifier.role, number: $0)
            }
        }
        let others = OtherReservers(LedgerView(ledger), rules: rules, asker: request.member, now: now)
        return ReservationDecision(admitted: admitted, state: state, others: others.told(of: asked))
    }

    private func change(
        _ request: VerifiedReservation, _ known: UInt32?, to status: ReservationState.Status, _ rules: AnswerRules,
        _ now: Instant
    ) throws(Problem) -> ReservationDecision {
        guard let known else {
            throw Problem(
                .unknownRecord, "No reservation of this member has this id.", hint: "Reserve first.",
                path: "reservation")
        }
        var plan = plan(by: rules, now: now)
        try plan.requireSameApplication(request, asRecord: known)
        var state = try standing(known)
        guard state.isLive(at: now), state.status != status else {
            return ReservationDecision(admitted: nil, state: state)
        }
        state.status = status
        state.expiresAt = status == .confirmed ? now.adding(days: rules.policy.reservation.confirmedDays) : now
        plan.addChange(request, of: ledger.rows[Int(known)].caseNumber, to: status, expiresAt: state.expiresAt)
        return ReservationDecision(
            admitted: admitted(plan, key: request.entryKey, request.member, request.payload.keyID, rules, now),
            state: state)
    }

    private func standing(_ record: UInt32) throws(Problem) -> ReservationState {
        let number = ledger.rows[Int(record)].caseNumber
        guard ledger.cases[Int(number)].kind == .reservation,
            let state = LedgerView(ledger).reservation(of: ledger.cases[Int(number)])
        else {
            // Keys of reservations have a label of their own.
            throw Problem(.recordConflict, "This id stands for something else.", path: "reservation")
        }
        return state
    }
}

extension ReservationState {
    func status(at now: Instant) -> ReservationAnswer.Status {
        switch status {
        case .released: .released
        case .held: isLive(at: now) ? .held : .expired
        case .confirmed: isLive(at: now) ? .confirmed : .expired
        }
    }
}

extension Subject where ID == IndexedIdentifier {
    /// Whether the own identifiers can stand for a person under the policy.
    fileprivate func isEnough(by rules: IdentifierRules) -> Bool {
        var kinds = KindSet()
        for identifier in identifiers where identifier.role == .own { kinds.insert(identifier.kind) }
        return kinds.grants(by: rules)
    }
}
