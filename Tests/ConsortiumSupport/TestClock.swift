internal import Records
internal import Synchronization
package import Vocabulary

/// A clock that stands still until it is told to go on.
package final class TestClock: Sendable {
    private let time: Mutex<Instant>

    /// 2026-02-25T06:13:20Z
    package static let start = Instant(seconds: 1_772_000_000)

    package init(_ start: Instant = TestClock.start) { time = Mutex(start) }

    package var now: Instant { time.withLock { $0 } }
    package func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
    package func advance(days: Int) { time.withLock { $0 = $0.adding(days: days) } }
}
