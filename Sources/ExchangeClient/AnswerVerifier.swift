package import Records
package import Registry
internal import Sodium
package import Vocabulary

/// Decides whether an envelope is the node's answer to what was asked; before that nothing in it is used.
package struct AnswerVerifier: Sendable {
    let chain: RegistryChain

    package init(_ chain: RegistryChain) { self.chain = chain }

    /// - Throws: `verificationFailed`, saying what does not fit.
    package func verify(
        _ envelope: Envelope, asked: Check<CommittedIdentifier>, now: Instant
    ) throws(Problem) -> VerifiedAnswer {
        let answer = try verify(envelope, by: [chain.current.node.answerKey], asked: asked)
        try NodeWord.requireTimely(answer.computedAt, now: now)
        return answer
    }

    /// An answer kept in a file, by any of the keys that the node ever had.
    package func verify(
        stored envelope: Envelope, asked: Check<CommittedIdentifier>
    ) throws(Problem) -> VerifiedAnswer {
        try verify(envelope, by: chain.answerKeys, asked: asked)
    }

    private func verify(
        _ envelope: Envelope, by keys: [PublicKey], asked: Check<CommittedIdentifier>
    ) throws(Problem) -> VerifiedAnswer {
        let word = try NodeWord(envelope, as: .answer, named: "answer", by: keys)
        let answer = try word.read { reader throws(FieldFailure) in try VerifiedAnswer(word, &reader) }
        try requireAnswer(answer, to: asked)
        return answer
    }

    private func requireAnswer(
        _ answer: VerifiedAnswer, to asked: Check<CommittedIdentifier>
    ) throws(Problem) {
        guard answer.consortium == asked.consortium else { throw .notBelieved("it is of another consortium") }
        guard answer.origin == chain.current.log.origin else { throw .notBelieved("it names another log") }
        guard answer.check == asked.check else { throw .notBelieved("it answers another check") }
        guard answer.member == asked.member else { throw .notBelieved("it answers another member") }
        guard answer.purpose == asked.purpose.rawValue, answer.mode == asked.mode.name else {
            throw .notBelieved("it answers for another purpose or mode")
        }
        guard answer.tokensAsked == asked.subject.identifiers.map(\.commitment) else {
            throw .notBelieved("it answers for other tokens than were asked")
        }
        let question = Envelope(payloadType: .check, payload: asked.json.bytes, signatures: [])
        guard answer.checkHash == question.hash.value else {
            throw .notBelieved("it answers a question that was worded differently")
        }
    }
}

/// The node's signed word on one check. Only `AnswerVerifier` makes one.
package struct VerifiedAnswer: Sendable {
    package let envelope: Envelope
    package let hash: Vocabulary.Hash
    package let check: RecordID
    package let member: MemberID
    package let computedAt: Instant
    /// The payload as signed, with fields that this version does not know.
    package let payload: JSON
    let consortium: String
    let origin: String
    let checkHash: Bytes32
    let purpose: String
    let mode: String
    let tokensAsked: [Commitment]

    fileprivate init(_ word: NodeWord, _ reader: inout ObjectReader) throws(FieldFailure) {
        (envelope, hash, payload) = (word.envelope, word.hash, word.json)
        consortium = try reader.string("consortium")
        origin = try reader.checkpointOrigin()
        checkHash = try reader.bytes32("checkHash")
        check = try reader.recordID("check")
        member = try reader.parsed("member", as: MemberID.init)
        computedAt = try reader.parsed("computedAt", as: Instant.init)
        purpose = try reader.string("purpose")
        mode = try reader.string("mode")
        _ = try reader.string("status")
        tokensAsked = try reader.commitments("tokensAsked")
    }
}
