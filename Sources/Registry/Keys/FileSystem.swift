internal import Glibc
package import Vocabulary

/// What a file may be read for: a secret must be out of everybody else's reach, a public document need not.
package enum FileAccess: Sendable {
    case secret, open
}

/// Whole files, read with a limit and written so that a crash leaves either the old content or the new one.
package enum FileSystem {
    /// Reads a file whose permissions and size are checked on the open descriptor, not on the name.
    ///
    /// - Throws: `Problem`: `notFound`, `secretFileExposed` where group or others hold any permission on a secret,
    ///   `configurationInvalid` for what is no regular file or has more than `limit` bytes.
    package static func read(_ path: String, as access: FileAccess, limit: Int = 1 << 20) throws(Problem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Problem(.configurationInvalid, "\(path) is not a regular file.")
        }
        if case .secret = access { try requireOwnerOnly(path, status) }
        guard status.st_size <= limit else {
            throw Problem(.configurationInvalid, "\(path) is larger than \(limit) bytes.")
        }
        return try contents(of: descriptor, path: path, limit: limit)
    }

    /// Writes beside the target, syncs, then puts the new file in its place in one step.
    ///
    /// - Parameter replacing: without it an existing file is left as it is and the write refused.
    package static func write(
        _ bytes: [UInt8], to path: String, as access: FileAccess, replacing: Bool
    ) throws(Problem) {
        let draft = "\(path).new.\(getpid()).\(UInt32.random(in: 0 ... .max))"
        let mode: mode_t = if case .secret = access { 0o600 } else { 0o644 }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw unwritable(path, errno) }
        let failed = write(bytes, to: descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
        close(descriptor)
        if let code = failed {
            unlink(draft)
            throw unwritable(path, code)
        }
        let placed = replacing ? rename(draft, path) : link(draft, path)
        let code = errno
        if placed != 0 || !replacing { unlink(draft) }
        guard placed == 0 else { throw unwritable(path, code) }
        syncFolder(of: path)
    }

    /// Makes a folder (and those above it) for its owner alone; one that exists is left as it is.
    package static func makeFolder(_ path: String) throws(Problem) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part + "/"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw unwritable(path, errno) }
        }
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What changes whenever the file does: a service polls it to see that the registry was published anew.
    package static func stamp(of path: String) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileStamp(
            inode: UInt64(status.st_ino), size: Int64(status.st_size),
            nanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }
}

/// A file's identity and time of change; two equal stamps mean the same content, as every write makes a new file.
package struct FileStamp: Equatable, Sendable {
    let inode: UInt64
    let size: Int64
    let nanoseconds: Int64
}

extension FileSystem {
    private static func requireOwnerOnly(_ path: String, _ status: stat) throws(Problem) {
        guard status.st_mode & 0o077 == 0 else {
            throw Problem(
                .secretFileExposed, "\(path) holds a secret and others than its owner have permissions on it.",
                hint: "chmod 600 \(path)")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Problem(
                .secretFileExposed, "\(path) holds a secret and belongs to another user.",
                hint: "Give the file to the user who runs this: chown $(id -un) \(path)")
        }
    }

    private static func contents(of descriptor: Int32, path: String, limit: Int) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw Problem(.configurationInvalid, "\(path) is larger than \(limit) bytes.")
    }

    /// The error's number, or `nil` once all is written.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            written += count
        }
        return nil
    }

    /// Makes the new name itself durable. Where a file system cannot, the content is still whole.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func unreadable(_ path: String, _ code: Int32) -> Problem {
        code == ENOENT
            ? Problem(.notFound, "There is no file \(path).")
            : Problem(.configurationInvalid, "\(path) cannot be read: \(String(cString: strerror(code))).")
    }

    private static func unwritable(_ path: String, _ code: Int32) -> Problem {
        switch code {
        case EEXIST:
            Problem(
                .configurationInvalid, "\(path) exists already and is not overwritten.",
                hint: "Choose another name, or move the old file away first.")
        case ENOSPC, EDQUOT: Problem(.storageFull, "There is no space left to write \(path).")
        default: Problem(.storageFailed, "\(path) cannot be written: \(String(cString: strerror(code))).")
        }
    }
}
