import Glibc
import Vocabulary

/// A file or standard input, read in pieces.
struct ChunkReader: ~Copyable {
    private let descriptor: Int32
    private let name: String

    /// - Parameter path: `-` for standard input.
    init(_ path: String) throws(Problem) {
        name = path == "-" ? "Standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Problem(errno == ENOENT ? .notFound : .configurationInvalid, "\(name) cannot be read.")
        }
        if path == "-", isatty(STDIN_FILENO) == 1 { Terminal.note("Reading from the terminal; end with Ctrl-D.") }
    }

    deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

    /// - Returns: so many bytes, fewer at the end.
    mutating func next(_ count: Int) throws(Problem) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let part = bytes[filled...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if part < 0, errno == EINTR { continue }
            guard part >= 0 else { throw Problem(.configurationInvalid, "\(name) cannot be read.") }
            if part == 0 { break }
            filled += part
        }
        return Array(bytes[..<filled])
    }

    mutating func skip(to offset: Int) throws(Problem) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else {
            throw Problem(
                .configurationInvalid, "\(name) cannot be read again from where it was left.",
                hint: "A job that was fed from standard input is resumed only once all of it has gone up.")
        }
    }
}
