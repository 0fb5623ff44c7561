import ArgumentParser

/// So many events in a time: `50/s`, `600/m`, `5000/h`, or `50`, which is a second's.
struct EventRate: ExpressibleByArgument, Equatable {
    let events: Int
    let seconds: Int

    init(events: Int, seconds: Int) {
        precondition(events > 0 && seconds > 0, "A rate is above zero.")
        (self.events, self.seconds) = (events, seconds)
    }

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard let count = Int(parts[0]), (1...1_000_000).contains(count), parts.count <= 2 else { return nil }
        guard let seconds = ["s": 1, "m": 60, "h": 3600][parts.count == 2 ? parts[1] : "s"] else { return nil }
        (events, self.seconds) = (count, seconds)
    }

    var defaultValueDescription: String { "\(events)/s" }

    /// How long so many events take at least.
    func duration(of count: Int) -> Duration { .milliseconds(count * seconds * 1000 / events) }
}
