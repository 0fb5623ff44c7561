internal import Synchronization
internal import Vocabulary

/// The last report on outcomes: it is made from everything that is stored, so at most once an hour, whoever asks.
final class OutcomeReports: Sendable {
    static let keptSeconds: Int64 = 3600

    private enum State {
        case none
        case making
        case made(JSON, at: Instant)
    }

    private let state = Mutex(State.none)

    /// - Throws: what `make` throws, and `overloaded` to those who ask while the first report is being made.
    func latest(at now: Instant, make: () async throws(Problem) -> JSON) async throws(Problem) -> JSON {
        let held = state.withLock { state -> State in
            let held = state
            if case .made(_, let time) = held, time <= now, now < time.adding(seconds: Self.keptSeconds) {
                return held
            }
            if case .making = held { return held }
            state = .making
            return .none
        }
        switch held {
        case .made(let report, _): return report
        case .making:
            throw Problem(
                .overloaded, "The report is being made.", hint: "Ask again in a few seconds; it is kept for an hour.")
        case .none: break
        }
        do throws(Problem) {
            let report = try await make()
            state.withLock { $0 = .made(report, at: now) }
            return report
        } catch {
            state.withLock { $0 = .none }
            throw error
        }
    }
}
