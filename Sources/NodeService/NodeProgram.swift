internal import Exchange
package import HTTPEdge
package import Logging
internal import Records
internal import Registry
package import ServiceLifecycle
internal import Sodium
internal import Store
internal import Synchronization
internal import TransparencyLog
package import Vocabulary

/// What a node process is started with.
package struct NodeConfiguration: Sendable {
    /// The registry's file; looked at every few seconds for a newer version.
    package var registryFile: String
    /// The SQLite database: everything the node stores, sealed.
    package var databaseFile: String
    /// The folder of the data keys: on another volume, backed up apart.
    package var keyFolder: String
    package var logKeyFile: String
    package var answerKeyFile: String
    package var address: ListenerAddress

    package init(
        registryFile: String, databaseFile: String, keyFolder: String, logKeyFile: String, answerKeyFile: String,
        address: ListenerAddress
    ) {
        (self.registryFile, self.databaseFile, self.keyFolder) = (registryFile, databaseFile, keyFolder)
        (self.logKeyFile, self.answerKeyFile, self.address) = (logKeyFile, answerKeyFile, address)
    }
}

/// The node as a process: one database, one listener, a beat that signs checkpoints, an eye on the registry.
package final class NodeProgram: Service {
    private let node: NodeExchange
    private let listener: Listener
    private let configuration: NodeConfiguration
    private let logger: Logger
    private let metrics: MetricsRegistry

    /// Opens everything, and refuses what an operator must mend first.
    ///
    /// - Throws: `keysBesideDatabase` outside demo mode, `secretFileExposed`, `configurationInvalid`, `tooFewMembers`,
    ///   and the store's problems.
    package init(_ configuration: NodeConfiguration, logger: Logger) throws(Problem) {
        let now = SystemTime.now
        let registry = RegistryFollower(try RegistryChain.read(configuration.registryFile, now: now()))
        if registry.current.mode != .demo { try Self.requireApart(configuration) }
        let secrets = try NodeSecrets(folder: configuration.keyFolder)
        let store: SQLiteEntryStore
        let reader: TileSource
        do throws(StoreFailure) {
            store = try SQLiteEntryStore(
                path: configuration.databaseFile, keys: secrets, consortium: registry.current.consortium)
            reader = TileSource(try SQLiteTileReader(path: configuration.databaseFile))
        } catch { throw Problem(error) }
        var parts = NodeExchange.Configuration(
            registry: registry, logKey: try KeyFile.read(configuration.logKeyFile).openUnattended(),
            answerKey: try KeyFile.read(configuration.answerKeyFile).openUnattended(), pepper: secrets.pepper,
            references: secrets.references, rings: secrets.rings, now: now)
        parts.snapshots = LinkageSnapshotFile(
            path: configuration.databaseFile + ".linkage", keys: secrets, consortium: registry.current.consortium,
            now: now, report: logger.tell)
        parts.tellAccess = logger.tell
        node = try NodeExchange(parts, store: store, tiles: reader.tile)
        metrics = MetricsRegistry()
        listener = try Self.listener(node, configuration, metrics: metrics, logger: logger)
        (self.configuration, self.logger) = (configuration, logger)
    }

    private static func requireApart(_ configuration: NodeConfiguration) throws(Problem) {
        let database = FileSystem.folder(of: configuration.databaseFile)
        let keys = FileSystem.resolved(configuration.keyFolder)
        guard database != keys, !database.hasPrefix(keys + "/"), !keys.hasPrefix(database + "/") else {
            throw Problem(
                .keysBesideDatabase, "The key folder lies beside the database: whoever copies one has both.",
                hint: "Put the keys on another volume. Only a consortium in demo mode may keep them together.")
        }
    }

    private static func listener(
        _ node: NodeExchange, _ configuration: NodeConfiguration, metrics: MetricsRegistry, logger: Logger
    ) throws(Problem) -> Listener {
        let authenticator = Authenticator(
            registry: node.registry, address: { $0.node.url }, now: SystemTime.now)
        let routes = NodeRoutes(node: node, authenticator: authenticator).routes
            + ServiceRoutes.routes(metrics: metrics) { try await node.readiness() }
        let responder = Responder(routes: routes, registry: metrics, logger: logger, now: SystemTime.now)
        return try Listener(
            Listener.Configuration(name: "node", address: configuration.address), responder: responder,
            registry: metrics, logger: logger)
    }

    /// Where the node listens, once it does.
    package var address: BoundAddress { get async throws { try await listener.address } }

    package func run() async throws {
        try await node.recordRegistry()
        try await node.publishCheckpoint()
        // The beat outlives the listener: whoever drains still waits for a receipt.
        async let _: Void = beat()
        async let _: Void = followRegistry()
        async let _: Void = askForDiscoveries()
        async let _: Void = node.serveDiscoveries { [logger] problem in
            logger.error("discovery failed", metadata: ["error": .string(problem.code.rawValue)])
        }
        try await withGracefulShutdownHandler {
            try await listener.run()
        } onGracefulShutdown: { [node] in
            // Who waits for notices is answered now, so that the listener drains at once.
            node.endWaits()
        }
        try await node.publishCheckpoint()
        try await node.keepSnapshot()
    }

    private func askForDiscoveries() async {
        await Beat.every(.seconds(60)) {
            do throws(Problem) { try await self.node.askForDueDiscovery() } catch {
                self.logger.error("discovery not begun", metadata: ["error": .string(error.code.rawValue)])
            }
        }
    }

    private func beat() async {
        let milliseconds = node.registry.current.policy.checkpointBeatMilliseconds
        await Beat.every(.milliseconds(milliseconds)) {
            do throws(Problem) { try await self.node.publishCheckpoint() } catch {
                self.logger.error("checkpoint not signed", metadata: ["error": .string(error.code.rawValue)])
            }
        }
    }

    private func followRegistry() async {
        await Beat.every(.seconds(1)) {
            do throws(Problem) {
                let node = self.node
                let isNewer = try node.registry.reload(from: self.configuration.registryFile, now: node.now())
                // Logged on every beat until it is: a version taken up while the disk was full is not forgotten.
                let version = try await node.recordRegistry()
                guard isNewer else { return }
                self.logger.notice("registry taken up", metadata: ["version": .stringConvertible(version)])
            } catch {
                self.logger.error("registry not taken up", metadata: ["error": .string(error.code.rawValue)])
            }
        }
    }
}

/// A tile reader that several threads may use, one at a time.
private final class TileSource: Sendable {
    private let reader: Mutex<SQLiteTileReader>

    init(_ reader: sending SQLiteTileReader) { self.reader = Mutex(reader) }

    @Sendable func tile(_ address: TileAddress) throws -> Tile? { try reader.withLock { try $0.tile(address) } }
}
