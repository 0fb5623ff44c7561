internal import RequestSigning
internal import Vocabulary

extension Problem {
    /// A request signature's failure as it leaves the process.
    init(_ failure: SignatureFailure, now: Instant) {
        switch failure {
        case .missing(.signatureInput), .missing(.signature):
            self.init(
                .unauthenticated, "The request is not signed.",
                hint: "Sign it as RFC 9421 says, with tag=\"\(SigningProfile.tag)\".")
        case .missing(.contentDigest), .malformed(.contentDigest), .unsupportedDigest:
            self.init(.wrongDigest, "The request has no Content-Digest in sha-256 (RFC 9530).")
        case .digestMismatch: self.init(.wrongDigest, "The body is not the one that was signed.")
        case .malformed(.signatureInput), .malformed(.signature):
            self.init(.badSignature, "The signature's headers are not in the form of RFC 9421 that is accepted here.")
        case .wrongLabel: self.init(.badSignature, "The signature's label must be \(SigningProfile.label).")
        case .wrongComponents:
            self.init(
                .badSignature, "The signature must cover \(SigningProfile.components.joined(separator: " ")).")
        case .unavailableComponent:
            self.init(.badSignature, "A component that the signature covers cannot be taken from the request.")
        case .missingParameter(let parameter):
            self.init(.badSignature, "The signature's parameter \(parameter.rawValue) is missing.")
        case .wrongAlgorithm: self.init(.badSignature, "The signature's algorithm must be ed25519.")
        case .wrongTag: self.init(.badSignature, "The signature's tag must be \(SigningProfile.tag).")
        case .malformedKeyID: self.init(.badSignature, "The signature's keyid is not a key's name.")
        case .malformedNonce: self.init(.badSignature, "The signature's nonce must be 16 to 64 characters.")
        case .wrongLifetime:
            self.init(
                .badSignature,
                "A signature is valid for 1 to \(SigningProfile.maximumLifetimeSeconds) seconds from its creation.")
        case .notYetValid:
            self.init(
                .clockSkew, "The request was signed in the future: the time here is \(now).",
                hint: "Set the caller's clock.")
        case .stale:
            self.init(
                .staleRequest, "The request's signature has expired: the time here is \(now).",
                hint: "Sign it again; check the caller's clock.")
        case .otherKey, .badSignature: self.init(.badSignature, "The signature is not the key's over this request.")
        }
    }
}
