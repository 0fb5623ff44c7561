internal import Dispatch
package import Exchange
package import Linkage
internal import Synchronization
internal import Vocabulary

/// The search for rings that nobody has reported: at most one at a time, on a copy of the graph and a thread of its
/// own, so that nobody's check waits for it.
package final class DiscoveryJob: Sendable {
    /// Works on the copy; told how far it is, for others to see.
    package typealias Search = @Sendable (
        DiscoveryInput, _ progress: @escaping @Sendable (DiscoveryProgress) -> Void
    ) -> DiscoveryFindings

    /// A discovery is due so long after the last one began.
    static let intervalSeconds: Int64 = 86_400
    /// Marked persons that are looked at in one turn of the writer.
    static let subjectsPerTurn = 1000

    /// No more candidates than this are kept of one search.
    private static let candidateLimit = 200

    /// As the node searches.
    package static let search: Search = { input, progress in
        var options = DiscoveryOptions()
        options.limit = candidateLimit
        let result = Discovery().candidates(
            in: input.graph, options: options, isReported: input.reported.contains, dismissed: input.dismissed,
            progress: progress)
        return DiscoveryFindings(result)
    }

    private let search: Search
    private let queue = DispatchQueue(label: "counterfoil.discovery", qos: .utility)
    private let state = Mutex(State.idle)
    private let asked: AsyncStream<Void>.Continuation
    /// One element for each time that a discovery was asked for while none was waiting.
    let requests: AsyncStream<Void>

    init(search: @escaping Search) {
        self.search = search
        (requests, asked) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    private enum State {
        case idle
        case asked(at: Instant)
        case running(DiscoveryStatus.Progress)
    }

    var progress: DiscoveryStatus.Progress? {
        state.withLock { state in
            switch state {
            case .idle: nil
            case .asked(let time): DiscoveryStatus.Progress(startedAt: time, stage: "waiting", done: 0)
            case .running(let progress): progress
            }
        }
    }

    /// Asks for a discovery, unless one runs or waits to run.
    func ask(at now: Instant) {
        let isFirst = state.withLock { state in
            guard case .idle = state else { return false }
            state = .asked(at: now)
            return true
        }
        if isFirst { asked.yield() }
    }

    /// - Returns: whether none runs.
    func begin(at now: Instant) -> Bool {
        state.withLock { state in
            if case .running = state { return false }
            state = .running(DiscoveryStatus.Progress(startedAt: now, stage: "gathering", done: 0))
            return true
        }
    }

    func end() { state.withLock { $0 = .idle } }

    /// Runs the search; `nil` where the task is cancelled, and what the search may find then is dropped.
    func run(_ input: DiscoveryInput) async -> DiscoveryFindings? {
        let handover = Handover()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard handover.wait(continuation) else { return continuation.resume(returning: nil) }
                queue.async {
                    handover.finish(with: self.search(input) { self.note($0) })
                }
            }
        } onCancel: {
            handover.finish(with: nil)
        }
    }

    private func note(_ progress: DiscoveryProgress) {
        state.withLock { state in
            guard case .running(let held) = state else { return }
            let stages = DiscoveryProgress.Stage.allCases.count - 1
            let part = progress.total > 0 ? progress.done * 1000 / progress.total : 0
            let done = (progress.stage.rawValue * 1000 + min(max(part, 0), 1000)) / stages
            state = .running(
                DiscoveryStatus.Progress(
                    startedAt: held.startedAt, stage: String(describing: progress.stage), done: min(done, 1000)))
        }
    }
}

/// Hands one result to who waits for it, or nothing once that has gone.
private final class Handover: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<DiscoveryFindings?, Never>)
        case over
    }

    private let state = Mutex(State.open)

    /// - Returns: whether it is not over yet.
    func wait(_ continuation: CheckedContinuation<DiscoveryFindings?, Never>) -> Bool {
        state.withLock { state in
            guard case .open = state else { return false }
            state = .waiting(continuation)
            return true
        }
    }

    func finish(with result: DiscoveryFindings?) {
        let waiter = state.withLock { state -> CheckedContinuation<DiscoveryFindings?, Never>? in
            defer { state = .over }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        waiter?.resume(returning: result)
    }
}
