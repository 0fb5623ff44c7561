internal import ServiceLifecycle
internal import Vocabulary

/// Runs the delivery from start to shutdown: at once when records come in, later when the node was away.
struct DeliveryService: Service {
    let delivery: Delivery
    let arrivals: Signal
    let now: @Sendable () -> Instant
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let next = await delivery.drain()
                if Task.isCancelled { return }
                let pause = next.map { Duration.milliseconds(max(1, $0.milliseconds - now().milliseconds)) }
                await arrivals.wait(atMost: pause, sleep: sleep)
            }
        }
    }
}
