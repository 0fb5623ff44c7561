internal import NIOCore
internal import Synchronization

/// The connections to one origin: the one used last is used next, and there are never more than the limit.
final class ConnectionPool: Sendable {
    /// What a caller may do: use a kept connection, or make a new one within the limit.
    enum Permit: Sendable {
        case reuse(ClientConnection)
        case connect
    }

    private struct State {
        var idle: [ClientConnection] = []
        /// Open, or being connected.
        var count = 0
        var isShutDown = false
        var nextTicket = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Result<Permit, ClientFailure>, Never>)] = []
    }

    private let limit: Int
    private let keptFor: TimeAmount
    private let group: any EventLoopGroup
    private let state = Mutex(State())

    init(limit: Int, keptFor: TimeAmount, group: any EventLoopGroup) {
        (self.limit, self.keptFor, self.group) = (limit, keptFor, group)
    }

    /// - Parameter isFresh: whether a kept connection is not wanted.
    func take(isFresh: Bool, before due: NIODeadline) async throws(ClientFailure) -> Permit {
        if let permit = try state.withLock({ state throws(ClientFailure) in try immediate(&state, isFresh: isFresh) }) {
            return permit
        }
        let timer = Mutex<Scheduled<Void>?>(nil)
        let result = await withCheckedContinuation { continuation in
            let decided = state.withLock { state -> Result<Permit, ClientFailure>? in
                do throws(ClientFailure) {
                    if let permit = try immediate(&state, isFresh: isFresh) { return .success(permit) }
                } catch { return .failure(error) }
                state.nextTicket += 1
                let ticket = state.nextTicket
                state.waiting.append((ticket, continuation))
                timer.withLock { $0 = group.next().scheduleTask(deadline: due) { self.giveUp(ticket) } }
                return nil
            }
            if let decided { continuation.resume(returning: decided) }
        }
        timer.withLock { $0 }?.cancel()
        return try result.get()
    }

    private func immediate(_ state: inout State, isFresh: Bool) throws(ClientFailure) -> Permit? {
        guard !state.isShutDown else { throw .shutDown }
        if isFresh, state.count >= limit, let oldest = state.idle.first {
            // Room for a fresh one: its close is counted when it happens.
            state.idle.removeFirst()
            oldest.close()
        }
        while !isFresh, let connection = state.idle.popLast() {
            let isKept = connection.idleSince.withLock { $0 } + keptFor > .now()
            if isKept { return .reuse(connection) }
            connection.close()
        }
        guard state.count < limit else { return nil }
        state.count += 1
        return .connect
    }

    private func giveUp(_ ticket: Int) {
        let waiting = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
        }
        waiting?.resume(returning: .failure(.timedOut))
    }

    /// A connection was made under a permit: from now on its end is watched.
    func watch(_ connection: ClientConnection) {
        connection.channel.closeFuture.whenComplete { _ in self.closed(connection) }
    }

    /// No connection was made under a permit.
    func connectFailed() { leave(nil) }

    /// The connection may carry another exchange.
    func giveBack(_ connection: ClientConnection) {
        connection.idleSince.withLock { $0 = .now() }
        let next = state.withLock { state -> CheckedContinuation<Result<Permit, ClientFailure>, Never>? in
            guard !connection.isClosed.load(ordering: .relaxed) else { return nil }
            if state.isShutDown {
                connection.close()
                return nil
            }
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.idle.append(connection)
            return nil
        }
        next?.resume(returning: .success(.reuse(connection)))
    }

    private func closed(_ connection: ClientConnection) { leave(connection) }

    private func leave(_ connection: ClientConnection?) {
        let next = state.withLock { state -> CheckedContinuation<Result<Permit, ClientFailure>, Never>? in
            if let connection {
                connection.isClosed.store(true, ordering: .relaxed)
                state.idle.removeAll { $0 === connection }
            }
            guard !state.waiting.isEmpty else {
                state.count -= 1
                return nil
            }
            // The place of the one that left goes to whoever waits longest.
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: .success(.connect))
    }

    /// Closes idle connections at once; those at work when they are given back.
    func shutDown() {
        let (idle, waiting) = state.withLock { state in
            state.isShutDown = true
            defer { (state.idle, state.waiting) = ([], []) }
            return (state.idle, state.waiting)
        }
        for connection in idle { connection.close() }
        for (_, continuation) in waiting { continuation.resume(returning: .failure(.shutDown)) }
    }
}
