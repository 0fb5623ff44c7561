internal import Synchronization

/// A value that one task announces once and any number of others await.
final class Announcement<Value: Sendable>: Sendable {
    private enum State {
        case awaited([CheckedContinuation<Value, any Error>])
        case announced(Result<Value, any Error>)
    }

    private let state = Mutex(State.awaited([]))

    /// Only the first announcement counts.
    func announce(_ result: Result<Value, any Error>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard case .awaited(let waiting) = state else { return [] }
            state = .announced(result)
            return waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
    }

    var value: Value {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    switch state {
                    case .announced(let result): return result
                    case .awaited(let waiting):
                        state = .awaited(waiting + [continuation])
                        return nil
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        }
    }
}
