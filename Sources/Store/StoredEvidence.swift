internal import Exchange
package import Records
internal import Sodium
package import TransparencyLog
package import Vocabulary

/// What a log entry's evidence holds: how the blinded leaf opens, and the signed document that it stands for.
package struct StoredEvidence: Sendable {
    package let opening: LeafOpening
    package let envelope: Envelope

    package init(opening: LeafOpening, envelope: Envelope) {
        (self.opening, self.envelope) = (opening, envelope)
    }

    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.putLong(opening.bytes)
        writer.put(envelope.payloadType.text)
        writer.putLong(envelope.payload)
        writer.putList(envelope.signatures) { writer, signed in
            writer.put(signed.keyID.text)
            writer.putLong(signed.signature.bytes)
        }
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        opening = try LeafOpening(try reader.longBytes())
        let type = PayloadType(try reader.text())
        let payload = try reader.longBytes()
        let signatures = try reader.list { reader throws(DecodingFailure) in
            Envelope.Signed(keyID: try KeyID(try reader.text()), signature: try Signature(try reader.longBytes()))
        }
        envelope = Envelope(payloadType: type, payload: payload, signatures: signatures)
    }
}
