internal import NIOCore
internal import Synchronization

/// The connections of one listener: admits up to its limit, and sees the last one out when it shuts down.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isClosing = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let limit: Int
    private let open: Gauge
    private let refused: Counter
    private let state = Mutex(State())

    init(limit: Int, listener: String, registry: MetricsRegistry) {
        self.limit = limit
        let labels = [MetricLabel("listener", listener)]
        open = registry.gauge("counterfoil_connections", "Connections open now.", labels: labels)
        refused = registry.counter(
            "counterfoil_connections_refused_total", "Connections closed because too many were open.", labels: labels)
    }

    /// Whether the connection may go on; if so it is counted until it is closed.
    func admit(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isAdmitted = state.withLock { state in
            guard !state.isClosing, state.channels.count < limit else { return false }
            state.channels[id] = channel
            return true
        }
        guard isAdmitted else {
            refused.add()
            return false
        }
        open.add(1)
        channel.closeFuture.whenComplete { _ in self.remove(id) }
        return true
    }

    private func remove(_ id: ObjectIdentifier) {
        open.add(-1)
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.channels[id] = nil
            guard state.channels.isEmpty else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Admits no more, closes idle connections, and lets those at work close after their response.
    func quiesce() {
        let channels = state.withLock { state -> [any Channel] in
            guard !state.isClosing else { return [] }
            state.isClosing = true
            return Array(state.channels.values)
        }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            channel.pipeline.fireUserInboundEventTriggered(StreamShouldEnd())
        }
    }

    func closeAll() {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }

    func untilNoneIsOpen() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.channels.isEmpty { state.waiting.append(continuation) }
                return state.channels.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }
}
