package import Records
internal import Registry
internal import Sodium
package import Vocabulary

// Many answers under one signature.
extension AnswerVerifier {
    /// - Throws: `verificationFailed`, saying what does not fit: one answer that does not leaves none.
    package func verify(
        batch envelope: Envelope, asked: CheckBatch<CommittedIdentifier>, now: Instant
    ) throws(Problem) -> VerifiedBatchAnswer {
        let answer = try verify(envelope, by: [chain.current.node.answerKey], asked: asked)
        try NodeWord.requireTimely(answer.computedAt, now: now)
        return answer
    }

    /// Answers kept in a file, by any of the keys that the node ever had.
    package func verify(
        storedBatch envelope: Envelope, asked: CheckBatch<CommittedIdentifier>
    ) throws(Problem) -> VerifiedBatchAnswer {
        try verify(envelope, by: chain.answerKeys, asked: asked)
    }

    private func verify(
        _ envelope: Envelope, by keys: [PublicKey], asked: CheckBatch<CommittedIdentifier>
    ) throws(Problem) -> VerifiedBatchAnswer {
        let word = try NodeWord(envelope, as: .batchAnswer, named: "batch of answers", by: keys)
        let answer = try word.read { reader throws(FieldFailure) in try VerifiedBatchAnswer(word, &reader) }
        try requireHead(answer, of: asked)
        guard answer.answers.count == asked.checks.count else {
            throw .notBelieved("it has more or fewer answers than checks were asked")
        }
        for (element, check) in zip(answer.answers, asked.checks) {
            guard element.check == check.check else {
                throw .notBelieved("it answers other checks, or in another order")
            }
            guard element.tokensAsked == check.subject.identifiers.map(\.commitment) else {
                throw .notBelieved("it answers for other tokens than were asked")
            }
        }
        return answer
    }

    private func requireHead(
        _ answer: VerifiedBatchAnswer, of asked: CheckBatch<CommittedIdentifier>
    ) throws(Problem) {
        guard answer.consortium == asked.consortium else { throw .notBelieved("it is of another consortium") }
        guard answer.origin == chain.current.log.origin else { throw .notBelieved("it names another log") }
        guard answer.batch == asked.batch else { throw .notBelieved("it answers another batch") }
        guard answer.member == asked.member else { throw .notBelieved("it answers another member") }
        guard answer.purpose == asked.purpose.rawValue, answer.mode == asked.mode.name else {
            throw .notBelieved("it answers for another purpose or mode")
        }
        let question = Envelope(payloadType: .checks, payload: asked.json.bytes, signatures: [])
        guard answer.batchHash == question.hash.value else {
            throw .notBelieved("it answers a question that was worded differently")
        }
    }
}

/// The node's signed word on a batch of checks. Only `AnswerVerifier` makes one.
package struct VerifiedBatchAnswer: Sendable {
    /// One check's answer.
    package struct Element: Sendable {
        package let check: RecordID
        package let status: String
        /// As signed, with fields that this version does not know: what is of this check alone.
        package let payload: JSON
        let tokensAsked: [Commitment]
    }

    package let envelope: Envelope
    package let hash: Vocabulary.Hash
    package let batch: RecordID
    package let member: MemberID
    package let computedAt: Instant
    /// In the order of the checks asked.
    package let answers: [Element]
    /// What the node said once for all of them, without the answers.
    package let head: [JSON.Member]
    let consortium: String
    let origin: String
    let batchHash: Bytes32
    let purpose: String
    let mode: String

    fileprivate init(_ word: NodeWord, _ reader: inout ObjectReader) throws(FieldFailure) {
        (envelope, hash) = (word.envelope, word.hash)
        head = (word.json.members ?? []).filter { $0.name != "answers" }
        consortium = try reader.string("consortium")
        origin = try reader.checkpointOrigin()
        batchHash = try reader.bytes32("batchHash")
        batch = try reader.recordID("batch")
        member = try reader.parsed("member", as: MemberID.init)
        computedAt = try reader.parsed("computedAt", as: Instant.init)
        purpose = try reader.string("purpose")
        mode = try reader.string("mode")
        var answers: [Element] = []
        for (index, json) in try reader.array("answers", maximum: PayloadLimits.checksPerBatch).enumerated() {
            answers.append(try Element(json, path: "answers[\(index)]"))
        }
        self.answers = answers
    }

    /// One check's answer as if it had been asked alone: the head's members and its own.
    package func document(of element: Element) -> JSON { .object(head + (element.payload.members ?? [])) }
}

extension VerifiedBatchAnswer.Element {
    fileprivate init(_ json: JSON, path: String) throws(FieldFailure) {
        payload = json
        var reader = try ObjectReader(json, path: path)
        check = try reader.recordID("check")
        status = try reader.string("status")
        tokensAsked = try reader.commitments("tokensAsked")
    }
}
