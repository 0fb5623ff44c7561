package import HTTPEdge
package import Logging
package import Registry
internal import ServiceLifecycle
package import Vocabulary

/// What a custodian process is started with.
package struct CustodianConfiguration: Sendable {
    /// The registry's file; looked at every second for a newer version.
    package var registryFile: String
    /// The SQLite database of budgets and nonces.
    package var databaseFile: String
    /// This custodian's shares of the token keys, for their owner alone.
    package var shareFile: String
    package var address: ListenerAddress
    package var limits = ListenerLimits()
    package var registryBeat: Duration = .seconds(1)

    package init(registryFile: String, databaseFile: String, shareFile: String, address: ListenerAddress) {
        (self.registryFile, self.databaseFile) = (registryFile, databaseFile)
        (self.shareFile, self.address) = (shareFile, address)
    }
}

/// The custodian as a process: one share file, one database, one listener, an eye on the registry.
package final class CustodianProgram: Service {
    package let exchange: CustodianExchange
    private let listener: Listener
    private let configuration: CustodianConfiguration
    private let logger: Logger
    private let now: @Sendable () -> Instant

    /// Opens everything, and refuses what an operator must mend first.
    ///
    /// - Parameter shares: the opened share file where it is sealed; read from its file, which must be raw, otherwise.
    /// - Throws: `secretFileExposed`, `configurationInvalid`, `wrongEpoch`, `verificationFailed`, `registryStale` where
    ///   the registry's file is older than one served by before, `storage…`.
    package init(
        _ configuration: CustodianConfiguration, shares: CustodianShares? = nil, logger: Logger,
        now: @escaping @Sendable () -> Instant = SystemTime.now
    ) throws(Problem) {
        let registry = RegistryFollower(try RegistryChain.read(configuration.registryFile, now: now()))
        let shares = try Self.opened(shares, configuration)
        let metrics = MetricsRegistry()
        let store = try SQLiteBudgetStore(
            path: configuration.databaseFile, consortium: registry.current.consortium, custodian: shares.custodian)
        let exchange = try CustodianExchange(
            shares: shares, registry: registry, store: store, metrics: metrics, now: now)
        let id = shares.custodian
        let authenticator = Authenticator(registry: registry, address: { $0.custodian(id)?.url }, now: now)
        let routes =
            CustodianRoutes(exchange: exchange, authenticator: authenticator).routes
            + ServiceRoutes.routes(metrics: metrics) { try exchange.readiness() }
        var listening = Listener.Configuration(name: "custodian", address: configuration.address)
        listening.limits = configuration.limits
        listener = try Listener(
            listening, responder: Responder(routes: routes, registry: metrics, logger: logger, now: now),
            registry: metrics, logger: logger)
        (self.exchange, self.configuration, self.logger, self.now) = (exchange, configuration, logger, now)
    }

    private static func opened(
        _ shares: CustodianShares?, _ configuration: CustodianConfiguration
    ) throws(Problem) -> CustodianShares {
        if let shares { return shares }
        return try ShareFile.read(configuration.shareFile).openUnattended()
    }

    /// Where the custodian listens, once it does.
    package var address: BoundAddress { get async throws { try await listener.address } }

    package func run() async throws {
        async let _ = followRegistry()
        try await listener.run()
    }

    /// A suspended member is refused from the next beat on.
    private func followRegistry() async {
        var taken: FileStamp?
        var reported: FileStamp?
        while (try? await Task.sleep(for: configuration.registryBeat)) != nil {
            let stamp = FileSystem.stamp(of: configuration.registryFile)
            guard stamp != taken else { continue }
            do throws(Problem) {
                if try exchange.registry.reload(from: configuration.registryFile, now: now()) {
                    logger.notice("registry taken up")
                }
                try await exchange.rememberRegistry()
                taken = stamp
            } catch {
                // Tried again every beat, and said once a file.
                guard stamp != reported else { continue }
                reported = stamp
                logger.error("registry not taken up", metadata: ["error": .string(error.code.rawValue)])
            }
        }
    }
}
