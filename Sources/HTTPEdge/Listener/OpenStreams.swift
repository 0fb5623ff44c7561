/// How many responses of one listener are streamed now.
final class OpenStreams: Sendable {
    private let limit: Int
    private let open: Gauge

    init(limit: Int, listener: String, registry: MetricsRegistry) {
        self.limit = limit
        open = registry.gauge(
            "counterfoil_streams", "Streamed responses open now.", labels: [MetricLabel("listener", listener)])
    }

    /// Whether there may be one more; if so it is counted until `leave`.
    func enter() -> Bool {
        guard open.add(1) <= limit else {
            open.add(-1)
            return false
        }
        return true
    }

    func leave() { open.add(-1) }
}
