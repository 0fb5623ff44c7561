internal import Glibc
internal import Vocabulary

/// A program of others that is run to its end, for the lines that it writes.
enum PeerProcess {
    /// - Parameters:
    ///   - program: a path, or a name that is looked up.
    ///   - isQuiet: whether its complaints are dropped rather than shown with ours.
    /// - Returns: its lines and whether it ended well.
    static func run(_ program: String, _ arguments: [String], isQuiet: Bool = false) throws(Problem) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failed(errno) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        if isQuiet { posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, program, &actions, nil, &words, environ)
        close(ends[1])
        guard status == 0 else { return Outcome(lines: [], hasEndedWell: false) }
        let text = readAll(ends[0])
        var ending: Int32 = 0
        while waitpid(child, &ending, 0) < 0, errno == EINTR {}
        return Outcome(lines: text.split(separator: "\n").map(String.init), hasEndedWell: ending == 0)
    }

    struct Outcome {
        let lines: [String]
        let hasEndedWell: Bool
    }

    /// At most 1 MiB: peers write a line each.
    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if bytes.count < 1 << 20 { bytes += chunk[..<count] }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func failed(_ code: Int32) -> Problem {
        Problem(.internalError, "A process could not be started: \(String(cString: strerror(code))).")
    }
}
