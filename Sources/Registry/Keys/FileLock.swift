internal import Glibc
package import Vocabulary

/// Keeps other processes of this machine from changing a file between our reading and our writing it.
///
/// The lock is on a file beside it (`.lock`), because the file itself is replaced; the kernel lets go of it when the
/// process ends, however it ends.
package struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: `storageBusy` where another process holds it.
    package init(_ path: String) throws(Problem) {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Problem(.storageFailed, "\(path).lock cannot be made: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Problem(.storageBusy, "Another process is changing \(path).", hint: "Try again when it is done.")
        }
    }

    deinit { close(descriptor) }
}
