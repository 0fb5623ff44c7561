package import Sodium
import Vocabulary

/// A batched DLEQ proof (RFC 9497 §2.2): one key, the one behind the public share, evaluated every element of a batch.
package struct Proof: Equatable, Sendable {
    package static let byteCount = 64
    package let challenge: Scalar
    package let response: Scalar

    /// - Throws: `wrongLength`, or `proofNotCanonical` for a scalar that is not reduced.
    package init(bytes: [UInt8]) throws(OPRFFailure) {
        guard bytes.count == Self.byteCount else {
            throw .wrongLength(expected: Self.byteCount, actual: bytes.count)
        }
        do throws(SodiumFailure) {
            challenge = try Scalar(Bytes32 { $0.copyBytes(from: bytes[..<32]) })
            response = try Scalar(Bytes32 { $0.copyBytes(from: bytes[32...]) })
        } catch {
            throw .proofNotCanonical
        }
    }

    private init(challenge: Scalar, response: Scalar) {
        (self.challenge, self.response) = (challenge, response)
    }

    package var bytes: [UInt8] { challenge.value.bytes + response.value.bytes }

    /// `GenerateProof` (RFC 9497 §2.2.1).
    ///
    /// - Parameter nonce: the RFC's `r`. Never the same for two proofs under one key: the two would give the key away.
    package static func generate(
        secret: SecretScalar, publicShare: GroupElement, blinded: ElementBatch, evaluated: ElementBatch,
        nonce: SecretScalar
    ) -> Proof {
        // Throws only where hashed factors add up to the identity, which nobody can arrange.
        let composites = try! Composites(
            secret: secret, publicShare: publicShare, blinded: blinded.elements, evaluated: evaluated.elements)
        let challenge = challenge(
            publicShare: publicShare, composites: composites, commitments: nonce.timesGenerator(),
            nonce.times(composites.blinded))
        return Proof(challenge: challenge, response: nonce.subtracting(challenge, times: secret))
    }

    /// `VerifyProof` (RFC 9497 §2.2.2).
    package func isValid(publicShare: GroupElement, blinded: ElementBatch, evaluated: ElementBatch) -> Bool {
        guard blinded.count == evaluated.count else { return false }
        // What throws here (a zero scalar, an identity) is nothing an honest proof contains.
        do throws(SodiumFailure) {
            let composites = try Composites(
                publicShare: publicShare, blinded: blinded.elements, evaluated: evaluated.elements)
            let first = try GroupElement.generator(times: response).adding(publicShare.times(challenge))
            let second = try composites.blinded.times(response).adding(composites.evaluated.times(challenge))
            return challenge == Self.challenge(
                publicShare: publicShare, composites: composites, commitments: first, second)
        } catch {
            return false
        }
    }

    private static func challenge(
        publicShare: GroupElement, composites: Composites, commitments first: GroupElement, _ second: GroupElement
    ) -> Scalar {
        var transcript: [UInt8] = []
        for element in [publicShare, composites.blinded, composites.evaluated, first, second] {
            transcript.appendPrefixed(element)
        }
        transcript += Array("Challenge".utf8)
        return Ciphersuite.verifiable.hashToScalar(transcript)
    }
}
