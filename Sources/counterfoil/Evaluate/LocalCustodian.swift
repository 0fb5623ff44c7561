import Exchange
import OPRF
import Registry
import Vocabulary

/// A custodian in this process, without budgets: it evaluates and proves as the real one does.
struct LocalCustodian: Custodian {
    let shares: CustodianShares

    func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        guard let share = shares.shares[request.keyClass] else {
            throw Problem(.wrongEpoch, "This custodian has no share of that class.")
        }
        do throws(OPRFFailure) {
            let partial = Evaluator(share: share).evaluate(try ElementBatch(request.elements))
            return Evaluation(
                custodian: shares.custodian, epoch: shares.epoch, elements: partial.elements.elements,
                proof: partial.proof.bytes)
        } catch { throw Problem(.invalidElement, "The batch cannot be evaluated.") }
    }

    func registry() async throws(Problem) -> [UInt8] {
        throw Problem(.notFound, "An evaluation has one registry, which everybody holds.")
    }
}
