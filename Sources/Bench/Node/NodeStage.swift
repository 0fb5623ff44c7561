internal import Glibc
package import HTTPEdge
package import Records
package import Registry
package import Vocabulary

/// A sample consortium on disk, and its node as a child process that can be stopped and started again.
package final class NodeStage {
    package let consortium: SampleConsortium
    package let folder: String
    package let origin: Origin
    /// Where its custodians are to listen; nobody starts them here.
    let custodianPorts: [Int]
    let executable: String
    private let port: Int
    package private(set) var process: ChildProcess?

    /// - Parameters:
    ///   - folder: for everything; made here, must not exist.
    ///   - executable: the `counterfoil` binary.
    package init(folder: String, policy: Policy, executable: String) throws(Problem) {
        let ports = try Self.freePorts(4)
        (port, custodianPorts) = (ports[0], Array(ports.dropFirst()))
        (self.folder, self.executable) = (folder, executable)
        origin = try Origin("http://127.0.0.1:\(port)")
        do {
            let addresses = SampleConsortium.Addresses(
                node: try ServiceURL("http://127.0.0.1:\(port)"),
                custodians: try ports.dropFirst().map { try ServiceURL("http://127.0.0.1:\($0)") })
            consortium = try SampleConsortium.make(now: SystemTime.now(), policy: policy, addresses: addresses)
            try consortium.write(to: folder)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.configurationInvalid, "The sample's addresses are not valid.")
        }
    }

    package var databaseFile: String { "\(folder)/node/node.sqlite" }
    package var keyFolder: String { "\(folder)/node/data-keys" }

    private var arguments: [String] {
        let files = SampleFolder(folder)
        return [
            "node", "serve", "--registry", files.registry, "--database", databaseFile, "--key-folder", keyFolder,
            "--log-key", files.logKey, "--answer-key", files.answerKey, "--listen", "127.0.0.1:\(port)",
            // No line a request: what is measured is the node, not the disk its log goes to.
            "--log-level", "warning", "--until-stdin-closes",
        ]
    }

    /// Starts the node. - Returns: seconds until it listens.
    @discardableResult
    package func start() async throws(Problem) -> Double {
        let started = Stopwatch.Clock.wall.seconds
        let child = try spawn()
        do throws(Problem) { _ = try await child.firstLine() } catch {
            throw Problem(error.code, "The node did not start; its log is \(folder)/node.log.")
        }
        return Stopwatch.Clock.wall.seconds - started
    }

    /// Starts the node without waiting for it.
    @discardableResult
    func spawn() throws(Problem) -> ChildProcess {
        let child = try ChildProcess(executable, arguments, errorFile: "\(folder)/node.log")
        process = child
        return child
    }

    package func terminate() { process?.terminate() }
    package func kill() { process?.kill() }

    package var usage: ProcessUsage? { process.flatMap { ProcessUsage(of: $0.pid) } }

    /// The database with its write-ahead log, in bytes.
    package var databaseBytes: Int {
        ProcessUsage.size(of: databaseFile) + ProcessUsage.size(of: databaseFile + "-wal")
    }

    /// Ports that nobody listens on now. One may be taken before our process has it; then that says so and we end.
    private static func freePorts(_ count: Int) throws(Problem) -> [Int] {
        var descriptors: [Int32] = []
        // All are held until the last is found, so that no two are the same.
        defer { for descriptor in descriptors { close(descriptor) } }
        return try (0..<count).map { _ throws(Problem) in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            descriptors.append(descriptor)
            return try boundPort(descriptor)
        }
    }

    private static func boundPort(_ descriptor: Int32) throws(Problem) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { throw Problem(.configurationInvalid, "There is no free port on the loopback interface.") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
