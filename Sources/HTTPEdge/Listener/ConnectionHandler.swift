internal import NIOCore
internal import NIOHTTP1

/// One connection of a listener: reads a request within its limits, has it answered, writes the response.
///
/// NIO's pipeline handler in front of it holds back further requests until the response is out, and closes the
/// connection after it when the listener shuts down. Everything here runs on the connection's event loop; only the
/// route's handler does not.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let responder: Responder
    private let limits: ListenerLimits
    private let streams: OpenStreams
    private var reader: RequestReader
    private var deadline: ConnectionDeadline
    /// Counts requests, so that what completes late knows whether it still speaks of the current one.
    private var requestNumber = 0
    private var keepsAlive = true
    private var version = HTTPVersion.http1_1
    /// Made once a connection; it holds the handler, so it goes when the handler does.
    private var expiry: @Sendable () -> Void = {}
    /// The response that is being streamed.
    private var sender: StreamSender?
    private var isDraining = false

    init(
        responder: Responder, limits: ListenerLimits, bodyBytes: BodyBytes, streams: OpenStreams, channel: any Channel
    ) {
        (self.responder, self.limits, self.streams) = (responder, limits, streams)
        reader = RequestReader(
            responder: responder, bodyBytes: bodyBytes, remote: channel.remoteAddress?.ipAddress ?? "")
        deadline = ConnectionDeadline(on: channel.eventLoop)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let place = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        expiry = { place.value.handler.expire(place.value.context) }
        wait(limits.headerDeadline)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline.cancel()
        expiry = {}
        stopStreaming()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is StreamShouldEnd else { return context.fireUserInboundEventTriggered(event) }
        isDraining = true
        sender?.end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline.cancel()
        stopStreaming()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            requestNumber += 1
            keepsAlive = head.isKeepAlive
            version = head.version
            wait(limits.bodyDeadline)
            perform(reader.read(head), context)
        case .body(let part): perform(reader.read(part), context)
        case .end: perform(reader.readEnd(), context)
        }
    }

    private func perform(_ action: RequestReader.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .none: return
        case .sayContinue:
            let head = HTTPResponseHead(version: version, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        case .respond(let request, let route, let share): answer(request, route, share, context)
        case .refuse(let response, let route, let received):
            responder.recordRefusal(response, route: route, received: received)
            write(response, context)
        case .refuseAndClose(let response, let route, let received):
            responder.recordRefusal(response, route: route, received: received)
            keepsAlive = false
            write(response, context)
        }
    }

    private func answer(
        _ request: EdgeRequest, _ route: Int, _ share: BodyShare?, _ context: ChannelHandlerContext
    ) {
        deadline.clear()
        let loop = context.eventLoop
        let place = NIOLoopBound((handler: self, context: context), eventLoop: loop)
        Task { [responder] in
            let response = await responder.respond(to: request, route: route)
            // Not before, also if the connection is gone by now: the route's handler had the body.
            share?.giveBack()
            loop.execute {
                if let stream = response.stream {
                    place.value.handler.write(response, stream, route, place.value.context)
                } else {
                    place.value.handler.write(response, place.value.context)
                }
            }
        }
    }

    private func write(
        _ response: EdgeResponse, _ stream: EdgeStream, _ route: Int, _ context: ChannelHandlerContext
    ) {
        guard context.channel.isActive else { return }
        guard streams.enter() else { return write(responder.tooManyStreams, context) }
        // Its end is the connection's: nothing else tells a reader that there is no more.
        keepsAlive = false
        let head = HTTPResponseHead(
            version: version, status: HTTPResponseStatus(statusCode: response.status), headers: fields(of: response))
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        let place = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let connection = StreamSender.Connection(
            write: { chunk, written in
                let (handler, context) = place.value
                context.writeAndFlush(handler.wrapOutboundOut(.body(.byteBuffer(chunk))), promise: written)
            },
            end: {
                let (handler, context) = place.value
                handler.wait(handler.limits.responseDeadline)
                handler.stopStreaming()
                handler.writeEnd(context)
            },
            cut: { place.value.context.close(promise: nil) })
        let sender = StreamSender(limits: limits, on: context.eventLoop, connection: connection)
        self.sender = sender
        sender.start(stream) { [responder] error in responder.recordBrokenStream(error, route: route) }
        if isDraining { sender.end() }
    }

    private func stopStreaming() {
        guard let sender else { return }
        sender.stop()
        self.sender = nil
        streams.leave()
    }

    private func write(_ response: EdgeResponse, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        wait(limits.responseDeadline)
        let head = HTTPResponseHead(
            version: version, status: HTTPResponseStatus(statusCode: response.status), headers: fields(of: response))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !response.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        writeEnd(context)
    }

    private func writeEnd(_ context: ChannelHandlerContext) {
        let written = context.eventLoop.makePromise(of: Void.self)
        let place = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        written.futureResult.whenSuccess { [requestNumber, keepsAlive] in
            place.value.handler.finish(requestNumber, keepsAlive: keepsAlive, place.value.context)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    private func fields(of response: EdgeResponse) -> HTTPHeaders {
        var fields = HTTPHeaders()
        fields.reserveCapacity(4 + response.headers.fields.count)
        fields.add(name: "content-type", value: response.contentType)
        if response.stream == nil { fields.add(name: "content-length", value: String(response.body.count)) }
        for field in response.headers.fields { fields.add(name: field.name, value: field.value) }
        if response.headers["cache-control"] == nil { fields.add(name: "cache-control", value: "no-store") }
        if !keepsAlive { fields.add(name: "connection", value: "close") }
        return fields
    }

    /// After the last byte: wait for the next request, or close. A caller that is still sending gets a moment to read
    /// its refusal: closing at once would reset the connection under it (RFC 9112 §9.6).
    private func finish(_ number: Int, keepsAlive: Bool, _ context: ChannelHandlerContext) {
        if keepsAlive {
            if number == requestNumber { wait(limits.idleTimeout) }
        } else if reader.isWaitingForHead {
            context.close(promise: nil)
        } else {
            context.close(mode: .output, promise: nil)
            wait(limits.lingering)
        }
    }

    private func wait(_ duration: Duration) { deadline.set(duration, fire: expiry) }

    private func expire(_ context: ChannelHandlerContext) {
        if deadline.hasPassed(rearming: expiry) { context.close(promise: nil) }
    }
}
