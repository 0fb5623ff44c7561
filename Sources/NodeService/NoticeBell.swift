internal import Synchronization
internal import Vocabulary

/// Wakes who waits for a member's notices: when a transaction that made some is durable, and on the beat when one that
/// was held back is due or the wait is over. Nobody asks again and again meanwhile.
final class NoticeBell: Sendable {
    /// Waiting requests and streams of one member; a further one is refused.
    static let limitPerMember = 16

    /// A place at the bell, left when nobody holds it any more.
    final class Ticket: Sendable {
        fileprivate let number: UInt64
        private let bell: NoticeBell

        fileprivate init(_ number: UInt64, _ bell: NoticeBell) { (self.number, self.bell) = (number, bell) }

        deinit { bell.leave(number) }

        /// Returns once the bell has rung since the last wait, at an instant, or when the task is cancelled.
        func wait(until due: Instant) async { await bell.wait(number, until: due) }
    }

    private struct Waiter {
        let member: MemberID
        /// Rung, or cancelled, since the last wait.
        var isRung = false
        var due = Instant(milliseconds: .max)
        var continuation: CheckedContinuation<Void, Never>?
    }

    private struct State {
        var waiters: [UInt64: Waiter] = [:]
        var numbers: [MemberID: Set<UInt64>] = [:]
        var lastNumber: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Whether nobody waits any more: the node shuts down.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// How many wait at this moment.
    var waitingCount: Int { state.withLock { $0.waiters.values.count { $0.continuation != nil } } }

    /// Takes a place before the first look at the feed, so that nothing comes in between unheard.
    ///
    /// - Throws: `overloaded` where the member has too many places already.
    func enter(_ member: MemberID) throws(Problem) -> Ticket {
        let number = state.withLock { state -> UInt64? in
            guard state.numbers[member, default: []].count < Self.limitPerMember else { return nil }
            state.lastNumber += 1
            state.waiters[state.lastNumber] = Waiter(member: member)
            state.numbers[member, default: []].insert(state.lastNumber)
            return state.lastNumber
        }
        guard let number else {
            throw Problem(
                .overloaded, "This member has \(Self.limitPerMember) requests waiting for notices.",
                hint: "One request or stream is enough: let it end before the next.")
        }
        return Ticket(number, self)
    }

    private func leave(_ number: UInt64) {
        state.withLock { state in
            guard let waiter = state.waiters.removeValue(forKey: number) else { return }
            state.numbers[waiter.member]?.remove(number)
            if state.numbers[waiter.member]?.isEmpty == true { state.numbers[waiter.member] = nil }
        }
    }

    private func wait(_ number: UInt64, until due: Instant) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard var waiter = state.waiters[number], !waiter.isRung, !state.isClosed else {
                        state.waiters[number]?.isRung = false
                        return true
                    }
                    (waiter.due, waiter.continuation) = (due, continuation)
                    state.waiters[number] = waiter
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake { $0.waiters[number] != nil ? [number] : [] }
        }
    }

    /// Some of these members' notices changed, durably.
    func ring(_ members: Set<MemberID>) {
        guard !members.isEmpty else { return }
        wake { state in members.flatMap { state.numbers[$0] ?? [] } }
    }

    /// Whatever anybody waits for may be there: after a replay, which may have found more than was told of.
    func ringAll() { wake { Array($0.waiters.keys) } }

    /// Wakes those whose time has come.
    func beat(at now: Instant) {
        wake { state in state.waiters.filter { $1.continuation != nil && $1.due <= now }.map(\.key) }
    }

    /// Wakes everybody; nobody waits from now on.
    func close() {
        wake { state in
            state.isClosed = true
            return Array(state.waiters.keys)
        }
    }

    private func wake(_ choose: (inout State) -> [UInt64]) {
        let woken = state.withLock { state in
            choose(&state).compactMap { number -> CheckedContinuation<Void, Never>? in
                let continuation = state.waiters[number]?.continuation
                // Who is not waiting now will not wait the next time.
                state.waiters[number]?.isRung = continuation == nil
                state.waiters[number]?.continuation = nil
                return continuation
            }
        }
        for continuation in woken { continuation.resume() }
    }
}
