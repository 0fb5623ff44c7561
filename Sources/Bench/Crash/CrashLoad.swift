internal import Synchronization
internal import Vocabulary

/// Members at work until the node is gone: they furnish, send twice at once, repeat, ask, reserve the same persons, and
/// watch the log.
struct CrashLoad: Sendable {
    let witness: NodeWitness
    let numbers: Numbers

    static let submitters = 6
    static let checkers = 3
    static let reservers = 4

    /// Runs until the node can no longer be reached. What else goes wrong is a violation.
    func run() async {
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<Self.submitters {
                tasks.addTask { await untilGone { () async throws(Problem) in try await submit() } }
            }
            for _ in 0..<Self.checkers {
                tasks.addTask {
                    await untilGone { () async throws(Problem) in try await witness.check(numbers.nextCheck()) }
                }
            }
            for _ in 0..<Self.reservers {
                tasks.addTask {
                    await untilGone { () async throws(Problem) in try await witness.reserve(numbers.nextReservation()) }
                }
            }
            tasks.addTask { await untilGone { () async throws(Problem) in try await watch() } }
        }
    }

    private func submit() async throws(Problem) {
        let number = numbers.nextSubmission()
        try await witness.furnish(number)
        // Now and then the same again, as an outbox does that did not hear the answer.
        guard number.isMultiple(of: 4) else { return }
        guard let furnished = witness.testimony.furnished(number) else { return }
        async let first = Self.problem { () async throws(Problem) in try await witness.send(furnished) }
        async let second = Self.problem { () async throws(Problem) in try await witness.furnishAgain(furnished) }
        if let problem = await first { throw problem }
        if let problem = await second { throw problem }
    }

    private func watch() async throws(Problem) { _ = try await witness.checkpoint() }

    private static func problem(_ work: () async throws(Problem) -> Void) async -> Problem? {
        do throws(Problem) {
            try await work()
            return nil
        } catch { return error }
    }

    private func untilGone(_ work: () async throws(Problem) -> Void) async {
        while true {
            do throws(Problem) { try await work() } catch {
                if error.code == .nodeUnavailable { return }
                if error.code == .overloaded { continue }
                witness.testimony.violated("Under load the node refused: \(error.code.rawValue). \(error.detail)")
                return
            }
        }
    }
}

/// Numbers of submissions, checks and reservations, each given once in a run.
final class Numbers: Sendable {
    private let submissions = Atomic(0)
    private let checks = Atomic(0)
    private let reservations = Atomic(0)

    func nextSubmission() -> Int { submissions.wrappingAdd(1, ordering: .relaxed).oldValue }
    func nextCheck() -> Int { checks.wrappingAdd(1, ordering: .relaxed).oldValue }
    func nextReservation() -> Int { reservations.wrappingAdd(1, ordering: .relaxed).oldValue }
}
