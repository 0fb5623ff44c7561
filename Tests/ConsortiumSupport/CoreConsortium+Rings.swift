package import Exchange
package import Records
internal import Registry
internal import Sodium
package import Vocabulary

// Rings as admins see them, and what they decide.
extension CoreConsortium {
    package var desk: RingDesk { get throws(Problem) { RingDesk(exchange, by: try rules, now: now) } }

    /// Logs what a discovery might have found.
    @discardableResult
    package mutating func discover(_ findings: DiscoveryFindings) -> DiscoveryFacts {
        let facts = exchange.facts(of: findings, begunAt: now)
        let entry = exchange.entry(of: facts, signedBy: lenders.sample.answerKey.keyID, at: now)
        take(Exchange.Admitted(entry: entry, knownAt: [], newTokens: []))
        return facts
    }

    @discardableResult
    package mutating func decide(
        _ decision: RingDecision.Decision, name: String? = nil, bend: Lenders.Bend = .none
    ) throws(Problem) -> RingDecisionOutcome {
        try put(decision: lenders.ringDecision(decision, at: now, name: name, bend: bend))
    }

    package mutating func put(decision request: SealedRequest) throws(Problem) -> RingDecisionOutcome {
        let (chain, now) = (chain, now)
        let admin = chain.current.admins[0]
        let verified = try verify(0) { intake, _ throws(Problem) in
            try intake.ringDecision(request, from: admin, under: chain, now: now)
        }
        let (entry, outcome) = try exchange.admit(verified, by: try rules, now: now)
        take(entry.map { Exchange.Admitted(entry: $0, knownAt: [], newTokens: []) })
        return outcome
    }

    /// A graph kept at this moment, in its pieces.
    package func keptGraph() throws -> (pieces: [[UInt8]], snapshot: LinkageSnapshot) {
        var pieces: [[UInt8]] = []
        let snapshot = exchange.snapshot(by: try rules)
        snapshot.write { pieces.append($0) }
        return (pieces, snapshot)
    }

    /// A core whose graph comes from pieces, and from what was stored after them.
    package func replayed(from pieces: [[UInt8]], logSize: UInt32) throws -> Exchange {
        var exchange = try replayed()
        var rest = pieces[...]
        try exchange.link(by: try rules, from: { rest.popFirst() }, logSize: logSize)
        return exchange
    }
}

extension Lenders {
    /// An admin's signed decision about rings, under an id of its own unless it has a name.
    package mutating func ringDecision(
        _ decision: RingDecision.Decision, by admin: Int = 0, at now: Instant, name: String? = nil,
        openings: [Opening] = [], bend: Bend = .none
    ) -> SealedRequest {
        let (adminName, key) = sample.admins[admin]
        let document = RingDecision(
            consortium: bend.consortium ?? sample.chain.current.consortium,
            admin: bend.member?.name ?? adminName, decision: RecordID(named: name ?? "decision \(nextNumber())"),
            madeAt: bend.madeAt ?? now, what: decision)
        var openings = openings
        bend.openings?(&openings)
        let envelope = Envelope.sign(
            payloadType: bend.payloadType ?? .ringDecision, payload: document.json.bytes, key: bend.key ?? key)
        return SealedRequest(
            envelope: envelope, epoch: bend.epoch ?? sample.chain.current.tokenEpoch, openings: openings)
    }

    /// An admin's decision that an identifier is a public switchboard.
    package mutating func seed(
        _ hub: Invented, at now: Instant, name: String? = nil, bend: Bend = .none
    ) -> SealedRequest {
        var openings: [Opening] = []
        let committed = commit(hub, &openings, bend)
        return ringDecision(
            .seedHub(kind: hub.kind, commitment: committed.commitment), at: now, name: name, openings: openings,
            bend: bend)
    }
}
