import Glibc

/// How far long work is, on standard error: from the second second on, and only where a person looks on.
struct Progress {
    private let total: Int
    private let what: String
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant
    private var done = 0
    private var isShown = false

    init(total: Int, what: String) {
        (self.total, self.what) = (total, what)
        start = clock.now
        shownAt = start
    }

    mutating func advance(by count: Int = 1) {
        done += count
        let now = clock.now
        guard now - start > .seconds(2), now - shownAt > .milliseconds(500), isatty(STDERR_FILENO) == 1 else { return }
        shownAt = now
        isShown = true
        Terminal.prompt("\r\u{1B}[K" + Self.line(done: done, total: total, what: what, elapsed: now - start))
    }

    mutating func finish() {
        if isShown { Terminal.prompt("\r\u{1B}[K") }
    }

    /// `1200 of 5000 checked, 340 a second, 11 s left`
    static func line(done: Int, total: Int, what: String, elapsed: Duration) -> String {
        let milliseconds = max(1, elapsed.milliseconds)
        let rate = done * 1000 / milliseconds
        let left = done > 0 ? (total - done) * milliseconds / done / 1000 : 0
        return "\(done) of \(total) \(what), \(rate) a second, \(left) s left"
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }

    /// `0.42 s`
    var text: String {
        let hundredths = milliseconds / 10
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
