import Glibc

/// How far long work is, on standard error from the third second on: in place where a person looks on, else as a line
/// now and then for the log that catches it.
struct Progress {
    private var total: Int
    private let what: String
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var shownAt: ContinuousClock.Instant
    /// What was done before this process began; it tells nothing of the rate.
    private var before = 0
    private var done = 0
    private var isShown = false

    init(total: Int, what: String) {
        (self.total, self.what) = (total, what)
        start = clock.now
        shownAt = start
    }

    /// Work that goes on where another process left off.
    init(total: Int, what: String, from before: Int) {
        self.init(total: total, what: what)
        (self.before, done) = (before, before)
    }

    mutating func advance(by count: Int = 1) { reach(done + count) }

    /// - Parameters:
    ///   - total: where it is known better than before.
    ///   - note: what the work waits for, where it does.
    mutating func reach(_ done: Int, of total: Int? = nil, note: String? = nil) {
        self.done = done
        if let total { self.total = total }
        let now = clock.now
        let pause: Duration = isTerminal ? .milliseconds(500) : .seconds(15)
        guard now - start > .seconds(2), now - shownAt > pause else { return }
        shownAt = now
        let plain = Self.line(done: done, total: self.total, what: what, elapsed: now - start, from: before)
        let line = note.map { "\(plain) (\($0))" } ?? plain
        guard isTerminal else { return Terminal.note(line) }
        isShown = true
        Terminal.prompt("\r\u{1B}[K" + line)
    }

    mutating func finish() {
        if isShown { Terminal.prompt("\r\u{1B}[K") }
    }

    /// `1200 of 5000 checked, 340 a second, 11 s left`
    static func line(done: Int, total: Int, what: String, elapsed: Duration, from before: Int = 0) -> String {
        let milliseconds = max(1, elapsed.milliseconds)
        let own = done - before
        let rate = own * 1000 / milliseconds
        let left = own > 0 ? (total - done) * milliseconds / own / 1000 : 0
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
