internal import Records
internal import Registry
internal import Sodium
internal import Vocabulary

/// A document with the node's signature: what every one is held to before its content is looked at.
struct NodeWord {
    /// How far the node's time of computing may lie from this machine's: more than the skew that requests may have.
    static let maximumSkewSeconds: Int64 = 300

    let envelope: Envelope
    let hash: Hash
    let json: JSON

    /// - Parameter name: what the document is, as a refusal calls it.
    init(
        _ envelope: Envelope, as type: PayloadType, named name: String, by keys: [PublicKey]
    ) throws(Problem) {
        guard let key = keys.first(where: { key in envelope.signatures.contains { $0.keyID == key.keyID } }) else {
            throw .notBelieved("it is not signed with the node's answer key of the registry")
        }
        let payload: VerifiedPayload
        do throws(EnvelopeFailure) { payload = try envelope.verify(by: key, expecting: type) } catch {
            throw .notBelieved(error == .wrongType ? "it is no \(name)" : "its signature does not hold")
        }
        do throws(JSONFailure) { json = try JSON(parsing: payload.bytes) } catch {
            throw .notBelieved("it is not JSON")
        }
        (self.envelope, hash) = (envelope, payload.hash)
    }

    /// Reads the content; what does not fit is not believed.
    func read<Value>(
        _ read: (inout ObjectReader) throws(FieldFailure) -> Value
    ) throws(Problem) -> Value {
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            return try read(&reader)
        } catch { throw .notBelieved("it cannot be read: \(error)") }
    }

    static func requireTimely(_ computedAt: Instant, now: Instant) throws(Problem) {
        guard abs(computedAt.milliseconds - now.milliseconds) <= maximumSkewSeconds * 1000 else {
            throw .notBelieved("it was computed at another time than it was asked")
        }
    }
}

extension ObjectReader {
    mutating func recordID(_ name: String) throws(FieldFailure) -> RecordID {
        try parsed(name) { text throws(DecodingFailure) in try RecordID(text) }
    }

    mutating func bytes32(_ name: String) throws(FieldFailure) -> Bytes32 {
        try parsed(name) { text throws(DecodingFailure) in try Bytes32(Base64.decode(text)) }
    }

    /// The origin of the checkpoint that the document names.
    mutating func checkpointOrigin() throws(FieldFailure) -> String {
        var checkpoint = try object("checkpoint")
        return try checkpoint.string("origin")
    }

    mutating func commitments(_ name: String) throws(FieldFailure) -> [Commitment] {
        var commitments: [Commitment] = []
        for element in try array(name, maximum: PayloadLimits.ceiling.identifiersPerSubject) {
            guard let text = element.string, let commitment = try? Commitment(base64: text) else {
                throw failure(name, .malformed("not a list of commitments"))
            }
            commitments.append(commitment)
        }
        return commitments
    }
}

extension Problem {
    static func notBelieved(_ why: String) -> Problem {
        Problem(
            .verificationFailed, "The node's answer is not believed: \(why).",
            hint: "If it stays so, ask the node's operator; nothing of the answer was used.")
    }
}
