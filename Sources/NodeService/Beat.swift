/// Does a piece of work again and again, with the given time between, until its task is cancelled.
enum Beat {
    static func every(_ interval: Duration, _ work: @Sendable () async -> Void) async {
        while (try? await Task.sleep(for: interval)) != nil { await work() }
    }
}
