import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

/// What the RFC has and the product must not: `DeriveKeyPair` (§3.2.1) and `Finalize` (§3.3.1), which would let the
/// node test guesses offline (DESIGN §2). They stand here to run the vectors to their end.
private enum RFCOnly {
    static func deriveKey(seed: [UInt8], info: [UInt8], suite: Ciphersuite) -> Scalar {
        let input = seed + [UInt8(info.count >> 8), UInt8(info.count & 255)] + info
        let tag = Array("DeriveKeyPair".utf8) + suite.contextString
        var counter: UInt8 = 0
        while true {
            let key = Scalar.reducing(MessageExpansion.expand(input + [counter], tag: tag, count: 64))
            if !key.isZero { return key }
            counter += 1
        }
    }

    static func finalize(input: [UInt8], evaluated: GroupElement, blind: Scalar) throws -> [UInt8] {
        let unblinded = try evaluated.times(blind.inverted()).value.bytes
        let parts = [input, unblinded].flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 }
        return SHA512.hash(parts + Array("Finalize".utf8))
    }
}

/// One vector: its batch taken apart at the commas.
struct OPRFVector: Sendable, CustomTestStringConvertible {
    let mode: Int
    let number: Int

    var testDescription: String { "mode \(mode), vector \(number)" }

    var suite: Ciphersuite { mode == 0 ? .base : .verifiable }

    func read() throws -> (group: Vector, vector: Vector) {
        let groups = try Vectors.json("vectors/rfc9497_allVectors.json").array
        let group = try #require(
            groups.first { $0["identifier"].string == "ristretto255-SHA512" && $0["mode"].integer == mode })
        return (group, group["vectors"][number])
    }

    static func list(_ vector: Vector) throws -> [[UInt8]] {
        try vector.text().split(separator: ",").map { try Hex.decode(String($0)) }
    }
}

@Suite("RFC 9497 appendix A.1: ristretto255-SHA512", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
struct RFC9497Tests {
    private static let base = (0..<2).map { OPRFVector(mode: 0, number: $0) }
    private static let verifiable = (0..<3).map { OPRFVector(mode: 1, number: $0) }

    @Test("keys are derived as the RFC derives them", arguments: base + verifiable)
    func derivesKey(_ source: OPRFVector) throws {
        let (group, _) = try source.read()
        let key = try RFCOnly.deriveKey(
            seed: group["seed"].bytes(), info: group["keyInfo"].bytes(), suite: source.suite)
        #expect(key.value.bytes == group["skSm"].hex)
        if source.mode == 1 {
            #expect(try SecretScalar(key).timesGenerator().value.bytes == group["pkSm"].hex)
        }
    }

    @Test("blinding, evaluation and output match to the byte", arguments: base + verifiable)
    func evaluates(_ source: OPRFVector) throws {
        let (group, vector) = try source.read()
        let key = try SecretScalar(Scalar(Bytes32(group["skSm"].bytes())))
        let blinds = try OPRFVector.list(vector["Blind"]).map { try Scalar(Bytes32($0)) }
        let inputs = try OPRFVector.list(vector["Input"])
        #expect(inputs.count == vector["Batch"].integer)
        let blinded = try zip(inputs, blinds).map { try source.suite.blind($0, with: $1) }
        #expect(try blinded.map(\.value.bytes) == OPRFVector.list(vector["BlindedElement"]))
        let evaluated = blinded.map { key.times($0) }
        #expect(try evaluated.map(\.value.bytes) == OPRFVector.list(vector["EvaluationElement"]))
        let outputs = try inputs.indices.map {
            try RFCOnly.finalize(input: inputs[$0], evaluated: evaluated[$0], blind: blinds[$0])
        }
        #expect(try outputs == OPRFVector.list(vector["Output"]))
    }

    @Test("our own batch types give the RFC's blinded elements, evaluations and proof", arguments: verifiable)
    func proves(_ source: OPRFVector) throws {
        let (group, vector) = try source.read()
        let key = try SecretScalar(Scalar(Bytes32(group["skSm"].bytes())))
        var blinds = try OPRFVector.list(vector["Blind"]).map { try Scalar(Bytes32($0)) }
        let batch = try BlindedBatch(inputs: OPRFVector.list(vector["Input"])) { blinds.removeFirst() }
        #expect(try batch.elements.bytes == OPRFVector.list(vector["BlindedElement"]).flatMap { $0 })
        let nonce = try SecretScalar(Scalar(Bytes32(vector["Proof"]["r"].bytes())))
        let share = KeyShare(index: try ShareIndex(1), secret: key)
        let evaluation = Evaluator(share: share).evaluate(batch.elements, nonce: nonce)
        #expect(try evaluation.elements.bytes == OPRFVector.list(vector["EvaluationElement"]).flatMap { $0 })
        #expect(evaluation.proof.bytes == vector["Proof"]["proof"].hex)
        let publicShare = try GroupElement(Bytes32(group["pkSm"].bytes()))
        let verified = try batch.verify(evaluation, publicShare: publicShare)
        #expect(try batch.combine([verified], threshold: 1)
            == OPRFVector.list(vector["Input"]).map { key.times(try source.suite.hashToGroup($0)) })
    }
}
