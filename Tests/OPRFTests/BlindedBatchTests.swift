import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Tokens from a quorum of custodians")
struct BlindedBatchTests {
    private static let seed: UInt64 = 0x5EED_0003
    private var generator = SeededGenerator(seed: BlindedBatchTests.seed)
    private let custodians: Custodians
    private let inputs: [[UInt8]]
    private let batch: BlindedBatch

    init() throws {
        custodians = try Custodians(threshold: 2, count: 3, generator: &generator)
        inputs = generator.inputs(5)
        batch = try BlindedBatch(inputs: inputs)
    }

    @Test("any quorum, in any order, gives the undivided key's tokens", arguments: [(1, 1), (2, 3), (3, 5), (4, 4)])
    func anyQuorum(_ threshold: Int, _ count: Int) throws {
        var generator = SeededGenerator(seed: Self.seed)
        let custodians = try Custodians(threshold: threshold, count: count, generator: &generator)
        let batch = try BlindedBatch(inputs: inputs) { generator.scalar() }
        let expected = try custodians.undividedTokens(inputs)
        let verified = try (1...count).map { try custodians.verified(batch, by: $0) }
        for chosen in 0..<(1 << count) where chosen.nonzeroBitCount == threshold {
            let quorum = verified.indices.filter { chosen & 1 << $0 != 0 }.map { verified[$0] }
            #expect(try batch.combine(quorum, threshold: threshold) == expected)
            #expect(try batch.combine(quorum.reversed(), threshold: threshold) == expected)
        }
    }

    @Test("fresh blinds give other elements and the same tokens")
    func blindsDoNotShow() throws {
        let again = try BlindedBatch(inputs: inputs)
        #expect(Set(again.elements.elements).isDisjoint(with: batch.elements.elements))
        let tokens = try [1, 3].map { try custodians.verified(again, by: $0) }
        #expect(try again.combine(tokens, threshold: 2) == custodians.undividedTokens(inputs))
    }

    @Test("an input that stands twice is blinded apart and gives one token twice")
    func repeatedInput() throws {
        let twice = try BlindedBatch(inputs: [inputs[0], inputs[0]])
        #expect(twice.elements.elements[0] != twice.elements.elements[1])
        let tokens = try twice.combine([1, 2].map { try custodians.verified(twice, by: $0) }, threshold: 2)
        #expect(tokens[0] == tokens[1])
    }

    @Test("a full batch of 1,024 comes back in order")
    func fullBatch() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let inputs = generator.inputs(1024)
        let batch = try BlindedBatch(inputs: inputs)
        let tokens = try batch.combine([2, 3].map { try custodians.verified(batch, by: $0) }, threshold: 2)
        #expect(try tokens == custodians.undividedTokens(inputs))
    }

    @Test("more evaluations than needed give the same tokens")
    func moreThanNeeded() throws {
        let all = try (1...3).map { try custodians.verified(batch, by: $0) }
        #expect(try batch.combine(all, threshold: 2) == custodians.undividedTokens(inputs))
    }

    @Test("fewer than the threshold are refused")
    func tooFew() throws {
        let one = try custodians.verified(batch, by: 1)
        #expect(throws: OPRFFailure.tooFewEvaluations(needed: 2, given: 1)) {
            try batch.combine([one], threshold: 2)
        }
        #expect(throws: OPRFFailure.tooFewEvaluations(needed: 2, given: 0)) { try batch.combine([], threshold: 2) }
    }

    @Test("a threshold set too low gives another token, never the key's")
    func loweredThreshold() throws {
        let one = try custodians.verified(batch, by: 1)
        let tokens = try batch.combine([one], threshold: 1)
        #expect(try Set(tokens).isDisjoint(with: custodians.undividedTokens(inputs)))
    }

    @Test("one custodian twice is no quorum")
    func sameTwice() throws {
        let one = try custodians.verified(batch, by: 1)
        #expect(throws: OPRFFailure.repeatedCustodian(one.custodian)) {
            try batch.combine([one, one], threshold: 2)
        }
    }

    @Test("an evaluation verified for another batch is refused, and named")
    func anotherBatch() throws {
        let other = try BlindedBatch(inputs: inputs)
        let foreign = try custodians.verified(other, by: 2)
        #expect(throws: OPRFFailure.evaluationOfAnotherBatch(custodian: foreign.custodian)) {
            try batch.combine([custodians.verified(batch, by: 1), foreign], threshold: 2)
        }
    }

    @Test("the custodian whose element was changed is named", arguments: 1...3, 0..<5)
    func tampered(_ number: Int, _ position: Int) throws {
        let honest = custodians.evaluate(batch, by: number)
        var elements = honest.elements.elements
        elements[position] = try elements[position].adding(.generator)
        let tampered = PartialEvaluation(
            custodian: honest.custodian, elements: try ElementBatch(elements), proof: honest.proof)
        #expect(throws: OPRFFailure.proofInvalid(custodian: honest.custodian)) { try verify(tampered) }
    }

    @Test("a custodian that answers under another's name is named")
    func wrongName() throws {
        let honest = custodians.evaluate(batch, by: 1)
        let renamed = PartialEvaluation(
            custodian: try ShareIndex(2), elements: honest.elements, proof: honest.proof)
        #expect(throws: OPRFFailure.proofInvalid(custodian: renamed.custodian)) { try verify(renamed) }
    }

    @Test("a custodian with a share of its own making is named")
    func ownShare() throws {
        let index = try ShareIndex(2)
        let evaluation = Evaluator(share: KeyShare(index: index, secret: .random())).evaluate(batch.elements)
        #expect(throws: OPRFFailure.proofInvalid(custodian: index)) { try verify(evaluation) }
    }

    @Test("a custodian that answers with too few or too many elements is named", arguments: [4, 6])
    func wrongCount(_ count: Int) throws {
        let other = try BlindedBatch(inputs: (0..<count).map { [UInt8($0)] })
        let evaluation = custodians.evaluate(other, by: 3)
        let failure = OPRFFailure.wrongElementCount(custodian: evaluation.custodian, expected: 5, actual: count)
        #expect(throws: failure) { try verify(evaluation) }
    }

    @Test("an answer to an earlier batch is refused")
    func replayed() throws {
        let earlier = custodians.evaluate(try BlindedBatch(inputs: inputs), by: 1)
        #expect(throws: OPRFFailure.proofInvalid(custodian: earlier.custodian)) { try verify(earlier) }
    }

    private func verify(_ evaluation: PartialEvaluation) throws(OPRFFailure) {
        let publicShare = try custodians.sharing.commitments.publicShare(of: evaluation.custodian)
        _ = try batch.verify(evaluation, publicShare: publicShare)
    }
}
