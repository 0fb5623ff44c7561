import Glibc
import Vocabulary

/// Standard output is for results, standard error for everything that is said about them.
enum Terminal {
    static func write(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func note(_ text: String) { prompt(text + "\n") }
    static func prompt(_ text: String) { write(text, to: STDERR_FILENO) }

    /// One result, for a program or for a person.
    static func show(asJSON: Bool, _ json: @autoclosure () -> JSON, people text: @autoclosure () -> String) {
        write(asJSON ? json().prettyText : text())
    }

    static func report(_ problem: Problem) { report(problem.detail, hint: problem.hint) }

    static func report(_ sentence: String, hint: String?) {
        note("counterfoil: error: \(sentence)")
        if let hint { note("hint: \(hint)") }
    }

    /// Unbuffered, so that what was said is out before a process ends in any way. A closed pipe takes no more.
    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}

extension Instant {
    /// The machine's clock, which only commands and services read.
    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
