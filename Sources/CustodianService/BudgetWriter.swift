internal import Dispatch
internal import Synchronization
package import Vocabulary

/// The one writer of the budgets: every charge is durable before its request is evaluated. Whatever waits when the
/// writer comes round shares one transaction.
///
/// Where a transaction fails, nothing of it is granted: the book in memory is dropped and read again before the next.
package final class BudgetWriter: Sendable {
    /// How many requests may wait; more are refused as `overloaded`.
    private static let queueLimit = 4096
    private static let batchLimit = 512

    private struct Waiting: Sendable {
        let charge: BudgetCharge
        let continuation: CheckedContinuation<Result<Void, Problem>, Never>
    }

    /// Unchecked because it is touched on the serial queue alone, after `init` handed it over.
    private final class Desk: @unchecked Sendable {
        let store: any BudgetStore
        var book: BudgetBook?
        var nextForgetting: Instant
        var registry: Int

        init(store: any BudgetStore, book: BudgetBook, nextForgetting: Instant, registry: Int) {
            (self.store, self.book, self.nextForgetting, self.registry) = (store, book, nextForgetting, registry)
        }
    }

    private let queue = DispatchQueue(label: "counterfoil.budgets")
    private let waiting = Mutex<[Waiting]>([])
    private let desk: Desk
    private let now: @Sendable () -> Instant

    /// - Parameter registry: the version that is served by.
    /// - Throws: `registryStale` where the store knows of a newer one, and the store's problems.
    package init(
        store: sending any BudgetStore, registry: Int, now: @escaping @Sendable () -> Instant
    ) throws(Problem) {
        let start = now()
        try store.advance(toRegistry: registry)
        let book = try store.load(now: start)
        desk = Desk(store: store, book: book, nextForgetting: start, registry: registry)
        self.now = now
    }

    /// Returns once the charge is durable. - Throws: `replayedNonce`, `budgetExhausted`, `overloaded`, `storage…`.
    package func spend(_ charge: BudgetCharge) async throws(Problem) {
        let result: Result<Void, Problem> = await withCheckedContinuation { continuation in
            enqueue(Waiting(charge: charge, continuation: continuation))
        }
        try result.get()
    }

    /// Makes a newer registry version the least that a later start accepts; does nothing where it is that already.
    package func advance(toRegistry version: Int) async throws(Problem) {
        let result: Result<Void, Problem> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.write(registry: version)) }
        }
        try result.get()
    }

    private func write(registry version: Int) -> Result<Void, Problem> {
        guard version > desk.registry else { return .success(()) }
        do throws(Problem) {
            try desk.store.advance(toRegistry: version)
            desk.registry = version
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func enqueue(_ one: Waiting) {
        let (isAccepted, isFirst) = waiting.withLock { waiting -> (Bool, Bool) in
            guard waiting.count < Self.queueLimit else { return (false, false) }
            waiting.append(one)
            return (true, waiting.count == 1)
        }
        guard isAccepted else { return one.continuation.resume(returning: .failure(.tooManyWaiting)) }
        if isFirst { queue.async { self.drain() } }
    }

    private func drain() {
        let batch = waiting.withLock { waiting in
            let taken = Array(waiting.prefix(Self.batchLimit))
            waiting.removeFirst(taken.count)
            return taken
        }
        for (one, result) in zip(batch, decide(batch.map(\.charge))) { one.continuation.resume(returning: result) }
        if waiting.withLock({ !$0.isEmpty }) { queue.async { self.drain() } }
    }

    private func decide(_ charges: [BudgetCharge]) -> [Result<Void, Problem>] {
        let time = now()
        do throws(Problem) {
            var book = try takeBook(now: time)
            if let today = charges.map(\.day).min() { book.sweep(today: today, now: time) }
            var changes = BudgetBook.Changes()
            let results = charges.map { charge -> Result<Void, Problem> in
                do throws(Problem) { return .success(try book.spend(charge, into: &changes)) } catch {
                    return .failure(error)
                }
            }
            if !changes.isEmpty { try desk.store.commit(changes) }
            desk.book = book
            forgetNonces(at: time)
            return results
        } catch {
            return charges.map { _ in .failure(error) }
        }
    }

    /// The book, which is not there again until it agrees with the store.
    private func takeBook(now time: Instant) throws(Problem) -> BudgetBook {
        guard let book = desk.book else { return try desk.store.load(now: time) }
        desk.book = nil
        return book
    }

    /// Once a minute; what fails here is tried again then, and harms nothing.
    private func forgetNonces(at time: Instant) {
        guard time >= desk.nextForgetting else { return }
        desk.nextForgetting = time.adding(seconds: 60)
        do throws(Problem) { try desk.store.forgetNonces(expiredAt: time) } catch { return }
    }
}

extension Problem {
    static let tooManyWaiting = Problem(
        .overloaded, "Too many requests are waiting.", hint: "Try again in a few seconds, or ask another custodian.")
}
