/// How long each of many calls took, on one core.
struct Latencies {
    private var seconds: [Double] = []

    var count: Int { seconds.count }
    var mean: Double { seconds.isEmpty ? .nan : seconds.reduce(0, +) / Double(seconds.count) }

    /// What the thread was given of a core counts: others on the machine do not.
    mutating func time<Result>(_ body: () throws -> Result) rethrows -> Result {
        let before = Stopwatch.Clock.threadCPU.seconds
        let result = try body()
        seconds.append(Stopwatch.Clock.threadCPU.seconds - before)
        return result
    }

    /// - Parameter bound: microseconds that one in a hundred may exceed.
    func figures(_ group: String, _ name: String, bound: Double? = nil, note: String) -> [Figure] {
        let sorted = seconds.sorted()
        func at(_ share: Double) -> Double {
            sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 1e6
        }
        return [
            Figure(group, "\(name), p50", at(0.5), "µs"),
            Figure(group, "\(name), p99", at(0.99), "µs", bound: bound.map { .atMost($0) }, note: note),
            Figure(group, "\(name), worst of \(count)", at(1), "µs"),
        ]
    }
}
