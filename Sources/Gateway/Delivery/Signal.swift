internal import Synchronization

/// Wakes the one task that waits for it; a call while nobody waits is not lost.
final class Signal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func set() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isSet = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when set, when the task is cancelled, or once `timeout` has passed.
    func wait(atMost timeout: Duration?, sleep: @escaping @Sendable (Duration) async throws -> Void) async {
        let timer = timeout.map { timeout in
            Task {
                try? await sleep(timeout)
                if !Task.isCancelled { set() }
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSet = state.withLock { state in
                    defer { state.isSet = false }
                    if !state.isSet { state.waiter = continuation }
                    return state.isSet
                }
                if isSet { continuation.resume() }
            }
        } onCancel: {
            set()
        }
        timer?.cancel()
    }
}
