internal import Glibc
internal import Linkage
internal import Vocabulary

extension LinkageStage {
    /// Writes the graph to a file, starts a second one from it, and compares.
    ///
    /// - Throws: `storageFailed` where the file is not written or read, `internalError` where the second one differs.
    func measureSnapshot(folder: String, _ progress: (String) -> Void) throws(Problem) -> [Figure] {
        progress("snapshot")
        let path = "\(folder)/linkage.snapshot"
        defer { unlink(path) }
        var wallBefore = Stopwatch.Clock.wall.seconds, before = Stopwatch.Clock.threadCPU.seconds
        let size = try write(to: path)
        let written = Stopwatch.Clock.threadCPU.seconds - before
        let writtenWall = Stopwatch.Clock.wall.seconds - wallBefore
        (wallBefore, before) = (Stopwatch.Clock.wall.seconds, Stopwatch.Clock.threadCPU.seconds)
        let started = try read(from: path)
        let read = Stopwatch.Clock.threadCPU.seconds - before
        let readWall = Stopwatch.Clock.wall.seconds - wallBefore
        progress("comparing the graph with the one from the snapshot")
        guard started.digest() == graph.digest() else {
            throw Problem(.internalError, "The graph from the snapshot is another one.")
        }
        return [
            Figure(
                group, "writing a snapshot", written, "s",
                note: "one core, \(decimal(writtenWall)) s on the clock, made durable"),
            Figure(
                group, "snapshot", Double(size) / Double(graph.edgeCount), "B/edge",
                note: "\(decimal(Double(size) / 1e6)) MB in all"),
            Figure(
                group, "start from the snapshot", read, "s", bound: .atMost(5),
                note:
                    "one core, \(decimal(readWall)) s on the clock; equal to the graph that was written"),
        ]
    }

    private func write(to path: String) throws(Problem) -> Int {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failed(path) }
        defer { close(descriptor) }
        var size = 0
        var hasFailed = false
        graph.writeSnapshot { piece in
            var sent = 0
            while sent < piece.count, !hasFailed {
                let count = piece[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                hasFailed = count <= 0
                sent += max(0, count)
            }
            size += piece.count
        }
        guard !hasFailed, fdatasync(descriptor) == 0 else { throw Self.failed(path) }
        return size
    }

    private func read(from path: String) throws(Problem) -> Graph {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failed(path) }
        defer { close(descriptor) }
        do {
            return try Graph(rules: graph.rules) {
                var piece = [UInt8](repeating: 0, count: 1 << 20)
                let count = Glibc.read(descriptor, &piece, piece.count)
                guard count >= 0 else { throw Self.failed(path) }
                return count == 0 ? nil : Array(piece[..<count])
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.internalError, "The snapshot that was just written is refused.")
        }
    }

    private static func failed(_ path: String) -> Problem {
        Problem(.storageFailed, "\(path) cannot be written and read.", hint: "Name another folder with --scratch.")
    }
}
