package import Records
package import Vocabulary

// What Records refuses, by its code on the wire.

extension Problem {
    package init(_ failure: PayloadFailure) {
        switch failure {
        case .notJSON(let failure): self.init(failure)
        case .field(let failure): self.init(failure)
        }
    }

    package init(_ failure: OpeningFailure) {
        self.init(.wrongCommitment, failure.description, path: "openings")
    }

    package init(_ failure: EnvelopeFailure) {
        switch failure {
        case .wrongType:
            self.init(.unsupportedMediaType, "The envelope is of another type.", path: "envelope.payloadType")
        case .notSignedByKey: self.init(.badSignature, "The envelope does not carry the key's signature.")
        case .badSignature: self.init(.badSignature, "The envelope's signature does not hold.")
        }
    }
}
