import Glibc
import Records
import Registry
import Vocabulary

/// The demo's consortium: its folder, its processes, and a caller's connection to each gateway.
actor DemoConsortium {
    private static let startLimit: Duration = .seconds(30)

    nonisolated let folder: String
    nonisolated let sample: SampleConsortium
    private let executable: String
    private var services: [StartedService] = []
    private var gateways: [StartedService] = []
    private(set) var connections: [String: GatewayConnection] = [:]

    /// Makes keys, shares and registry, and writes them below the folder.
    init(folder: String, policyPath: String?, now: Instant) throws(Problem) {
        (self.folder, executable) = (folder, try Executable.path())
        let ports = try LoopbackPorts.free(4)
        do throws(DecodingFailure) {
            let urls = try ports.map { port throws(DecodingFailure) in try ServiceURL("http://127.0.0.1:\(port)") }
            addresses = SampleConsortium.Addresses(node: urls[0], custodians: Array(urls.dropFirst()))
        } catch { throw Problem(.internalError, "The loopback addresses are not usable.") }
        sample = try SampleConsortium.make(
            now: now, policy: try Self.policy(policyPath), addresses: addresses)
        let files = try sample.write(to: folder)
        for part in ["logs", "gateways"] { try FileSystem.makeFolder("\(folder)/\(part)") }
        self.files = files
    }

    /// The policy with a beat of one second: nobody watches a demo for the minute that hides when a reporter reports.
    private static func policy(_ path: String?) throws(Problem) -> Policy {
        let json = try PolicyFile.read(try PolicyFolder.find(path)).json
        do throws(FieldFailure) {
            return try Policy(json.replacing(["notices", "beatSeconds"], with: .number(1)))
        } catch { throw Problem(error) }
    }

    private nonisolated let files: SampleFolder
    private nonisolated let addresses: SampleConsortium.Addresses

    /// The custodians and the node, all at once.
    func startServices() async throws {
        for (shares, url) in zip(sample.shares, addresses.custodians) {
            let id = shares.custodian
            try start(
                "custodian", id.name,
                [
                    "registry": .string(files.registry), "share": .string(files.share(id)),
                    "database": .string("\(folder)/custodians/\(id).db"), "listen": .string(Self.listen(url)),
                ])
        }
        try start(
            "node", "node",
            [
                "registry": .string(files.registry), "database": .string("\(folder)/node/node.db"),
                "keyFolder": .string("\(folder)/node/keys"), "logKey": .string(files.logKey),
                "answerKey": .string(files.answerKey), "listen": .string(Self.listen(addresses.node)),
            ])
        for service in services { _ = try await service.readiness(within: Self.startLimit) }
    }

    /// The members' gateways, each with its own files as if on its own premises.
    func startGateways() async throws {
        var keys: [String: String] = [:]
        for member in sample.members {
            let place = "\(folder)/gateways/\(member.id)"
            try FileSystem.makeFolder(place)
            try sample.chain.write(to: "\(place)/registry.json", replacing: false)
            try GatewayAPIKey.make(name: member.id, keys: "\(place)/callers.json", out: "\(place)/caller.apikey")
            keys[member.id.name] = try GatewayConnection.apiKey(in: "\(place)/caller.apikey")
            try start(
                "gateway", member.id.name,
                [
                    "member": .string(member.id.name), "memberKey": .string(files.memberKey(member.id)),
                    "registry": .string("\(place)/registry.json"), "database": .string("\(place)/outbox.db"),
                    "dataKey": .string("\(place)/data.key"), "apiKeys": .string("\(place)/callers.json"),
                    "listen": "127.0.0.1:0",
                ])
        }
        for gateway in gateways {
            let address = try await gateway.readiness(within: Self.startLimit)
            connections[gateway.name] = try GatewayConnection(
                url: address, apiKey: keys[gateway.name], authorities: nil)
        }
    }

    private func start(
        _ service: String, _ name: String, _ settings: KeyValuePairs<String, JSON?>
    ) throws(Problem) {
        let configuration = "\(folder)/\(service == "gateway" ? "gateways/\(name)/" : "")\(name).json"
        try FileSystem.write(
            Array(JSON.object(settings).prettyText.utf8), to: configuration, as: .open, replacing: false)
        let child = try StartedService(
            name: name, executable: executable,
            arguments: [service, "serve", "--config", configuration, "--json", "--until-stdin-closes"],
            logFile: "\(folder)/logs/\(name).log")
        if service == "gateway" { gateways.append(child) } else { services.append(child) }
    }

    private static func listen(_ url: ServiceURL) -> String { "\(url.host):\(url.port)" }

    func connection(of member: String) throws(Problem) -> GatewayConnection {
        guard let connection = connections[member] else {
            throw Problem(.notFound, "The demo has no gateway of \(member).")
        }
        return connection
    }

    /// Ends every process: gateways before those they talk to.
    ///
    /// - Returns: the names of those that did not end as they should.
    @discardableResult
    func stop() async -> [String] {
        let started = (gateways, services)
        // Whoever comes second, as a failure after the last stage does, finds nothing left to end.
        (gateways, services) = ([], [])
        return await Self.stop(started.0) + Self.stop(started.1)
    }

    private static func stop(_ children: [StartedService]) async -> [String] {
        for child in children { child.end() }
        var failed: [String] = []
        for child in children where await !child.reap() { failed.append(child.name) }
        return failed
    }
}

/// This program, to be started again as one of its services.
enum Executable {
    static func path() throws(Problem) -> String {
        guard let path = realpath("/proc/self/exe", nil) else {
            throw Problem(.internalError, "This program cannot find its own file.")
        }
        defer { free(path) }
        return String(cString: path)
    }
}

/// The policy that a checkout brings along.
enum PolicyFolder {
    /// - Parameter path: where it was said to be; otherwise it is looked for below the working folder, and beside and
    ///   above this program's file.
    static func find(_ path: String?) throws(Problem) -> String {
        if let path { return path }
        var candidates = ["schemas/policy"]
        var folder = try Executable.path()
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            candidates.append("\(folder)/schemas/policy")
        }
        guard let found = candidates.first(where: { FileSystem.isFolder($0) }) else {
            throw Problem(
                .notFound, "The policy's files were not found.",
                hint: "Run this in a checkout, or name the folder schemas/policy with --policy.")
        }
        return found
    }
}

extension JSON {
    /// The document with another value at a path of member names that it has.
    fileprivate func replacing(_ path: [String], with value: JSON) -> JSON {
        guard let name = path.first, case .object(let members) = self else { return value }
        return .object(
            members.map { member in
                let isOnTheWay = member.name == name
                return JSON.Member(
                    member.name,
                    isOnTheWay ? member.value.replacing(Array(path.dropFirst()), with: value) : member.value)
            })
    }
}
