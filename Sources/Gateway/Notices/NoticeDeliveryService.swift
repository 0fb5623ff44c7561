internal import ServiceLifecycle
internal import Vocabulary

/// Brings notices to the lender's system and acknowledges them to the node, whenever either has news.
struct NoticeDeliveryService: Service {
    /// How soon an acknowledgement is tried again that the node did not take.
    private static let pause: Duration = .seconds(30)

    let delivery: NoticeDelivery
    let feed: NoticeFeed
    let arrivals: Signal
    let now: @Sendable () -> Instant
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let next = await delivery.drain()
                let isTold = await feed.acknowledge()
                if Task.isCancelled { return }
                let due = next.map { Duration.milliseconds(max(1, $0.milliseconds - now().milliseconds)) }
                let pause = isTold ? due : min(due ?? Self.pause, Self.pause)
                await arrivals.wait(atMost: pause, sleep: sleep)
            }
        }
    }
}
