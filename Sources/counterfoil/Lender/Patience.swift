import Vocabulary

/// Tries again what may succeed later, ever more seldom, until too long nothing did; from two seconds on it says so.
struct Patience {
    let limit: Duration
    private static let first = Duration.milliseconds(250)
    private static let longest = Duration.seconds(20)

    init(limit: Duration = .seconds(600)) { self.limit = limit }

    func attempt<Value>(_ body: () async throws(Problem) -> Value) async throws(Problem) -> Value {
        let clock = ContinuousClock()
        let start = clock.now
        var pause = Self.first
        var isTold = false
        while true {
            do throws(Problem) { return try await body() } catch {
                guard Self.mayPass(error.code), clock.now + pause < start + limit else { throw error }
                if !isTold, clock.now - start > .seconds(2) {
                    Terminal.note("Waiting, and trying again: \(error.detail)")
                    isTold = true
                }
            }
            do { try await Task.sleep(for: pause) } catch {
                throw Problem(.nodeUnavailable, "The work was cancelled.")
            }
            pause = min(pause * 2, Self.longest)
        }
    }

    /// The gateway or who stands behind it is away or busy; anything else is for a person to look at.
    private static func mayPass(_ code: ErrorCode) -> Bool {
        [
            .overloaded, .nodeUnavailable, .custodianUnavailable, .storageBusy, .registryStale, .budgetExhausted,
            .suspendedMember,
        ].contains(code)
    }
}
