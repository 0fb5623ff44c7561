internal import Vocabulary

/// How long to wait after failures in a row: twice as long each time, up to five minutes.
struct Backoff: Equatable {
    private static let longestSeconds = 300
    private(set) var failures: Int

    init(failures: Int = 0) { self.failures = min(failures, 16) }

    mutating func failed() { failures = min(failures + 1, 16) }
    mutating func succeeded() { failures = 0 }

    /// 1, 2, 4 … 300 seconds, the first after one failure.
    var delay: Duration { .seconds(min(Self.longestSeconds, 1 << max(0, failures - 1))) }
}
