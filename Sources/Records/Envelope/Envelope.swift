package import Sodium
package import Vocabulary

/// A signed document as DSSE has it: the payload's exact bytes, its type, and signatures over both.
///
/// Nothing is re-encoded, ever: what was verified is what is parsed, stored and hashed.
package struct Envelope: Hashable, Sendable {
    package static let maximumPayloadBytes = 4 << 20
    package static let maximumSignatures = 8

    package struct Signed: Hashable, Sendable {
        package let keyID: KeyID
        package let signature: Signature

        package init(keyID: KeyID, signature: Signature) {
            (self.keyID, self.signature) = (keyID, signature)
        }
    }

    package let payloadType: PayloadType
    package let payload: [UInt8]
    package let signatures: [Signed]

    package init(payloadType: PayloadType, payload: [UInt8], signatures: [Signed]) {
        (self.payloadType, self.payload, self.signatures) = (payloadType, payload, signatures)
    }

    package static func sign(payloadType: PayloadType, payload: [UInt8], key: SigningKey) -> Envelope {
        let unsigned = Envelope(payloadType: payloadType, payload: payload, signatures: [])
        return unsigned.adding(key.sign(unsigned.pae), by: key.keyID)
    }

    /// The same document with one more signature, as registry versions collect them.
    package func adding(_ signature: Signature, by keyID: KeyID) -> Envelope {
        Envelope(
            payloadType: payloadType, payload: payload,
            signatures: signatures + [Signed(keyID: keyID, signature: signature)])
    }

    /// What is signed (DSSE protocol, pre-authentication encoding): `DSSEv1 len(type) type len(payload) payload`.
    package var pae: [UInt8] {
        let type = payloadType.text
        var bytes = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8)
        bytes.append(contentsOf: payload)
        return bytes
    }

    /// SHA-256 of the pre-authentication encoding: the document's name in the log, whoever signed it.
    package var hash: Hash { SHA256.hash(pae) }

    /// Whether this key's signature stands under the document.
    package func isSigned(by key: PublicKey) -> Bool {
        guard let signed = signatures.first(where: { $0.keyID == key.keyID }) else { return false }
        return key.isValid(signed.signature, over: pae)
    }

    /// The payload, once its type is the one expected and the key's signature holds.
    package func verify(by key: PublicKey, expecting type: PayloadType) throws(EnvelopeFailure) -> VerifiedPayload {
        guard payloadType == type else { throw .wrongType }
        guard let signed = signatures.first(where: { $0.keyID == key.keyID }) else { throw .notSignedByKey }
        let pae = pae
        guard key.isValid(signed.signature, over: pae) else { throw .badSignature }
        return VerifiedPayload(
            bytes: payload, hash: SHA256.hash(pae), keyID: key.keyID, signature: signed.signature)
    }
}

/// Bytes whose signature was checked. Only `Envelope.verify` makes one.
package struct VerifiedPayload: Hashable, Sendable {
    package let bytes: [UInt8]
    /// The envelope's hash, which the log's leaf binds.
    package let hash: Hash
    package let keyID: KeyID
    package let signature: Signature

    fileprivate init(bytes: [UInt8], hash: Hash, keyID: KeyID, signature: Signature) {
        (self.bytes, self.hash, self.keyID, self.signature) = (bytes, hash, keyID, signature)
    }
}

package enum EnvelopeFailure: Error, Equatable, Sendable {
    case wrongType, notSignedByKey, badSignature
}

/// A payload's media type, which is signed with it, so that no document passes as another kind.
package struct PayloadType: Hashable, Sendable {
    package static let maximumLength = 128
    package let text: String

    package init(_ text: String) { self.text = text }

    package static let submission = PayloadType("application/vnd.counterfoil.submission.v1+json")
    package static let check = PayloadType("application/vnd.counterfoil.check.v1+json")
    package static let answer = PayloadType("application/vnd.counterfoil.answer.v1+json")
    package static let checks = PayloadType("application/vnd.counterfoil.checks.v1+json")
    package static let batchAnswer = PayloadType("application/vnd.counterfoil.batch-answer.v1+json")
    package static let reservation = PayloadType("application/vnd.counterfoil.reservation.v1+json")
    package static let reservationAnswer = PayloadType("application/vnd.counterfoil.reservation-answer.v1+json")
    package static let notices = PayloadType("application/vnd.counterfoil.notices.v1+json")
    package static let acknowledgement = PayloadType("application/vnd.counterfoil.acknowledgement.v1+json")
    package static let watch = PayloadType("application/vnd.counterfoil.watch.v1+json")
    package static let registry = PayloadType("application/vnd.counterfoil.registry.v1+json")
}
