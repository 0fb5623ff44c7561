internal import ExchangeClient
package import HTTPEdge
internal import Lending
package import Logging
internal import Registry
internal import RequestSigning
internal import Sodium
package import Vocabulary

extension Gateway {
    /// A gateway from its files, with clients of the node and the custodians that the registry names.
    ///
    /// - Throws: what an operator has to put right, each with its own code.
    package static func open(
        _ configuration: GatewayConfiguration, logger: Logger, now: @escaping @Sendable () -> Instant = SystemTime.now
    ) throws(Problem) -> (gateway: Gateway, http: HTTPClient) {
        let chain = try RegistryChain.read(
            configuration.registryFile, now: now(), fingerprint: configuration.fingerprint)
        let key = try memberKey(configuration, chain)
        try requireApart(configuration, chain.current.mode)
        let outbox = try openOutbox(configuration, consortium: chain.current.consortium)
        var settings = HTTPClient.Configuration()
        settings.authoritiesFile = configuration.authoritiesFile
        let http = try HTTPClient(settings)
        let signer = RequestSigner(key)
        let follower = RegistryFollower(chain)
        let node = NodeClient(
            following: { () throws(Problem) in
                SignedClient(
                    try Origin(follower.current.node.url.description), http: http, signer: signer, now: now)
            }, timeout: configuration.nodeTimeout)
        let timeout = configuration.custodianTimeout
        var dependencies = Dependencies(
            member: configuration.member, key: key, registry: follower, outbox: outbox, node: node,
            connect: { custodian throws(Problem) in
                CustodianClient(
                    custodian.id,
                    SignedClient(try Origin(custodian.url.description), http: http, signer: signer, now: now),
                    timeout: timeout)
            }, logger: logger)
        dependencies.registryFile = configuration.registryFile
        dependencies.phoneRegion = configuration.phoneRegion
        dependencies.malformedInUploads = configuration.malformedInUploads
        dependencies.recordsPerSubmission = configuration.recordsPerSubmission
        dependencies.registryBeat = configuration.registryBeat
        dependencies.registryFreshness = configuration.registryFreshness
        dependencies.now = now
        try configureLive(&dependencies, configuration, chain.current, http)
        return (Gateway(dependencies), http)
    }

    /// Profile, decision policies and webhook.
    private static func configureLive(
        _ dependencies: inout Dependencies, _ configuration: GatewayConfiguration, _ version: RegistryVersion,
        _ http: HTTPClient
    ) throws(Problem) {
        guard Catalogue.current.profile(named: configuration.profile) != nil else {
            throw Problem(
                .configurationInvalid, "There is no such profile of statistics.",
                hint: "The profiles are \(Catalogue.current.profiles.map(\.name).joined(separator: ", ")).",
                path: "profile")
        }
        dependencies.profile = configuration.profile
        dependencies.decisions = try DecisionDesk(
            active: configuration.decisionPolicyFile, shadow: configuration.shadowPolicyFile, under: version)
        dependencies.acknowledge = configuration.acknowledge
        dependencies.webhookDays = configuration.webhookDays
        dependencies.webhook = try configuration.webhook.map { address throws(Problem) in
            try Webhook(address) { request async throws(ClientFailure) in try await http.send(request) }
        }
    }

    private static func memberKey(
        _ configuration: GatewayConfiguration, _ chain: RegistryChain
    ) throws(Problem) -> SigningKey {
        let file = try KeyFile.read(configuration.memberKeyFile)
        guard file.kind == .member else {
            throw Problem(.configurationInvalid, "The key file of the gateway holds no member's key.")
        }
        guard let registered = chain.key(file.keyID), registered.member.id == configuration.member else {
            throw Problem(
                .unknownKey, "The registry has this key for no member, or for another than \(configuration.member).",
                hint: "Have an admin admit the key, or name the right key file and registry.")
        }
        return try file.openUnattended()
    }

    private static func openOutbox(
        _ configuration: GatewayConfiguration, consortium: String
    ) throws(Problem) -> Outbox {
        if FileSystem.exists(configuration.outboxFile), !FileSystem.exists(configuration.dataKeyFile) {
            throw Problem(
                .configurationInvalid, "There is an outbox, and not the key it was sealed under.",
                hint: "Restore the key file from its backup.")
        }
        return try Outbox(
            path: configuration.outboxFile, key: try DataKey.openOrCreate(configuration.dataKeyFile),
            consortium: consortium, member: configuration.member, maximumTokens: configuration.maximumTokens)
    }

    /// A key beside what it seals protects nothing: whoever takes the folder has both.
    private static func requireApart(
        _ configuration: GatewayConfiguration, _ mode: ConsortiumMode
    ) throws(Problem) {
        guard mode != .demo else { return }
        // The files themselves may be links: what counts is where they lie, or will.
        let outbox = FileSystem.resolved(configuration.outboxFile)
        let key = FileSystem.resolved(configuration.dataKeyFile)
        guard FileSystem.folder(of: outbox) != FileSystem.folder(of: key) else {
            throw Problem(
                .keysBesideDatabase, "The data key lies in the folder of the outbox that it seals.",
                hint: "Put the key on another volume, backed up apart.")
        }
    }

    /// The listeners of a configuration, each with its own rule of access.
    ///
    /// - Throws: `configurationInvalid` for an address that needs API keys where there are none.
    package func listeners(_ configuration: GatewayConfiguration) throws(Problem) -> [Listener] {
        let keys = try configuration.apiKeysFile.map { path throws(Problem) in try APIKeys.read(path) }
        var listeners: [Listener] = []
        for (index, address) in configuration.listeners.enumerated() {
            // The first one's metrics show the gateway's own too.
            let metrics = index == 0 ? dependencies.metrics : MetricsRegistry()
            var settings = Listener.Configuration(name: "gateway-\(index + 1)", address: address)
            settings.limits = configuration.limits
            let responder = Responder(
                routes: try routes(access(address, keys), metrics: metrics), registry: metrics,
                logger: dependencies.logger, now: dependencies.now)
            listeners.append(
                try Listener(settings, responder: responder, registry: metrics, logger: dependencies.logger))
        }
        return listeners
    }

    private func access(_ address: ListenerAddress, _ keys: APIKeys?) throws(Problem) -> Access {
        if case .unixSocket = address { return .socketOwner }
        guard let keys else {
            throw Problem(
                .configurationInvalid, "A gateway on a port needs a file of API keys.",
                hint: "Make one with `counterfoil gateway api-key`, or listen on a Unix socket.")
        }
        return .keys(keys)
    }
}
