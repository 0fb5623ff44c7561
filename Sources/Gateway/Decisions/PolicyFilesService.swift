internal import ServiceLifecycle
internal import Vocabulary

/// Looks on a beat whether a decision policy's file changed.
struct PolicyFilesService: Service {
    let look: @Sendable () -> Void
    let beat: Duration
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await sleep(beat)
                look()
            }
        }
    }
}
