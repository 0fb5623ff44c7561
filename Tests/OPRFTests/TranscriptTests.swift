import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

/// What binds a proof's transcript to every element of its batch. These run also where the shared vectors are not.
@Suite("The proof's transcript")
struct TranscriptTests {
    private func secret(_ hex: String) throws -> SecretScalar { try SecretScalar(Scalar(Bytes32(hex: hex))) }

    @Test("RFC 9497 A.1.2.3, the batch of two, to the byte")
    func knownAnswer() throws {
        var blinds = try [
            "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
            "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
        ].map { try Scalar(Bytes32(hex: $0)) }
        let inputs: [[UInt8]] = [[0], [UInt8](repeating: 0x5A, count: 17)]
        let batch = try BlindedBatch(inputs: inputs) { blinds.removeFirst() }
        let key = try secret("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909")
        let nonce = try secret("419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c")
        let evaluation = Evaluator(share: KeyShare(index: try ShareIndex(1), secret: key))
            .evaluate(batch.elements, nonce: nonce)
        #expect(
            Hex.encode(evaluation.elements.bytes)
                == "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"
                + "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a")
        #expect(
            Hex.encode(evaluation.proof.bytes)
                == "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a"
                + "5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08")
    }

    @Test("errors weighted to cancel under factors that leave the evaluated elements out are found")
    func weightedErrors() throws {
        var generator = SeededGenerator(seed: 0x5EED_0004)
        let share = KeyShare(index: try ShareIndex(1), secret: generator.secret())
        let batch = try BlindedBatch(inputs: generator.inputs(2))
        let honest = Evaluator(share: share).evaluate(batch.elements)
        // With such factors d₀·E₀ + d₁·E₁ would stay what it was, and the honest proof with it.
        let factors = (0..<2).map { factorWithoutEvaluation(batch.elements.elements[$0], $0, share.publicShare) }
        var elements = honest.elements.elements
        elements[0] = try elements[0].adding(.generator(times: factors[1]))
        elements[1] = try elements[1].subtracting(.generator(times: factors[0]))
        let sums = try [honest.elements.elements, elements].map {
            try $0[0].times(factors[0]).adding($0[1].times(factors[1]))
        }
        #expect(sums[0] == sums[1])
        for proof in [honest.proof, try proof(share, batch, elements)] {
            let forged = PartialEvaluation(
                custodian: share.index, elements: try ElementBatch(elements), proof: proof)
            #expect(throws: OPRFFailure.proofInvalid(custodian: share.index)) {
                try batch.verify(forged, publicShare: share.publicShare)
            }
        }
    }

    private func proof(_ share: KeyShare, _ batch: BlindedBatch, _ evaluated: [GroupElement]) throws -> Proof {
        Proof.generate(
            secret: share.secret, publicShare: share.publicShare, blinded: batch.elements,
            evaluated: try ElementBatch(evaluated), nonce: .random())
    }

    /// RFC 9497 §2.2.1's `dᵢ` with `Dᵢ` left out of the transcript.
    private func factorWithoutEvaluation(_ blinded: GroupElement, _ index: Int, _ publicShare: GroupElement) -> Scalar {
        func prefixed(_ part: [UInt8]) -> [UInt8] { [UInt8(part.count >> 8), UInt8(part.count & 255)] + part }
        let tag = Array("Seed-".utf8) + Ciphersuite.verifiable.contextString
        let seed = SHA512.hash(prefixed(publicShare.value.bytes) + prefixed(tag))
        return Ciphersuite.verifiable.hashToScalar(
            prefixed(seed) + [0, UInt8(index)] + prefixed(blinded.value.bytes) + Array("Composite".utf8))
    }
}
