internal import HTTPEdge
internal import Registry
internal import Vocabulary

/// One member's gateway as a child process, with the custodians it asks; the node stands beside.
final class GatewayStage {
    let origin: Origin
    private let node: NodeStage
    private var custodians: [ChildProcess] = []
    private(set) var process: ChildProcess?

    init(_ node: NodeStage) throws(Problem) {
        self.node = node
        origin = try Origin("unix:\(node.folder)/gateway.sock")
    }

    /// A quorum of custodians. They are never killed here.
    func startCustodians() async throws(Problem) {
        let files = SampleFolder(node.folder)
        for (shares, port) in zip(node.consortium.shares, node.custodianPorts).prefix(2) {
            let name = shares.custodian
            let child = try ChildProcess(
                node.executable,
                [
                    "custodian", "serve", "--registry", files.registry, "--share", files.share(name), "--database",
                    "\(node.folder)/custodians/\(name).sqlite", "--listen", "127.0.0.1:\(port)", "--log-level",
                    "warning", "--until-stdin-closes",
                ], errorFile: "\(node.folder)/\(name).log")
            custodians.append(child)
            _ = try await child.firstLine()
        }
    }

    func start() async throws(Problem) { _ = try await spawn().firstLine() }

    /// Starts the gateway of the first member without waiting for it.
    @discardableResult
    func spawn() throws(Problem) -> ChildProcess {
        let files = SampleFolder(node.folder)
        let member = node.consortium.members[0].id
        let folder = "\(node.folder)/gateway"
        try FileSystem.makeFolder(folder)
        if !FileSystem.exists("\(folder)/registry.json") {
            // A copy of its own: the gateway replaces it by newer versions.
            let registry = try FileSystem.read(files.registry, as: .open)
            try FileSystem.write(registry, to: "\(folder)/registry.json", as: .open, replacing: false)
        }
        let child = try ChildProcess(
            node.executable,
            [
                "gateway", "serve", "--member", member.name, "--member-key", files.memberKey(member), "--data-key",
                "\(folder)/data.key", "--registry", "\(folder)/registry.json", "--database", "\(folder)/outbox.sqlite",
                "--listen", origin.description, "--log-level", "warning", "--until-stdin-closes",
            ], errorFile: "\(node.folder)/gateway.log")
        process = child
        return child
    }

    func kill() { process?.kill() }

    func killAll() {
        kill()
        for custodian in custodians { custodian.kill() }
    }
}
