internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

extension HTTPClient {
    /// Reads a stream of server-sent events, on a connection of its own, until the server ends it.
    ///
    /// Bytes are taken from the connection as fast as `each` deals with events and no faster. Cancelling the task
    /// closes the connection.
    ///
    /// - Parameters:
    ///   - request: its timeout is how long the response's head may take.
    ///   - quiet: without a byte for so long, or with `each` at work for so long, the stream counts as lost. Longer
    ///     than the server's keep-alive.
    /// - Returns: `nil` where events were read to the stream's end; else the response that came in their place.
    /// - Throws: `ClientFailure`, and what `each` throws.
    package func events(
        _ request: ClientRequest, quietFor quiet: Duration, _ each: (ServerSentEvent) async throws -> Void
    ) async throws -> ClientResponse? {
        let watch = QuietWatch()
        let channel = try await openStream(request, quiet: quiet, watch)
        do {
            let response = try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(.head(head(of: request)))
                try await outbound.write(.end(nil))
                return try await read(inbound, request, each)
            }
            if case .closedEarly? = response { throw watch.failure ?? ClientFailure.closedEarly }
            guard case .response(let response)? = response else { return nil }
            return response
        } catch {
            if Task.isCancelled { throw ClientFailure.cancelled }
            if let failure = watch.failure { throw failure }
            switch error {
            case HTTPParserError.invalidEOFState: throw ClientFailure.closedEarly
            case is HTTPParserError, is EventReader.Failure: throw ClientFailure.malformedResponse
            case is ChannelError, is IOError: throw ClientFailure.closedEarly
            default: throw error
            }
        }
    }

    private enum StreamEnd {
        case response(ClientResponse)
        case closedEarly
    }

    /// - Returns: `nil` at the end of the events.
    private func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, _ request: ClientRequest,
        _ each: (ServerSentEvent) async throws -> Void
    ) async throws -> StreamEnd? {
        var head: HTTPResponseHead?
        var isStream = false
        var body: [UInt8] = []
        var reader = EventReader(limit: request.responseLimit)
        for try await part in inbound {
            switch part {
            case .head(let received):
                head = received
                let type = received.headers.first(name: "content-type") ?? ""
                isStream = received.status == .ok && type.hasPrefix("text/event-stream")
            case .body(let bytes) where isStream:
                for event in try reader.read(bytes.readableBytesView) { try await each(event) }
            case .body(let bytes):
                guard body.count + bytes.readableBytes <= request.responseLimit else {
                    throw ClientFailure.responseTooLarge
                }
                body.append(contentsOf: bytes.readableBytesView)
            case .end:
                guard let head, !isStream else { return nil }
                let headers = HeaderFields(head.headers.map { ($0.name, $0.value) })
                return .response(ClientResponse(status: Int(head.status.code), headers: headers, body: body))
            }
        }
        try Task.checkCancellation()
        return .closedEarly
    }

    private func head(of request: ClientRequest) -> HTTPRequestHead {
        var fields = HTTPHeaders([("host", request.origin.authority), ("accept", "text/event-stream")])
        for field in request.headers.fields { fields.add(name: field.name, value: field.value) }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.target, headers: fields)
    }

    private func openStream(
        _ request: ClientRequest, quiet: Duration, _ watch: QuietWatch
    ) async throws(ClientFailure) -> NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart> {
        let (origin, tls) = (request.origin, tls)
        let bootstrap = ClientBootstrap(group: group).connectTimeout(TimeAmount(configuration.connectTimeout))
        let setUp: @Sendable (any Channel) -> EventLoopFuture<
            NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
        > = { channel in
            channel.eventLoop.makeCompletedFuture {
                try ClientConnection.addProtocols(to: channel, origin: origin, tls: tls)
                let idle = IdleStateHandler(readTimeout: TimeAmount(quiet))
                try channel.pipeline.syncOperations.addHandlers([idle, QuietHandler(watch)])
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
        do {
            switch origin.transport {
            case .tls(let host, let port), .plain(let host, let port):
                return try await bootstrap.connect(host: host, port: port, channelInitializer: setUp)
            case .unixSocket(let path):
                return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: setUp)
            }
        } catch {
            throw ClientFailure(connecting: error) ?? .unreachable
        }
    }
}

/// Why a stream's connection was closed by us.
private final class QuietWatch: Sendable {
    private let isQuiet = Atomic<Bool>(false)

    var failure: ClientFailure? { isQuiet.load(ordering: .relaxed) ? .timedOut : nil }
    func closedForQuiet() { isQuiet.store(true, ordering: .relaxed) }
}

/// Closes a connection on which nothing was read for too long.
private final class QuietHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    private let watch: QuietWatch

    init(_ watch: QuietWatch) { self.watch = watch }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        watch.closedForQuiet()
        context.close(promise: nil)
    }
}
