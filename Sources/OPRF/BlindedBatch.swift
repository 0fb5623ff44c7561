package import Sodium

/// A gateway's inputs on their way to tokens: blinded elements for the custodians, and the blinds that undo it.
///
/// Custodians get `elements` alone. The blinds would let a custodian that has them test guesses, so the value is
/// dropped once the tokens are there.
package struct BlindedBatch: Sendable {
    package let elements: ElementBatch
    private let blinds: [Scalar]

    /// Hashes every input to the group and blinds it (RFC 9497 §3.3.1): one multiplication an input.
    ///
    /// - Parameter random: gives non-zero blinds, never the same twice; tests and simulations bring their own.
    /// - Throws: `wrongBatchSize` unless there are 1 to 1,024 inputs, `inputTooLong`, `inputMapsToIdentity`.
    package init(inputs: [[UInt8]], random: () -> Scalar = Scalar.random) throws(OPRFFailure) {
        guard (1...ElementBatch.maximumCount).contains(inputs.count) else {
            throw .wrongBatchSize(actual: inputs.count)
        }
        var blinds: [Scalar] = []
        var elements: [GroupElement] = []
        for (position, input) in inputs.enumerated() {
            guard input.count <= Ciphersuite.maximumInputByteCount else { throw .inputTooLong(position: position) }
            let blind = random()
            precondition(!blind.isZero, "A blind is not zero.")
            guard let element = try? Ciphersuite.verifiable.blind(input, with: blind) else {
                throw .inputMapsToIdentity(position: position)
            }
            blinds.append(blind)
            elements.append(element)
        }
        self.blinds = blinds
        self.elements = try ElementBatch(elements)
    }

    package var count: Int { blinds.count }

    /// Checks a custodian's answer against the public share that the registry has for it: two multiplications and two
    /// additions an element.
    ///
    /// - Throws: `wrongElementCount` or `proofInvalid`, either naming the custodian.
    package func verify(
        _ evaluation: PartialEvaluation, publicShare: GroupElement
    ) throws(OPRFFailure) -> VerifiedEvaluation {
        guard evaluation.elements.count == count else {
            throw .wrongElementCount(
                custodian: evaluation.custodian, expected: count, actual: evaluation.elements.count)
        }
        guard evaluation.proof.isValid(publicShare: publicShare, blinded: elements, evaluated: evaluation.elements)
        else { throw .proofInvalid(custodian: evaluation.custodian) }
        return VerifiedEvaluation(
            custodian: evaluation.custodian, elements: evaluation.elements, blinded: elements)
    }

    /// The same with the public share computed from the commitments, so that the name in the answer decides which.
    ///
    /// It costs `threshold − 1` multiplications a call; who keeps the public shares saves them.
    package func verify(
        _ evaluation: PartialEvaluation, commitments: FeldmanCommitments
    ) throws(OPRFFailure) -> VerifiedEvaluation {
        try verify(evaluation, publicShare: commitments.publicShare(of: evaluation.custodian))
    }

    /// Unblinds and combines: `T = Σ (λᵢ·r⁻¹)·Eᵢ` over a quorum, one multiplication an element and custodian.
    ///
    /// Of more evaluations than the threshold the first ones are used.
    /// - Returns: the tokens `k · HashToGroup(input)`, in the inputs' order.
    /// - Throws: `tooFewEvaluations`, `repeatedCustodian`, `evaluationOfAnotherBatch`.
    package func combine(
        _ evaluations: [VerifiedEvaluation], threshold: Int
    ) throws(OPRFFailure) -> [GroupElement] {
        precondition(threshold >= 1, "A threshold is at least one.")
        guard evaluations.count >= threshold else {
            throw .tooFewEvaluations(needed: threshold, given: evaluations.count)
        }
        let quorum = evaluations.prefix(threshold)
        for evaluation in quorum where evaluation.blinded != elements {
            throw .evaluationOfAnotherBatch(custodian: evaluation.custodian)
        }
        let coefficients = try ShareIndex.lagrangeCoefficients(for: quorum.map(\.custodian))
        let parts = Array(zip(coefficients, quorum.map(\.elements.elements)))
        var tokens: [GroupElement] = []
        tokens.reserveCapacity(count)
        for (position, unblind) in Scalar.inverses(of: blinds).enumerated() {
            do throws(SodiumFailure) {
                tokens.append(try Self.token(at: position, unblind: unblind, parts: parts))
            } catch {
                throw .combinationFailed(position: position)
            }
        }
        return tokens
    }

    private static func token(
        at position: Int, unblind: Scalar, parts: [(coefficient: Scalar, elements: [GroupElement])]
    ) throws(SodiumFailure) -> GroupElement {
        var sum = try parts[0].elements[position].times(parts[0].coefficient * unblind)
        for part in parts.dropFirst() {
            sum = try sum.adding(part.elements[position].times(part.coefficient * unblind))
        }
        return sum
    }
}

/// A custodian's answer whose proof was checked, with the batch it was checked for. Only `verify` makes one.
package struct VerifiedEvaluation: Sendable {
    package let custodian: ShareIndex
    let elements: ElementBatch
    let blinded: ElementBatch

    fileprivate init(custodian: ShareIndex, elements: ElementBatch, blinded: ElementBatch) {
        (self.custodian, self.elements, self.blinded) = (custodian, elements, blinded)
    }
}
