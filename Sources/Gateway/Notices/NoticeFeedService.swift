internal import ServiceLifecycle
internal import Vocabulary

/// Follows the node's feed from start to shutdown, with one request waiting at the node all the time.
struct NoticeFeedService: Service {
    static let wait: Duration = .seconds(25)
    /// At least so long between two requests that bring nothing, should the node not hold them back.
    static let pause: Duration = .seconds(1)

    let feed: NoticeFeed
    let arrivals: Signal
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff()
            let clock = ContinuousClock()
            while !Task.isCancelled {
                let start = clock.now
                switch await feed.pull(wait: Self.wait) {
                case .stored:
                    backoff.succeeded()
                    arrivals.set()
                case .nothing:
                    backoff.succeeded()
                    let left = Self.pause - (clock.now - start)
                    if left > .zero { try? await sleep(left) }
                case .failed:
                    backoff.failed()
                    try? await sleep(backoff.delay)
                }
            }
        }
    }
}
