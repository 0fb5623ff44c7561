internal import ServiceLifecycle
internal import Vocabulary

/// Runs the jobs from start to shutdown, and forgets those that ended long ago.
struct JobService: Service {
    let runner: JobRunner
    let arrivals: Signal
    let now: @Sendable () -> Instant
    let sleep: @Sendable (Duration) async throws -> Void

    private static let beat: Duration = .seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let next = await runner.drain()
                await runner.forgetOld()
                if Task.isCancelled { return }
                let pause = next.map { Duration.milliseconds(max(1, $0.milliseconds - now().milliseconds)) }
                await arrivals.wait(atMost: pause ?? Self.beat, sleep: sleep)
            }
        }
    }
}

extension JobRunner {
    func forgetOld() async {
        let bound = parts.now().adding(seconds: -JobLimits.keptDays * 86_400)
        let opened = parts.now().adding(seconds: -JobLimits.openDays * 86_400)
        while (try? await parts.jobs.expireOne(openedBefore: opened, now: parts.now())) == true {}
        while !Task.isCancelled, (try? await parts.jobs.forgetPortion(endedBefore: bound)) == true {}
    }
}
