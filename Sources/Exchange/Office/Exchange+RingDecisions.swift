internal import Linkage
internal import Records
package import Vocabulary

extension Exchange {
    /// Decides on an admin's decision, without changing anything. One sent again is known by its id before this.
    ///
    /// - Returns: the entry, or `nil` where it changes nothing: what was decided so already.
    /// - Throws: `notFound`, `recordConflict` for a candidate that was decided otherwise, and why it is refused.
    package func admit(
        _ decision: VerifiedRingDecision, by rules: AnswerRules, now: Instant
    ) throws(Problem) -> (entry: EntryFacts?, outcome: RingDecisionOutcome) {
        if let refusal = decision.refusal { throw refusal }
        let facts: RingDecisionFacts?
        switch decision.decision.what {
        case .confirm(let candidate, _):
            facts = try isDecided(candidate, .confirmed) ? nil : .confirm(candidate: candidate.number)
        case .dismiss(let candidate, _):
            facts = try isDecided(candidate, .dismissed) ? nil : .dismiss(candidate: candidate.number)
        case .seedHub:
            guard let number = decision.hub.flatMap({ ledger.identifiers.number(of: $0) }) else {
                throw Problem(
                    .notFound, "Nobody has furnished this identifier: there is nothing to seed.", path: "seedHub")
            }
            facts = ledger.seededHubs.contains(number) ? nil : .seedHub(identifier: number)
        }
        let outcome = outcome(of: decision.decision, facts == nil ? .known : .recorded, by: rules, now: now)
        guard let facts else { return (nil, outcome) }
        var entry = entry(decision.key, signedBy: decision.request.payload.keyID, at: now)
        entry.ringDecisions = [facts]
        return (entry, outcome)
    }

    private func isDecided(
        _ name: RingName, _ verdict: RingCandidateState.Verdict
    ) throws(Problem) -> Bool {
        guard let candidate = ledger.candidates[name.number] else {
            throw Problem(.notFound, "No discovery has found a candidate of this name.", path: "candidate")
        }
        guard candidate.verdict == .open || candidate.verdict == verdict else {
            throw Problem(
                .recordConflict, "This candidate was decided otherwise.",
                hint: "A decision stands; a ring that grows on is found again under a new name.", path: "candidate")
        }
        return candidate.verdict == verdict
    }

    /// What became of a decision that is stored.
    package func outcome(
        of decision: RingDecision, _ status: RingDecisionOutcome.Status, by rules: AnswerRules, now: Instant
    ) -> RingDecisionOutcome {
        var ring: RingName?
        if case .confirm(let name, _) = decision.what, let candidate = ledger.candidates[name.number] {
            let desk = RingDesk(self, by: rules, now: now)
            ring = desk.ring(holding: desk.subjects(of: candidate)).map(desk.name)
        }
        return RingDecisionOutcome(decision: decision.decision, status: status, ring: ring)
    }
}
