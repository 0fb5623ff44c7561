package import Logging
package import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import ServiceLifecycle
package import Vocabulary

/// One address on which a service answers HTTP/1.1, from `run()` until its graceful shutdown.
///
/// Shutting down it takes no more connections, closes idle ones, ends streamed responses, lets requests at work finish,
/// and closes what is left after the drain deadline.
package final class Listener: Service {
    package struct Configuration: Sendable {
        /// What metrics and logs call this listener.
        package var name: String
        package var address: ListenerAddress
        package var limits = ListenerLimits()
        /// How often the certificate's files are looked at.
        package var certificateBeat: Duration = .seconds(5)

        package init(name: String, address: ListenerAddress) {
            (self.name, self.address) = (name, address)
        }
    }

    private let configuration: Configuration
    private let responder: Responder
    private let logger: Logger
    private let group: any EventLoopGroup
    private let identity: TLSIdentity?
    private let connections: OpenConnections
    private let bodyBytes: BodyBytes
    private let streams: OpenStreams
    private let announcement = Announcement<BoundAddress>()

    /// - Throws: `configurationInvalid` for plain HTTP off loopback or a certificate that cannot be used,
    ///   `secretFileExposed` for a key file that others may read.
    package init(
        _ configuration: Configuration, responder: Responder, registry: MetricsRegistry, logger: Logger,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) throws(Problem) {
        try configuration.address.checked()
        if case .tls(_, _, let files) = configuration.address {
            identity = try TLSIdentity(files: files)
        } else {
            identity = nil
        }
        (self.configuration, self.responder, self.logger, self.group) = (configuration, responder, logger, group)
        bodyBytes = BodyBytes(limit: configuration.limits.bodyBytesInFlight)
        streams = OpenStreams(limit: configuration.limits.streams, listener: configuration.name, registry: registry)
        connections = OpenConnections(
            limit: configuration.limits.connections, listener: configuration.name, registry: registry)
    }

    /// The address, once it is bound. - Throws: what kept it from being bound.
    package var address: BoundAddress {
        get async throws { try await announcement.value }
    }

    /// Loads the certificate's files again if they changed. - Returns: whether they did.
    @discardableResult
    package func reloadCertificate() throws(Problem) -> Bool { try identity?.reload() ?? false }

    package func run() async throws {
        let channel: any Channel
        do {
            channel = try await ListenerSocket.bind(configuration.address, bootstrap: bootstrap())
        } catch {
            announcement.announce(.failure(error))
            throw error
        }
        let address = ListenerSocket.boundAddress(of: channel, configured: configuration.address)
        announcement.announce(.success(address))
        logger.notice("listening", metadata: ["listener": .string(configuration.name)])
        await serve(channel)
        await drain()
        if case .unixSocket(let path) = address { ListenerSocket.remove(path) }
    }

    private func serve(_ channel: any Channel) async {
        await withTaskGroup(of: Void.self) { tasks in
            if let identity {
                tasks.addTask { [configuration, logger] in
                    await identity.follow(every: configuration.certificateBeat, logger: logger)
                }
            }
            await withTaskCancellationOrGracefulShutdownHandler {
                try? await channel.closeFuture.get()
            } onCancelOrGracefulShutdown: {
                channel.close(promise: nil)
            }
            tasks.cancelAll()
        }
    }

    private func drain() async {
        connections.quiesce()
        let timer = group.next().scheduleTask(in: TimeAmount(configuration.limits.drainDeadline)) { [connections] in
            connections.closeAll()
        }
        await connections.untilNoneIsOpen()
        timer.cancel()
    }

    private func bootstrap() -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try setUp(channel) }
            }
    }

    private struct TooManyConnections: Error {}

    private func setUp(_ channel: any Channel) throws {
        guard connections.admit(channel) else { throw TooManyConnections() }
        let pipeline = channel.pipeline.syncOperations
        if let identity { try pipeline.addHandler(NIOSSLServerHandler(context: identity.context)) }
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = configuration.limits.headerFieldBytes
        limits.maxHeaderListSize = configuration.limits.headerBytes
        limits.maxHeaderFieldCount = configuration.limits.headerFieldCount
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true, withOutboundHeaderValidation: true,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try pipeline.addHandler(
            ConnectionHandler(
                responder: responder, limits: configuration.limits, bodyBytes: bodyBytes, streams: streams,
                channel: channel))
    }
}
