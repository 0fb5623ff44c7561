internal import ServiceLifecycle

/// Looks for a newer registry at start and on a beat.
struct RegistryWatchService: Service {
    let watch: RegistryWatch
    let beat: Duration
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await watch.look()
                try? await sleep(beat)
            }
        }
    }
}
