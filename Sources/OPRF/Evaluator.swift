package import Sodium

/// A custodian's work: multiply blinded elements by its share, and prove that it was this share.
///
/// It sees blinded elements alone; budgets, epochs and key classes are its caller's.
package struct Evaluator: Sendable {
    package let share: KeyShare

    package init(share: KeyShare) { self.share = share }

    /// `BlindEvaluate` (RFC 9497 §3.3.2) with one proof for the whole batch.
    ///
    /// Two variable-base multiplications and one addition an element, four multiplications a batch.
    /// - Parameter nonce: fresh for each batch; given only by tests and simulations.
    package func evaluate(
        _ batch: ElementBatch, nonce: SecretScalar = .random()
    ) -> PartialEvaluation {
        // As many elements as came in, so the size is one that a batch may have.
        let evaluated = try! ElementBatch(batch.elements.map { share.secret.times($0) })
        let proof = Proof.generate(
            secret: share.secret, publicShare: share.publicShare, blinded: batch, evaluated: evaluated, nonce: nonce)
        return PartialEvaluation(custodian: share.index, elements: evaluated, proof: proof)
    }
}

/// What one custodian answers to a batch. Nothing in it is to be believed before `BlindedBatch.verify`.
package struct PartialEvaluation: Equatable, Sendable {
    package let custodian: ShareIndex
    package let elements: ElementBatch
    package let proof: Proof

    package init(custodian: ShareIndex, elements: ElementBatch, proof: Proof) {
        (self.custodian, self.elements, self.proof) = (custodian, elements, proof)
    }
}
