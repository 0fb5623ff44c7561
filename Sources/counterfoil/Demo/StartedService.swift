import Dispatch
import Glibc
import Registry
import Vocabulary

/// One of this program's services, run as a process of its own. It ends with whoever started it: its standard input is
/// a pipe that closes then.
final class StartedService: Sendable {
    let name: String
    let logFile: String
    private let pid: pid_t
    /// Our end of the child's standard input; closing it ends the child.
    private let input: Int32
    /// The child's standard output, which closes when it ends.
    private let output: Int32

    /// - Parameter arguments: to this same executable.
    /// - Throws: `internalError` where no process can be made.
    init(name: String, executable: String, arguments: [String], logFile: String) throws(Problem) {
        var pipes: [Int32] = [-1, -1, -1, -1]
        let isPiped = pipes.withUnsafeMutableBufferPointer { pipes in
            // Four elements: two pipes of two ends each.
            pipe(pipes.baseAddress!) == 0 && pipe(pipes.baseAddress! + 2) == 0
        }
        // Before any other child is started: none of them is to hold the ends of another's pipes.
        for end in pipes where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard isPiped else { throw Self.cannotStart(name, errno) }
        var process: pid_t = 0
        let code = Self.spawn(
            &process, executable, arguments, input: pipes[0], output: pipes[3], logFile: logFile)
        close(pipes[0])
        close(pipes[3])
        guard code == 0 else {
            close(pipes[1])
            close(pipes[2])
            throw Self.cannotStart(name, code)
        }
        (self.name, self.logFile, pid, input, output) = (name, logFile, process, pipes[1], pipes[2])
    }

    private static func cannotStart(_ name: String, _ code: Int32) -> Problem {
        Problem(.internalError, "The \(name) cannot be started: \(String(cString: strerror(code))).")
    }

    /// - Returns: the system's error, or 0.
    private static func spawn(
        _ process: inout pid_t, _ executable: String, _ arguments: [String], input: Int32, output: Int32,
        logFile: String
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, logFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A process group of its own: Ctrl-C reaches this program, which then ends its children in their order.
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let words = ([executable] + arguments).map { strdup($0) }
        let variables = environmentForServices().map { strdup($0) }
        defer { for word in words + variables { free(word) } }
        return posix_spawn(&process, executable, &actions, &attributes, words + [nil], variables + [nil])
    }

    /// This process's environment without the variables that configure services: they would go before the service's
    /// configuration file.
    static func environmentForServices() -> [String] {
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            let text = String(cString: variable)
            if !text.hasPrefix("COUNTERFOIL_") { variables.append(text) }
            next += 1
        }
        return variables
    }

    /// Waits for the line with which the service says that it listens.
    ///
    /// - Throws: `nodeUnavailable` where it ended or said nothing in time, with the last words of its log.
    func readiness(within limit: Duration) async throws -> String {
        try await withTaskCancellationHandler {
            let line = await Self.blocking { [output] in Self.line(from: output, within: limit) }
            try Task.checkCancellation()
            guard let line, let address = (try? JSON(parsing: line))?["address"]?.string else {
                throw Problem(
                    .nodeUnavailable, "The \(name) did not start: \(lastWords)",
                    hint: "Its log is \(logFile) (see --keep).")
            }
            return address
        } onCancel: {
            kill(pid, SIGTERM)
        }
    }

    /// Asks the process to end, and does not wait for it.
    func end() {
        kill(pid, SIGTERM)
        close(input)
    }

    /// Waits for a process that was asked to end, and ends it by force where it does not.
    ///
    /// - Returns: whether it ended as it should, and not by a crash, an error or force.
    func reap() async -> Bool {
        await Self.blocking { [pid, output] in
            if !Self.isClosed(output, within: .seconds(10)) { kill(pid, SIGKILL) }
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            close(output)
            return status == 0
        }
    }

    private var lastWords: String {
        guard let bytes = try? FileSystem.read(logFile, as: .open, limit: 16 << 20),
            let line = bytes.split(separator: 10).last
        else { return "it said nothing." }
        return String(decoding: line, as: UTF8.self)
    }
}

// What blocks, on threads of its own.
extension StartedService {
    private static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    /// One line without its end; `nil` where the other side closed or the time is up.
    private static func line(from descriptor: Int32, within limit: Duration) -> [UInt8]? {
        let due = ContinuousClock.now + limit
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096, awaitInput(descriptor, until: due) {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
        return nil
    }

    /// Reads to the end, which is the end of the process.
    private static func isClosed(_ descriptor: Int32, within limit: Duration) -> Bool {
        let due = ContinuousClock.now + limit
        var bytes = [UInt8](repeating: 0, count: 4096)
        while awaitInput(descriptor, until: due) {
            let count = read(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return true }
        }
        return false
    }

    private static func awaitInput(_ descriptor: Int32, until due: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (due - ContinuousClock.now).milliseconds
            guard left > 0 else { return false }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&request, 1, Int32(clamping: left))
            if count < 0, errno == EINTR { continue }
            return count > 0
        }
    }
}
