/// What tokenising, evaluating or sharing refuses. It names positions and custodians, never an input, element or key.
package enum OPRFFailure: Error, Equatable, Sendable {
    /// A batch holds 1 to `ElementBatch.maximumCount` elements.
    case wrongBatchSize(actual: Int)
    /// Elements and proofs have fixed lengths.
    case wrongLength(expected: Int, actual: Int)
    case elementNotCanonical(position: Int)
    case elementIsIdentity(position: Int)
    /// RFC 9497 §3.3.1 takes inputs up to 65,535 bytes.
    case inputTooLong(position: Int)
    /// RFC 9497's `InvalidInputError`: the input hashes to the identity.
    case inputMapsToIdentity(position: Int)
    case proofNotCanonical
    /// The proof does not show that this custodian's key was used on every element.
    case proofInvalid(custodian: ShareIndex)
    case wrongElementCount(custodian: ShareIndex, expected: Int, actual: Int)
    /// The evaluation was verified for another batch than the one it is combined into.
    case evaluationOfAnotherBatch(custodian: ShareIndex)
    case repeatedCustodian(ShareIndex)
    case tooFewEvaluations(needed: Int, given: Int)
    /// Together the evaluations add up to no token, which no set of proven ones does.
    case combinationFailed(position: Int)
    case shareIndexOutOfRange
    /// A threshold is at least 1 and at most the number of shares, of which there are at most 255.
    case wrongThreshold(threshold: Int, count: Int)
    /// As many commitments as the threshold: one more would silently raise it.
    case wrongCommitmentCount(expected: Int, actual: Int)
    case shareDoesNotMatchCommitments(ShareIndex)
    /// A secret that is zero, unreduced or of the wrong length.
    case secretNotUsable
}
