internal import Dispatch
internal import OPRF
internal import Synchronization
internal import Vocabulary

/// Runs evaluations beside the threads that serve connections: a batch keeps a core busy for up to a fifth of a second.
final class EvaluationQueue: Sendable {
    /// Elements that may wait or be at work: some ten seconds' work of one core.
    static let elementLimit = 65_536

    private let queue = DispatchQueue(label: "counterfoil.evaluations", attributes: .concurrent)
    private let pending = Atomic<Int>(0)

    /// Reserves room before anything is charged. - Throws: `overloaded`.
    func reserve(_ count: Int) throws(Problem) {
        let (_, total) = pending.wrappingAdd(count, ordering: .relaxed)
        guard total <= Self.elementLimit else {
            release(count)
            throw .tooManyWaiting
        }
    }

    func release(_ count: Int) { pending.wrappingSubtract(count, ordering: .relaxed) }

    /// Evaluates a batch for which there is room.
    func evaluate(_ batch: ElementBatch, with evaluator: Evaluator) async -> PartialEvaluation {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: evaluator.evaluate(batch)) }
        }
    }
}
