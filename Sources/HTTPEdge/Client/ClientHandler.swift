internal import NIOCore
internal import NIOHTTP1

/// One kept connection's half of an exchange: writes a request, collects the response, keeps the deadline.
///
/// It lives on its connection's event loop. There is one exchange at a time; the pool sees to that.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// A finished exchange, and whether the connection may carry another.
    struct Outcome: Sendable {
        let result: Result<ClientResponse, ClientFailure>
        let isReusable: Bool
    }

    struct Exchange {
        let request: ClientRequest
        let isReused: Bool
        let complete: (Outcome) -> Void
    }

    private enum State {
        case idle
        case awaitingHead(Exchange)
        case reading(Exchange, HTTPResponseHead, body: [UInt8])
        case closed(ClientFailure?)
    }

    private var state = State.idle
    private var deadline: ConnectionDeadline
    private var expiry: @Sendable () -> Void = {}
    private var failure: ClientFailure?
    /// The handler's place in its connection, while it is there.
    private var context: ChannelHandlerContext?

    init(on eventLoop: any EventLoop) { deadline = ConnectionDeadline(on: eventLoop) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let place = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        expiry = { place.value.handler.expire(place.value.context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline.cancel()
        expiry = {}
        self.context = nil
        close(with: failure)
    }

    func start(_ exchange: Exchange, before due: NIODeadline) {
        guard case .idle = state, let context, context.channel.isActive else {
            let failure = failure ?? .closedBeforeResponse(reused: exchange.isReused)
            return exchange.complete(Outcome(result: .failure(failure), isReusable: false))
        }
        state = .awaitingHead(exchange)
        deadline.set(at: due, fire: expiry)
        write(exchange.request, context)
    }

    private func write(_ request: ClientRequest, _ context: ChannelHandlerContext) {
        var fields = HTTPHeaders()
        fields.reserveCapacity(2 + request.headers.fields.count)
        fields.add(name: "host", value: request.origin.authority)
        for field in request.headers.fields { fields.add(name: field.name, value: field.value) }
        if !request.body.isEmpty || request.method != "GET" {
            fields.add(name: "content-length", value: String(request.body.count))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.target, headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !request.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: request.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .awaitingHead(let exchange)):
            state = .reading(exchange, head, body: [])
        case (.body(let part), .reading(let exchange, let head, var body)):
            state = .idle
            guard body.count + part.readableBytes <= exchange.request.responseLimit else {
                state = .reading(exchange, head, body: [])
                return fail(.responseTooLarge, context)
            }
            body.append(contentsOf: part.readableBytesView)
            state = .reading(exchange, head, body: body)
        case (.end, .reading(let exchange, let head, let body)):
            state = .idle
            deadline.clear()
            let response = ClientResponse(
                status: Int(head.status.code), headers: HeaderFields(head.headers.map { ($0.name, $0.value) }),
                body: body)
            if !head.isKeepAlive { context.close(promise: nil) }
            exchange.complete(Outcome(result: .success(response), isReusable: head.isKeepAlive))
        default:
            fail(.malformedResponse, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline.cancel()
        close(with: failure)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(ClientFailure(connecting: error) ?? .malformedResponse, context)
    }

    private func expire(_ context: ChannelHandlerContext) {
        if deadline.hasPassed(rearming: expiry) { fail(.timedOut, context) }
    }

    private func fail(_ failure: ClientFailure, _ context: ChannelHandlerContext) {
        if self.failure == nil { self.failure = failure }
        close(with: failure)
        context.close(promise: nil)
    }

    private func close(with failure: ClientFailure?) {
        let before = state
        state = .closed(failure)
        switch before {
        case .idle, .closed: return
        case .awaitingHead(let exchange):
            let failure = failure ?? .closedBeforeResponse(reused: exchange.isReused)
            exchange.complete(Outcome(result: .failure(failure), isReusable: false))
        case .reading(let exchange, _, _):
            exchange.complete(Outcome(result: .failure(failure ?? .closedEarly), isReusable: false))
        }
    }
}
