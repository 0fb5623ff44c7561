import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("The batched proof")
struct ProofTests {
    private static let seed: UInt64 = 0x5EED_0001
    private let share: KeyShare
    private let other: KeyShare
    private let batch: ElementBatch
    private let evaluation: PartialEvaluation

    init() throws {
        var generator = SeededGenerator(seed: Self.seed)
        share = KeyShare(index: try ShareIndex(1), secret: generator.secret())
        other = KeyShare(index: try ShareIndex(2), secret: generator.secret())
        batch = try BlindedBatch(inputs: generator.inputs(6)).elements
        evaluation = Evaluator(share: share).evaluate(batch)
    }

    private func isValid(
        _ proof: Proof? = nil, publicShare: GroupElement? = nil, blinded: [GroupElement]? = nil,
        evaluated: [GroupElement]? = nil
    ) throws -> Bool {
        (proof ?? evaluation.proof).isValid(
            publicShare: publicShare ?? share.publicShare,
            blinded: try blinded.map { try ElementBatch($0) } ?? batch,
            evaluated: try evaluated.map { try ElementBatch($0) } ?? evaluation.elements)
    }

    @Test("an honest evaluation is accepted, for batches from 1 to 1,024", arguments: [1, 2, 3, 24, 1024])
    func accepts(_ count: Int) throws {
        var generator = SeededGenerator(seed: Self.seed + UInt64(count))
        let batch = try BlindedBatch(inputs: generator.inputs(count))
        let evaluation = Evaluator(share: share).evaluate(batch.elements)
        #expect(evaluation.proof.isValid(
            publicShare: share.publicShare, blinded: batch.elements, evaluated: evaluation.elements))
    }

    @Test("one evaluated element under another key is found, wherever it stands", arguments: 0..<6)
    func wrongEvaluated(_ position: Int) throws {
        var elements = evaluation.elements.elements
        elements[position] = other.secret.times(batch.elements[position])
        #expect(try !isValid(evaluated: elements))
    }

    @Test("one blinded element other than the one evaluated is found, wherever it stands", arguments: 0..<6)
    func wrongBlinded(_ position: Int) throws {
        var elements = batch.elements
        elements[position] = try elements[position].adding(.generator)
        #expect(try !isValid(blinded: elements))
    }

    @Test("elements that were moved are found")
    func moved() throws {
        var evaluated = evaluation.elements.elements
        evaluated.swapAt(1, 4)
        #expect(try !isValid(evaluated: evaluated))
        var blinded = batch.elements
        blinded.swapAt(1, 4)
        // Both sides moved alike are still multiples of one key, but not the batch that was proven.
        #expect(try !isValid(blinded: blinded, evaluated: evaluated))
    }

    @Test("two errors that cancel each other in a plain sum are found")
    func cancelling() throws {
        var elements = evaluation.elements.elements
        elements[0] = try elements[0].adding(.generator)
        elements[5] = try elements[5].subtracting(.generator)
        #expect(try !isValid(evaluated: elements))
        let forged = Proof.generate(
            secret: share.secret, publicShare: share.publicShare, blinded: batch,
            evaluated: try ElementBatch(elements), nonce: .random())
        #expect(try !isValid(forged, evaluated: elements))
    }

    @Test("the public share of another custodian is refused")
    func wrongPublicShare() throws {
        #expect(try !isValid(publicShare: other.publicShare))
    }

    @Test("a share other than the published one proves nothing, though its transcript names the published one")
    func wrongKey() throws {
        let lying = try ElementBatch(batch.elements.map { other.secret.times($0) })
        let forged = Proof.generate(
            secret: other.secret, publicShare: share.publicShare, blinded: batch, evaluated: lying, nonce: .random())
        #expect(try !isValid(forged, evaluated: lying.elements))
    }

    @Test("a shorter or longer list of evaluations is refused")
    func wrongCount() throws {
        let elements = evaluation.elements.elements
        #expect(try !isValid(evaluated: elements.dropLast()))
        #expect(try !isValid(evaluated: elements + [.generator]))
        #expect(try !isValid(blinded: batch.elements.dropLast(), evaluated: elements.dropLast()))
    }

    @Test("any flipped bit of the proof is refused")
    func flippedBits() throws {
        for bit in stride(from: 0, to: Proof.byteCount * 8, by: 13) {
            var bytes = evaluation.proof.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let proof = try? Proof(bytes: bytes) else { continue }
            #expect(try !isValid(proof))
        }
    }

    @Test("a proof of zeros is refused")
    func zeros() throws {
        #expect(try !isValid(Proof(bytes: [UInt8](repeating: 0, count: 64))))
    }

    @Test("a proof of another length is refused", arguments: [0, 32, 63, 65, 128])
    func wrongLength(_ count: Int) {
        #expect(throws: OPRFFailure.wrongLength(expected: 64, actual: count)) {
            try Proof(bytes: [UInt8](repeating: 1, count: count))
        }
    }

    @Test("a scalar that is not reduced is refused, though it is the same modulo the order", arguments: [0, 32])
    func unreduced(_ offset: Int) {
        var bytes = evaluation.proof.bytes
        var carry: UInt16 = 0
        for index in 0..<32 {
            carry += UInt16(bytes[offset + index]) + UInt16(Self.order[index])
            bytes[offset + index] = UInt8(truncatingIfNeeded: carry)
            carry >>= 8
        }
        #expect(throws: OPRFFailure.proofNotCanonical) { try Proof(bytes: bytes) }
    }

    @Test("two proofs of one batch share no part, so that the nonce was fresh")
    func freshNonce() {
        let again = Evaluator(share: share).evaluate(batch)
        #expect(again.elements == evaluation.elements)
        #expect(again.proof.challenge != evaluation.proof.challenge)
        #expect(again.proof.response != evaluation.proof.response)
    }

    /// The group's order, little-endian.
    private static let order: [UInt8] =
        [0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14]
        + [UInt8](repeating: 0, count: 15) + [0x10]
}
