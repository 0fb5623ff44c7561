internal import Linkage
internal import Vocabulary

// What the ledger keeps of linkage: what was decided once and is not computed again.
extension Ledger {
    /// The names that a ring's name stands for too, since they were joined with it.
    func aliases(of ring: RingNumber) -> [RingNumber] { ringAliases[ring] ?? [] }

    /// What a discovery found the subject in.
    func candidate(holding subject: SubjectNumber) -> RingCandidateState? {
        candidatesOfSubject[subject.rawValue].flatMap { candidates[$0] }
    }

    mutating func keepRings(of entry: EntryFacts, logIndex: UInt32) throws(DecodingFailure) {
        for event in entry.linkage {
            try check(event)
            note([event], logIndex: logIndex)
        }
        for discovery in entry.discoveries { keep(discovery) }
        for decision in entry.ringDecisions { try keep(decision, at: entry.receivedAt) }
    }

    /// Rings are numbered without gaps, and stored events speak of what there is.
    private func check(_ event: LinkageEvent) throws(DecodingFailure) {
        let isThere: Bool
        switch event {
        case .ringFounded(let ring, let anchor, _):
            isThere = Int(ring.rawValue) == ringBook.count + 1 && anchor.rawValue < UInt32.max
        case .ringAnchored(let ring, _), .ringEnded(let ring): isThere = ringBook.standing(of: ring) != nil
        case .ringMerged(let ring, let into):
            isThere = ringBook.standing(of: ring) != nil && ringBook.standing(of: into) != nil
        case .demoted(let identifier, _), .promoted(let identifier), .hubBurst(let identifier, _):
            isThere = identifier.rawValue < identifierRows.count
        }
        if !isThere { throw .outOfRange }
    }

    mutating func note(_ events: [LinkageEvent], logIndex: UInt32) {
        for event in events {
            ringBook.apply(event)
            if case .ringMerged(let ring, let into) = event {
                ringAliases[into, default: []] += (ringAliases.removeValue(forKey: ring) ?? []) + [ring]
            }
            linkageEvents.append(LinkageEventRow(logIndex: logIndex, event: event))
        }
    }

    private mutating func keep(_ discovery: DiscoveryFacts) {
        for (position, facts) in discovery.candidates.enumerated() {
            for subject in candidates[facts.number]?.facts.subjects ?? []
            where candidatesOfSubject[subject] == facts.number {
                candidatesOfSubject[subject] = nil
            }
            // What an analyst confirmed stays so when a larger group is found around it.
            for subject in facts.subjects
            where candidatesOfSubject[subject].flatMap({ candidates[$0]?.verdict }) != .confirmed {
                candidatesOfSubject[subject] = facts.number
            }
            if var known = candidates[facts.number] {
                (known.facts, known.lastFound, known.rank) = (facts, discovery.ranAt, position + 1)
                candidates[facts.number] = known
            } else {
                candidates[facts.number] = RingCandidateState(
                    facts: facts, firstFound: discovery.ranAt, lastFound: discovery.ranAt, rank: position + 1)
            }
        }
        discoveryRuns.append(
            DiscoveryRun(
                ranAt: discovery.ranAt, candidates: discovery.candidates.map(\.number),
                dismissed: discovery.dismissed, reported: discovery.reported))
    }

    private mutating func keep(_ decision: RingDecisionFacts, at receivedAt: Instant) throws(DecodingFailure) {
        switch decision {
        case .confirm(let number): try decide(number, .confirmed, at: receivedAt)
        case .dismiss(let number): try decide(number, .dismissed, at: receivedAt)
        case .seedHub(let identifier):
            guard identifier < identifierRows.count else { throw .outOfRange }
            seededHubs.append(identifier)
        }
    }

    private mutating func decide(
        _ number: UInt32, _ verdict: RingCandidateState.Verdict, at receivedAt: Instant
    ) throws(DecodingFailure) {
        guard candidates[number] != nil else { throw .outOfRange }
        candidates[number]?.verdict = verdict
        candidates[number]?.decidedAt = receivedAt
    }
}
