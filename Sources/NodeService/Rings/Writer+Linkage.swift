internal import Exchange
internal import Records
internal import Sodium
internal import Store
internal import TransparencyLog
internal import Vocabulary

// The graph at a start, and what admins and discoveries add to it.
extension Writer {
    /// Gives a replayed core its graph: the kept one and what came after it, or one built of all entries.
    func link(_ exchange: inout Exchange, tree: MerkleTree) {
        let wanted = rules.linkage.digest
        parameters.snapshots?.use { head, read in
            guard head.rules == wanted else {
                throw LinkageSnapshotFile.Unsuitable(reason: "It was made by other rules.")
            }
            guard UInt64(head.logSize) <= tree.size else {
                throw LinkageSnapshotFile.Unsuitable(reason: "It is of a longer log: the database was put back.")
            }
            guard try past(UInt64(head.logSize), of: tree).root == head.root else {
                throw LinkageSnapshotFile.Unsuitable(reason: "It is of another log.")
            }
            try exchange.link(by: rules, from: read, logSize: head.logSize)
        }
        exchange.link(by: rules)
    }

    /// What a discovery is to work on, with the root of the log that it is of. Between batches only.
    func discoveryInput(by rules: AnswerRules) -> (input: DiscoveryInput, root: Hash) {
        (DiscoveryInput(exchange, by: rules), tree.root)
    }

    /// Logs what a discovery found.
    func keep(_ findings: DiscoveryFindings, begunAt: Instant) {
        let facts = exchange.facts(of: findings, begunAt: begunAt)
        let key = parameters.answerKey
        let envelope = Envelope.sign(payloadType: .discovery, payload: facts.json.bytes, key: key)
        // The node's own signature, just made.
        guard let payload = try? envelope.verify(by: key.publicKey, expecting: .discovery) else { return }
        add(exchange.entry(of: facts, signedBy: key.keyID, at: now), envelope: envelope, payload: payload)
    }

    /// Takes an admin's decision, once whatever how often it is sent.
    ///
    /// - Throws: `recordConflict`, `notFound`, and what the decision is refused for.
    func decide(_ decision: VerifiedRingDecision, by rules: AnswerRules) throws(Problem) -> RingDecisionOutcome {
        if let logIndex = exchange.logIndex(ofEntry: decision.key) {
            let stored = try evidence(at: logIndex).envelope
            let isSame = stored.hash == decision.request.payload.hash
                || (try? RingDecision(parsing: stored.payload))?.what == decision.decision.what
            guard isSame else {
                throw Problem(
                    .recordConflict, "This decision's id was used for another decision.",
                    hint: "Send it under a new id.", path: "decision")
            }
            return exchange.outcome(of: decision.decision, .known, by: rules, now: now)
        }
        let (entry, outcome) = try exchange.admit(decision, by: rules, now: now)
        if let entry {
            add(
                entry, envelope: decision.request.envelope, payload: decision.request.payload,
                salts: decision.openings.flatMap { $0.salt.bytes })
        }
        return outcome
    }
}
