import OPRF
import Sodium
import TestSupport

/// Scalars from a seed, in place of the system's randomness.
extension SeededGenerator {
    mutating func scalar() -> Scalar { Scalar.reducing(bytes(64)) }

    mutating func secret() -> SecretScalar {
        // Zero comes from one seed in 2^252.
        try! SecretScalar(scalar())
    }

    mutating func inputs(_ count: Int) -> [[UInt8]] { (0..<count).map { _ in bytes(24) } }
}

/// A consortium's custodians under one key, and somebody who knows that key undivided.
struct Custodians {
    let threshold: Int
    let secret: SecretScalar
    let sharing: Sharing

    init(threshold: Int, count: Int, generator: inout SeededGenerator) throws {
        self.threshold = threshold
        secret = generator.secret()
        sharing = try Sharing.deal(secret, threshold: threshold, count: count) { generator.secret() }
    }

    func evaluate(_ batch: BlindedBatch, by number: Int) -> PartialEvaluation {
        Evaluator(share: sharing.shares[number - 1]).evaluate(batch.elements)
    }

    func verified(_ batch: BlindedBatch, by number: Int) throws(OPRFFailure) -> VerifiedEvaluation {
        try batch.verify(evaluate(batch, by: number), commitments: sharing.commitments)
    }

    /// The tokens as whoever held the undivided key would compute them.
    func undividedTokens(_ inputs: [[UInt8]]) throws -> [GroupElement] {
        try inputs.map { secret.times(try Ciphersuite.verifiable.hashToGroup($0)) }
    }
}
