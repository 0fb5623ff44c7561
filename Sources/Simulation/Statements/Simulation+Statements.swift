internal import Records
internal import Vocabulary

// What lenders report, and what they take back, put right and dispute.
extension Simulation {
    /// Which codes a stage of a loan may bring about, and how often in a thousand.
    private func occasions(of loan: Loan) -> [(code: String, perMille: Int)] {
        switch loan.stage {
        case .refused: [("DEC-REFUSED", 150), ("FRD-APP-REFUSED", 8), ("FRD-DOC", 5)]
        case .overdue:
            switch (loan.bucket, loan.intent) {
            case (1, .ring): [("CRD-OD-1", 300), ("FRD-FIRST-PARTY", 120), ("FRD-RING", 60)]
            case (1, .stacking): [("CRD-OD-1", 300), ("FRD-STACK", 180), ("FRD-FIRST-PARTY", 60)]
            case (1, _): [("CRD-OD-1", 150)]
            case (2, _): [("CRD-OD-2", 500), ("SUS-REVIEW", 40)]
            case (4, _): [("CRD-DEFAULT", 600), ("CRD-LOST", 100)]
            default: []
            }
        case .cured: [("CRD-CURED", 800)]
        case .writtenOff: [("CRD-WRITEOFF", 700), ("CRT-EXEC", 60)]
        case nil, .inquired, .applied, .approved, .withdrawn, .signed, .disbursed, .paid, .debitFailed, .restructured,
            .settled:
            []
        }
    }

    func planStatements(about loan: Loan, at now: Int64) {
        for occasion in occasions(of: loan) where loan.random.chance(occasion.perMille) {
            if let code = statements.code(occasion.code) { planStatement(code, about: loan, at: now) }
        }
        // And whatever else of the policy's list befalls people.
        if loan.stage == .applied, loan.random.chance(12) {
            let code = loan.random.pick(policy.reasonCodes.all)
            if code.retention != .asParent { planStatement(code, about: loan, at: now) }
        }
    }

    private func planStatement(_ code: ReasonCode, about loan: Loan, at now: Int64) {
        guard !isBeforeStart(now) || loan.random.chance(500) else { return }
        let delay = loan.random.milliseconds(600, loan.random.chance(100) ? 40 * 86_400 : 5 * 86_400)
        let received = max(now, parameters.start.milliseconds) + delay
        plan(.state(Statement(code: code, loan: loan, eventTime: now)), at: received)
    }

    func state(_ statement: Statement, at now: Int64) -> SimulatedEvent? {
        let (code, loan) = (statement.code, statement.loan)
        if code.retention == .asParent, loan.overdueReport == nil { return nil }
        let id = newID()
        let body = statements.body(
            code, day: time.dayNumber(of: statement.eventTime), parent: loan.overdueReport,
            now: Instant(milliseconds: now), &loan.random)
        if code.name.text.hasPrefix("CRD-OD-") { loan.overdueReport = id }
        let other = population.person(loan.random.below(parameters.persons))
        let others = population.identifiers(of: other, at: now, &loan.random)
        let isWrong = loan.random.chance(15)
        let subjects = statements.subjects(code, about: isWrong ? others : loan.own, victim: others, &loan.random)
        planCorrection(of: id, body, isWrong: isWrong, loan, at: now)
        let json = documents.record(id, at: statement.eventTime, body, subjects: subjects)
        let labels: [TruthLabel] = isWrong ? [.mistake] : []
        return event(.record(json), by: loan.member, about: isWrong ? other.number : loan.person, at: now, labels)
    }

    /// What becomes of a report: nothing, mostly.
    private func planCorrection(of id: RecordID, _ body: RecordBody, isWrong: Bool, _ loan: Loan, at now: Int64) {
        func plan(_ kind: Correction.Kind, at time: Int64) {
            let correction = Correction(
                record: id, reporter: loan.member, person: loan.person, kind: kind, random: loan.random)
            self.plan(.correct(correction), at: time)
        }
        let later = now + loan.random.milliseconds(3600, 60 * 86_400)
        if isWrong { return plan(.retraction(.wrongSubject), at: later) }
        switch loan.random.below(1000) {
        case ..<45: plan(.retraction(loan.random.pick([.error, .notProven, .subjectRequest])), at: later)
        case ..<130:
            let day = time.dayNumber(of: later)
            let amendment = statements.amendment(
                of: id, body, onDay: day, now: Instant(milliseconds: later), &loan.random)
            if let amendment { plan(.amendment(amendment), at: later) }
        case ..<160:
            guard parameters.disputes, case .report = body else { return }
            plan(.dispute(loan.random.pick([.notMe, .notTrue, .alreadySettled, .outOfDate])), at: later)
        default: break
        }
    }

    func correct(_ correction: Correction, at now: Int64) -> SimulatedEvent {
        var random = correction.random
        switch correction.kind {
        case .retraction(let reason):
            return tell(.retraction(Retraction(retracts: correction.record, reason: reason)), correction, at: now)
        case .amendment(let amendment): return tell(.amendment(amendment), correction, at: now)
        case .outcome(let outcome):
            let decision = DisputeOutcome(
                decides: correction.record, outcome: outcome, evidenceDigest: statements.bytes32(&random))
            return tell(.disputeOutcome(decision), correction, at: now)
        case .dispute(let grounds): return dispute(correction, grounds, &random, at: now)
        }
    }

    private func tell(_ body: RecordBody, _ correction: Correction, at now: Int64) -> SimulatedEvent {
        let json = documents.record(newID(), at: now, body)
        return event(.record(json), by: correction.reporter, about: correction.person, at: now, [])
    }

    /// The person objects at any lender; the reporter decides within the policy's days.
    private func dispute(
        _ correction: Correction, _ grounds: DisputeGrounds, _ random: inout SimulationRandom, at now: Int64
    ) -> SimulatedEvent {
        let outcome: DisputeOutcome.Outcome = random.chance(450) ? .upheld : .rejected
        let decision = Correction(
            record: correction.record, reporter: correction.reporter, person: correction.person,
            kind: .outcome(outcome), random: random)
        plan(.correct(decision), at: now + random.milliseconds(86_400, (policy.disputeDays - 1) * 86_400))
        let json = JSON.object([
            "recordID": .string(newID().description), "kind": "dispute",
            "eventTime": .string(Instant(milliseconds: now).description),
            "grounds": .string(String(describing: grounds)), "identityDigest": .string(statements.digest(&random)),
        ])
        let content = SimulatedEvent.Content.dispute(
            json, of: correction.record, reporter: members[correction.reporter].name)
        return event(content, by: memberList.pick(&random), about: correction.person, at: now, [])
    }
}
