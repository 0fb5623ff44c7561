internal import Synchronization

/// A number that only grows.
package final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    package func add(_ amount: Int = 1) {
        precondition(amount >= 0, "A counter only grows.")
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    package var value: Int { count.load(ordering: .relaxed) }
}

/// A number that goes up and down.
package final class Gauge: Sendable {
    private let level = Atomic<Int>(0)

    /// - Returns: the level from then on.
    @discardableResult
    package func add(_ amount: Int) -> Int { level.wrappingAdd(amount, ordering: .relaxed).newValue }
    package func set(_ value: Int) { level.store(value, ordering: .relaxed) }
    package var value: Int { level.load(ordering: .relaxed) }
}

/// How long something took, counted in buckets that are fixed for all series, so that they can be added up.
package final class Histogram: Sendable {
    /// The buckets' upper bounds in microseconds, and in seconds as Prometheus writes them.
    static let bounds: [(microseconds: Int, label: String)] = [
        (500, "0.0005"), (1000, "0.001"), (2500, "0.0025"), (5000, "0.005"), (10_000, "0.01"), (25_000, "0.025"),
        (50_000, "0.05"), (100_000, "0.1"), (250_000, "0.25"), (500_000, "0.5"), (1_000_000, "1"),
        (2_500_000, "2.5"), (10_000_000, "10"),
    ]

    struct Reading: Sendable {
        /// One count a bucket, not yet added up, and last what is longer than all bounds.
        var counts = [Int](repeating: 0, count: Histogram.bounds.count + 1)
        var microseconds = 0
    }

    private let state = Mutex(Reading())

    package func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let microseconds = Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
        let bucket = Self.bounds.firstIndex { microseconds <= $0.microseconds } ?? Self.bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.microseconds += microseconds
        }
    }

    var reading: Reading { state.withLock { $0 } }
}

/// One label's name and value. Values come from closed lists (route names, status classes, error codes), never from
/// a request: a series stays in memory for ever.
package struct MetricLabel: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }
}

/// A counter for every value of a closed list, all of them present from the start.
package struct CounterFamily<Value: CaseIterable & Hashable & RawRepresentable & Sendable>: Sendable
where Value.RawValue == String {
    private let counters: [Value: Counter]

    package init(_ name: String, _ help: String, label: String, in registry: MetricsRegistry) {
        var counters: [Value: Counter] = [:]
        for value in Value.allCases {
            counters[value] = registry.counter(name, help, labels: [MetricLabel(label, value.rawValue)])
        }
        self.counters = counters
    }

    package subscript(value: Value) -> Counter {
        guard let counter = counters[value] else { preconditionFailure("A closed list's values are all there.") }
        return counter
    }
}
