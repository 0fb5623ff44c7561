package import Records
package import Registry
internal import Sodium
package import Vocabulary

/// Decides whether an envelope is the node's answer to the check that was asked; before that nothing in it is used.
package struct AnswerVerifier: Sendable {
    /// How far the node's time of computing may lie from this machine's: more than the skew that requests may have.
    static let maximumSkewSeconds: Int64 = 300

    private let chain: RegistryChain

    package init(_ chain: RegistryChain) { self.chain = chain }

    /// - Throws: `verificationFailed`, saying what does not fit.
    package func verify(
        _ envelope: Envelope, asked: Check<CommittedIdentifier>, now: Instant
    ) throws(Problem) -> VerifiedAnswer {
        let answer = try verify(envelope, by: [chain.current.node.answerKey], asked: asked)
        guard abs(answer.computedAt.milliseconds - now.milliseconds) <= Self.maximumSkewSeconds * 1000 else {
            throw .notBelieved("it was computed at another time than it was asked")
        }
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
        guard let key = keys.first(where: { key in envelope.signatures.contains { $0.keyID == key.keyID } }) else {
            throw .notBelieved("it is not signed with the node's answer key of the registry")
        }
        let payload: VerifiedPayload
        do throws(EnvelopeFailure) { payload = try envelope.verify(by: key, expecting: .answer) } catch {
            throw .notBelieved(error == .wrongType ? "it is no answer" : "its signature does not hold")
        }
        let answer: VerifiedAnswer
        do throws(FieldFailure) { answer = try VerifiedAnswer(envelope, payload) } catch {
            throw .notBelieved("it cannot be read: \(error)")
        }
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

    fileprivate init(_ envelope: Envelope, _ payload: VerifiedPayload) throws(FieldFailure) {
        (self.envelope, hash) = (envelope, payload.hash)
        guard let json = try? JSON(parsing: payload.bytes) else {
            throw FieldFailure(path: "payload", rule: .malformed("not JSON"))
        }
        self.payload = json
        var reader = try ObjectReader(json)
        consortium = try reader.string("consortium")
        var checkpoint = try reader.object("checkpoint")
        origin = try checkpoint.string("origin")
        checkHash = try reader.parsed("checkHash") { text throws(DecodingFailure) in try Bytes32(Base64.decode(text)) }
        check = try reader.parsed("check") { text throws(DecodingFailure) in try RecordID(text) }
        member = try reader.parsed("member", as: MemberID.init)
        computedAt = try reader.parsed("computedAt", as: Instant.init)
        purpose = try reader.string("purpose")
        mode = try reader.string("mode")
        _ = try reader.string("status")
        var commitments: [Commitment] = []
        for element in try reader.array("tokensAsked", maximum: PayloadLimits.ceiling.identifiersPerSubject) {
            guard let text = element.string, let commitment = try? Commitment(base64: text) else {
                throw reader.failure("tokensAsked", .malformed("not a list of commitments"))
            }
            commitments.append(commitment)
        }
        tokensAsked = commitments
    }
}

extension Problem {
    static func notBelieved(_ why: String) -> Problem {
        Problem(
            .verificationFailed, "The node's answer is not believed: \(why).",
            hint: "If it stays so, ask the node's operator; nothing of the answer was used.")
    }
}
