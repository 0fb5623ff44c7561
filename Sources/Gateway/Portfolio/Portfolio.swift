internal import Exchange
internal import ExchangeClient
internal import Records
internal import Vocabulary

/// Tells the node in groups which of the lender's loans to watch.
actor Portfolio {
    /// A loan that the node does not know may still be on its way to it.
    private static let retryDelay: Duration = .seconds(30)

    enum Outcome: Equatable, Sendable {
        case idle
        case sent
        /// All of it waits for the loans' records to be delivered.
        case waiting(Duration)
        case failed(Duration)
    }

    private let outbox: Outbox
    private let node: any Node
    private let sealer: RequestSealer
    private let events: GatewayEvents
    private let newID: @Sendable () -> RecordID
    private let now: @Sendable () -> Instant
    private var backoff = Backoff()
    /// What keeps watches from the node.
    private(set) var obstacle: ErrorCode?

    init(
        outbox: Outbox, node: any Node, sealer: RequestSealer, events: GatewayEvents,
        newID: @escaping @Sendable () -> RecordID, now: @escaping @Sendable () -> Instant
    ) {
        (self.outbox, self.node, self.sealer) = (outbox, node, sealer)
        (self.events, self.newID, self.now) = (events, newID, now)
    }

    /// Sends one group. A kill before its end sends it again under the same watch ids, which the node knows.
    func sendNext() async -> Outcome {
        do throws(Problem) {
            let group = try await outbox.unsentWatches(atMost: PayloadLimits.watchesPerRequest)
            guard !group.isEmpty else { return .idle }
            let isBehind = await outbox.queuedCount > 0
            let request = sealer.watch(newID(), watch: group.begun, unwatch: group.ended, madeAt: now())
            let outcome = try await node.watch(request)
            let isRetried = { @Sendable (refusal: WatchOutcome.Refusal) in isBehind && refusal.code == .unknownLoan }
            try await outbox.settle(group, refused: outcome.refused, now: now(), isRetried: isRetried)
            (backoff, obstacle) = (Backoff(), nil)
            let waiting = outcome.refused.count(where: isRetried)
            return waiting == group.begun.count + group.ended.count ? .waiting(Self.retryDelay) : .sent
        } catch {
            events.portfolioFailed(error)
            obstacle = error.code
            backoff.failed()
            return .failed(backoff.delay)
        }
    }
}
