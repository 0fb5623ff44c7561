internal import Dispatch
internal import Glibc
internal import Synchronization
package import Vocabulary

/// A process of ours: started, listened to until it says that it is ready, and ended.
///
/// Its standard output is a pipe that is read to the end; its standard input is one that closes when we end, however we
/// end; its standard error goes to a file or is shared.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let output: Int32
    private let input: Int32
    private let isRead = Atomic(false)
    private let ended = Mutex(false)

    /// - Parameters:
    ///   - executable: a path.
    ///   - errorFile: where its log lines are appended; `nil` lets it share ours.
    package init(_ executable: String, _ arguments: [String], errorFile: String? = nil) throws(Problem) {
        var outlet: [Int32] = [-1, -1], lifeline: [Int32] = [-1, -1]
        guard Self.makePipe(&outlet), Self.makePipe(&lifeline) else { throw Self.failed(errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, lifeline[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outlet[1], STDOUT_FILENO)
        if let errorFile {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, executable, &actions, nil, &arguments, environ)
        close(outlet[1])
        close(lifeline[0])
        guard status == 0 else {
            close(outlet[0])
            close(lifeline[1])
            throw Self.failed(status)
        }
        (pid, output, input) = (child, outlet[0], lifeline[1])
    }

    /// The first line of its standard output; what follows is read and dropped, so that it never blocks on us.
    ///
    /// - Throws: `nodeUnavailable` where it ends before it has said anything.
    package func firstLine() async throws(Problem) -> String {
        isRead.store(true, ordering: .relaxed)
        let line = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            let output = output
            DispatchQueue.global().async { Self.read(output) { continuation.resume(returning: $0) } }
        }
        guard let line else { throw Problem(.nodeUnavailable, "The process ended before it was ready.") }
        return line
    }

    private static func read(_ descriptor: Int32, firstLine report: (String?) -> Void) {
        var line: [UInt8] = []
        var isReported = false
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            guard !isReported else { continue }
            line += chunk[..<count].prefix { $0 != 10 }
            if chunk[..<count].contains(10) {
                isReported = true
                report(String(decoding: line, as: UTF8.self))
            }
        }
        if !isReported { report(nil) }
        close(descriptor)
    }

    package func send(_ signal: Int32) {
        ended.withLock { ended in
            // Once it was waited for, the number may be another process's.
            if !ended { _ = Glibc.kill(pid, signal) }
        }
    }

    /// Ends it by a signal and waits until it is gone.
    package func end(with signal: Int32) {
        ended.withLock { ended in
            guard !ended else { return }
            _ = Glibc.kill(pid, signal)
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            ended = true
        }
    }

    package func terminate() { end(with: SIGTERM) }
    package func kill() { end(with: SIGKILL) }

    deinit {
        kill()
        close(input)
        // Who reads it closes it.
        if !isRead.load(ordering: .relaxed) { close(output) }
    }

    /// Closed in children that are not given it by name.
    private static func makePipe(_ ends: inout [Int32]) -> Bool {
        pipe(&ends) == 0 && ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
    }

    private static func failed(_ code: Int32) -> Problem {
        Problem(.internalError, "A process could not be started: \(String(cString: strerror(code))).")
    }

    /// The running program itself, to be started again with other arguments.
    package static var ownExecutable: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }
}
