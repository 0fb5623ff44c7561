internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A connection of a pool, usable from any thread.
final class ClientConnection: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<ClientHandler>
    /// Set by the pool, under its lock, once the connection is closed.
    let isClosed = Atomic<Bool>(false)
    /// When it was last given back, for the pool to tell what the server is about to close.
    let idleSince = Mutex(NIODeadline.now())

    private init(channel: any Channel, handler: NIOLoopBound<ClientHandler>) {
        (self.channel, self.handler) = (channel, handler)
    }

    static func connect(
        to origin: Origin, tls: NIOSSLContext, timeout: TimeAmount, group: any EventLoopGroup
    ) async throws(ClientFailure) -> ClientConnection {
        // The connection may fail its handshake before anybody looks: the handler then knows why.
        let made = Mutex<NIOLoopBound<ClientHandler>?>(nil)
        let bootstrap = ClientBootstrap(group: group).connectTimeout(timeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try setUp(channel, origin: origin, tls: tls)
                    made.withLock { $0 = handler }
                }
            }
        do {
            let channel =
                switch origin.transport {
                case .tls(let host, let port), .plain(let host, let port):
                    try await bootstrap.connect(host: host, port: port).get()
                case .unixSocket(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
                }
            guard let handler = made.withLock({ $0 }) else { throw ClientFailure.unreachable }
            return ClientConnection(channel: channel, handler: handler)
        } catch {
            throw ClientFailure(connecting: error) ?? .unreachable
        }
    }

    private static func setUp(
        _ channel: any Channel, origin: Origin, tls: NIOSSLContext
    ) throws -> NIOLoopBound<ClientHandler> {
        try addProtocols(to: channel, origin: origin, tls: tls)
        let handler = ClientHandler(on: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(handler)
        return NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    /// TLS where the address asks for it, and HTTP/1.1 within our limits.
    static func addProtocols(to channel: any Channel, origin: Origin, tls: NIOSSLContext) throws {
        let pipeline = channel.pipeline.syncOperations
        if case .tls(let host, _) = origin.transport {
            // An address is no server name (RFC 6066 §3); the certificate is then checked against the address.
            let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host))
        }
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldSize, limits.maxHeaderListSize, limits.maxHeaderFieldCount) = (8192, 16_384, 64)
        try pipeline.addHTTPClientHandlers(
            leftOverBytesStrategy: .dropBytes, enableOutboundHeaderValidation: true,
            encoderConfiguration: .init(), decoderLimitConfiguration: limits)
    }

    /// One exchange. Cancelling the task closes the connection.
    func send(_ request: ClientRequest, isReused: Bool, before due: NIODeadline) async -> ClientHandler.Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                channel.eventLoop.execute { [handler] in
                    let exchange = ClientHandler.Exchange(
                        request: request, isReused: isReused, complete: { continuation.resume(returning: $0) })
                    handler.value.start(exchange, before: due)
                }
            }
        } onCancel: {
            close()
        }
    }

    /// Closes on the connection's loop, never inside the call: the pool calls it under its lock.
    func close() {
        channel.eventLoop.execute { [channel] in channel.close(promise: nil) }
    }
}
