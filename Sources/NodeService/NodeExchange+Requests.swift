internal import Exchange
package import HTTPEdge
internal import Records
internal import Registry
internal import Sodium
package import Vocabulary

// What a session asks: verified on any thread, decided in the sequencer, signed after it is durable.
extension NodeExchange {
    func check(_ request: SealedRequest, from requester: Requester) async throws(Problem) -> Envelope {
        let rules = try rules()
        let verified = try intake.check(request, from: requester, under: rules.chain, now: now())
        let answer = try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.ask(verified, by: rules)
        }
        return sign(answer)
    }

    /// Turn by turn, all as of one moment, which is durable before the first answer is made.
    private func answers(
        to batch: VerifiedBatch, from requester: Requester, by rules: AnswerRules
    ) async throws(Problem) -> (AnswerHead, [AnswerBody]) {
        let moment = try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.begin(batch, by: rules)
        }
        var (head, bodies): (AnswerHead?, [AnswerBody]) = (nil, [])
        bodies.reserveCapacity(batch.checks.count)
        for start in stride(from: 0, to: batch.checks.count, by: Self.checksATurn) {
            let checks = batch.checks[start..<min(start + Self.checksATurn, batch.checks.count)]
            let turn = try await sequencer.perform { writer throws(Problem) in
                try writer.answer(checks, of: batch, at: moment, by: rules)
            }
            head = turn.0
            bodies += turn.1
        }
        guard let head else { throw Problem(.tooManyRecords, "A batch has at least one check.", path: "checks") }
        let answered = bodies
        try await sequencer.perform { writer throws(Problem) in
            try writer.finish(batch, answered: answered, at: moment, by: rules)
        }
        return (head, answered)
    }

    /// How many checks of a batch are answered in one turn of the writer: some milliseconds' work.
    private static let checksATurn = 32

    /// The answers are written down outside the queue; that they were given is logged before they are.
    func check(batch request: SealedRequest, from requester: Requester) async throws(Problem) -> Envelope {
        let rules = try rules()
        let verified = try intake.batch(request, from: requester, under: rules.chain, now: now())
        let (head, bodies) = try await answers(to: verified, from: requester, by: rules)
        let members = head.members + [
            JSON.Member("batch", .string(verified.id.description)),
            JSON.Member("batchHash", .string(verified.batchHash.value.base64)),
            JSON.Member("answers", .array(bodies.map { .object($0.members(by: head)) })),
        ]
        let answer = Envelope(payloadType: .batchAnswer, payload: JSON.object(members).bytes, signatures: [])
        let answered = Writer.AnsweredRequest(kind: .batch, id: verified.id, hash: answer.hash)
        try await sequencer.perform { writer throws(Problem) in writer.note(answered) }
        return sign(answer)
    }

    func reserve(_ request: SealedRequest, from requester: Requester) async throws(Problem) -> Envelope {
        let rules = try rules()
        let verified = try intake.reservation(request, from: requester, under: rules.chain, now: now())
        let answer = try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.reserve(verified, by: rules)
        }
        return sign(answer)
    }

    func watch(_ request: SealedRequest, from requester: Requester) async throws(Problem) -> WatchOutcome {
        let rules = try rules()
        let verified = try intake.watch(request, from: requester, under: rules.chain, now: now())
        return try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.watch(verified, by: rules)
        }
    }

    func acknowledge(
        _ request: SealedRequest, from requester: Requester
    ) async throws(Problem) -> AcknowledgementOutcome {
        let rules = try rules()
        let verified = try intake.acknowledgement(request, from: requester, under: rules.chain, now: now())
        return try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return try writer.acknowledge(verified, by: rules)
        }
    }

    // MARK: How the consortium does

    func furnishing(from requester: Requester) async throws(Problem) -> JSON {
        let rules = try rules()
        return try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(requester)
            return writer.exchange.furnishing(of: requester.member, by: rules, now: writer.now).json
        }
    }

    /// Scores and signals against outcomes, over all members; at most an hour old.
    func outcomes(from requester: Requester) async throws(Problem) -> JSON {
        let rules = try rules()
        try await sequencer.perform { writer throws(Problem) in try writer.redeem(requester) }
        return try await outcomeReports.latest(at: now()) { () async throws(Problem) in
            try await outcomes(by: rules)
        }
    }

    /// In parts of some milliseconds, others between them, and all as of the first. A copy to be read outside the queue
    /// would have the next entry copy the whole ledger.
    private func outcomes(by rules: AnswerRules) async throws(Problem) -> JSON {
        let time = now()
        var tally = try await sequencer.performBetweenBatches { writer throws(Problem) in
            OutcomeTally(writer.exchange)
        }
        while true {
            let part = tally
            let (advanced, isLeft) = try await sequencer.performBetweenBatches { writer throws(Problem) in
                var tally = part
                let isLeft = tally.advance(writer.exchange, by: rules, cases: Self.casesPerTurn, now: time)
                return (tally, isLeft)
            }
            tally = advanced
            if !isLeft { return tally.json(by: rules, now: time) }
        }
    }

    private static let casesPerTurn = 100

    /// Per member, the corrections it has not acknowledged.
    package func unacknowledged(from admin: AdminRequester) async throws(Problem) -> JSON {
        let rules = try rules()
        return try await sequencer.perform { writer throws(Problem) in
            try writer.redeem(admin.nonce, of: admin.keyID, until: admin.expires)
            return writer.exchange.unacknowledged(by: rules, now: writer.now)
        }
    }

    private func sign(_ answer: Envelope) -> Envelope {
        answer.adding(answerKey.sign(answer.pae), by: answerKey.keyID)
    }
}
