import Glibc
import Vocabulary

/// Where results go: a new file for its owner alone, as they tell of persons, or standard output.
final class ResultSink {
    private let descriptor: Int32
    private let name: String

    init(_ path: String?) throws(Problem) {
        name = path ?? "standard output"
        descriptor = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) } ?? STDOUT_FILENO
        guard descriptor >= 0 else { throw failure }
    }

    /// Goes on with a file from where it was whole.
    init(_ path: String, keeping bytes: Int) throws(Problem) {
        name = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(bytes)) == 0, lseek(descriptor, 0, SEEK_END) == off_t(bytes)
        else { throw failure }
    }

    func write(_ bytes: [UInt8]) throws(Problem) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure }
            written += count
        }
    }

    /// What was written is durable.
    func sync() throws(Problem) {
        guard fsync(descriptor) == 0 else { throw failure }
    }

    func close() throws(Problem) {
        guard descriptor != STDOUT_FILENO else { return }
        guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0 else { throw failure }
    }

    private var failure: Problem { Problem(.storageFailed, "\(name) cannot be written.") }
}
