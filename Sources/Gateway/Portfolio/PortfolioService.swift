internal import ServiceLifecycle
internal import Vocabulary

/// Sends changes of the portfolio when they come in, and again later when the node was away.
struct PortfolioService: Service {
    let portfolio: Portfolio
    let arrivals: Signal
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var pause: Duration?
                switch await portfolio.sendNext() {
                case .sent: continue
                case .idle: break
                case .waiting(let delay), .failed(let delay): pause = delay
                }
                if Task.isCancelled { return }
                await arrivals.wait(atMost: pause, sleep: sleep)
            }
        }
    }
}
