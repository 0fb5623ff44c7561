package import Exchange
internal import OPRF
package import Registry
internal import Sodium
internal import Synchronization
package import Vocabulary

/// A custodian with a real share that behaves as a test tells it to.
package final class FakeCustodian: Custodian {
    package enum Behaviour: Sendable, Equatable {
        case honest
        /// Evaluates with another key and proves that one.
        case otherKey
        /// Evaluates rightly and answers with the proof of another batch.
        case otherProof
        /// Leaves the last element out.
        case tooFewElements
        /// Answers in another's name.
        case named(CustodianID)
        case refusing(Problem)
    }

    private struct State {
        var behaviour = Behaviour.honest
        var requests: [EvaluationRequest] = []
        var registry: [UInt8] = []
    }

    package let id: CustodianID
    private let shares: CustodianShares
    private let state = Mutex(State())

    package init(_ shares: CustodianShares, registry: [UInt8]) {
        (id, self.shares) = (shares.custodian, shares)
        state.withLock { $0.registry = registry }
    }

    package var behaviour: Behaviour {
        get { state.withLock { $0.behaviour } }
        set { state.withLock { $0.behaviour = newValue } }
    }

    /// What it was asked, in order.
    package var requests: [EvaluationRequest] { state.withLock { $0.requests } }

    package func publish(_ registry: [UInt8]) { state.withLock { $0.registry = registry } }

    package func registry() async throws(Problem) -> [UInt8] { state.withLock { $0.registry } }

    package func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        let behaviour = state.withLock { state in
            state.requests.append(request)
            return state.behaviour
        }
        if case .refusing(let problem) = behaviour { throw problem }
        guard request.epoch == shares.epoch else {
            throw Problem(.wrongEpoch, "The custodian is of another epoch.")
        }
        guard let share = shares.shares[request.keyClass], let batch = try? ElementBatch(request.elements) else {
            throw Problem(.internalError, "The custodian has no such share.")
        }
        return evaluation(of: batch, with: share, behaviour)
    }

    private func evaluation(of batch: ElementBatch, with share: KeyShare, _ behaviour: Behaviour) -> Evaluation {
        let used = behaviour == .otherKey ? KeyShare(index: share.index, secret: .random()) : share
        let partial = Evaluator(share: used).evaluate(batch)
        var (elements, proof, name) = (partial.elements.elements, partial.proof.bytes, id)
        switch behaviour {
        case .otherProof:
            let other = try? BlindedBatch(inputs: [[1]])
            if let other { proof = Evaluator(share: share).evaluate(other.elements).proof.bytes }
        case .tooFewElements: elements.removeLast()
        case .named(let other): name = other
        case .honest, .otherKey, .refusing: break
        }
        return Evaluation(custodian: name, epoch: shares.epoch, elements: elements, proof: proof)
    }
}
