internal import Dispatch
internal import Exchange
internal import Glibc
internal import Registry
package import Store
internal import Synchronization
package import Vocabulary

/// The graph as it was at some size of the log, in a sealed file beside the database, so that a start need not build
/// it of all entries.
///
/// It is a copy of what the database says, and is never trusted above it: one that is missing, damaged, of another log
/// or of other rules is left aside, and the graph is built. A file is put in its place whole, in one step.
package final class LinkageSnapshotFile: Sendable {
    /// What an operator is told of it.
    package enum Event: Sendable {
        case kept(logSize: UInt32)
        case used(logSize: UInt32)
        case notUsed(reason: String)
        case notKept(reason: String)
    }

    private let path: String
    private let keys: any DataKeys
    private let consortium: String
    private let now: @Sendable () -> Instant
    private let report: @Sendable (Event) -> Void
    /// Where files are written, one after the other: it takes seconds, and waits for the disk.
    private let queue = DispatchQueue(label: "counterfoil.linkage-snapshot", qos: .utility)
    /// The size of the log that the file is known to be of.
    private let keptSize = Mutex<UInt32>(0)

    package init(
        path: String, keys: any DataKeys, consortium: String, now: @escaping @Sendable () -> Instant,
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        (self.path, self.keys, self.consortium) = (path, keys, consortium)
        (self.now, self.report) = (now, report)
    }

    // MARK: Keeping

    /// Writes a graph beside the file and puts it in its place, unless a later one is there. What fails is told, and
    /// leaves the file as it was.
    func keep(_ snapshot: LinkageSnapshot, root: Hash) async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.place(snapshot, root: root)
                continuation.resume()
            }
        }
    }

    private func place(_ snapshot: LinkageSnapshot, root: Hash) {
        keptSize.withLock { kept in
            guard snapshot.logSize > kept else { return }
            let draft = "\(path).new"
            do {
                try write(snapshot, root: root, to: draft)
                guard rename(draft, path) == 0 else { throw FileFailure(code: errno) }
                kept = snapshot.logSize
                report(.kept(logSize: snapshot.logSize))
            } catch {
                unlink(draft)
                report(.notKept(reason: Self.reason(error)))
            }
        }
    }

    private func write(_ snapshot: LinkageSnapshot, root: Hash, to draft: String) throws {
        let file = try OpenFile(draft, O_WRONLY | O_CREAT | O_TRUNC)
        var sealing = try SnapshotSealing(keys: keys, consortium: consortium, now: now())
        try file.write(sealing.preamble)
        var waiting = SnapshotHead(logSize: snapshot.logSize, root: root, rules: snapshot.rules).encoded
        try snapshot.write { piece in
            try file.write(sealing.seal(waiting, isLast: false))
            waiting = piece
        }
        try file.write(sealing.seal(waiting, isLast: true))
        try file.sync()
    }

    // MARK: Using

    /// Why a kept graph is left aside.
    struct Unsuitable: Error {
        let reason: String
    }

    /// Reads the file where there is one. - Parameter use: takes up the pieces, or throws why not.
    func use(_ use: (SnapshotHead, _ read: () throws -> [UInt8]?) throws -> Void) {
        guard FileSystem.exists(path) else { return }
        do {
            let file = try OpenFile(path, O_RDONLY)
            let preamble = try file.read(SnapshotSealing.preambleByteCount)
            var sealing = try SnapshotSealing(preamble: preamble, keys: keys, consortium: consortium)
            var isAtEnd = false
            let read = { () throws -> [UInt8]? in
                if isAtEnd { return nil }
                let frame = try SnapshotSealing.frame(try file.read(SnapshotSealing.frameHeadByteCount))
                isAtEnd = frame.isLast
                let piece = try sealing.open(try file.read(frame.byteCount), isLast: frame.isLast)
                guard !isAtEnd || file.isAtEnd else { throw Unsuitable(reason: "It goes on after its end.") }
                return piece
            }
            guard let first = try read() else { throw Unsuitable(reason: "It is empty.") }
            let head = try SnapshotHead(decoding: first)
            try use(head, read)
            report(.used(logSize: head.logSize))
        } catch {
            report(.notUsed(reason: Self.reason(error)))
        }
    }

    /// Fixed sentences: nothing that was read is in them.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let unsuitable as Unsuitable: unsuitable.reason
        case let failure as FileFailure: "The file system says: \(String(cString: strerror(failure.code)))."
        default: "It is damaged, or sealed under other keys."
        }
    }
}

private struct FileFailure: Error { let code: Int32 }

/// A file read and written in order.
private final class OpenFile {
    private let descriptor: Int32

    init(_ path: String, _ flags: Int32) throws {
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(code: errno) }
            written += count
        }
    }

    func sync() throws {
        guard fsync(descriptor) == 0 else { throw FileFailure(code: errno) }
    }

    /// Whether nothing is left to be read.
    var isAtEnd: Bool {
        var byte: UInt8 = 0
        return Glibc.read(descriptor, &byte, 1) == 0
    }

    /// Exactly so many bytes.
    func read(_ byteCount: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        var filled = 0
        while filled < byteCount {
            let count = bytes.withUnsafeMutableBytes { target in
                Glibc.read(descriptor, target.baseAddress.map { $0 + filled }, byteCount - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure(code: errno) }
            guard count > 0 else { throw LinkageSnapshotFile.Unsuitable(reason: "It ends too early.") }
            filled += count
        }
        return bytes
    }
}
