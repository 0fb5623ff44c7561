internal import NIOCore

/// A streamed body on its way out: has a chunk made, writes it, and only then has the next one made.
///
/// It lives on its connection's event loop. The chunks are made by a task of their own, which is cancelled as soon as
/// nobody wants them any more.
final class StreamSender {
    /// What the connection does for it.
    struct Connection {
        let write: (ByteBuffer, EventLoopPromise<Void>) -> Void
        /// Ends the response.
        let end: () -> Void
        /// Closes the connection in the middle of the response.
        let cut: () -> Void
    }

    private let eventLoop: any EventLoop
    private let limits: ListenerLimits
    private let connection: Connection
    private let endsAt: NIODeadline
    private var deadline: ConnectionDeadline
    /// Chunks and comments that are going out, and when the first of them has to be out.
    private var outgoing = 0
    private var chunkDue: NIODeadline?
    private var keepAliveDue: NIODeadline
    private var task: Task<Void, Never>?
    private var isOver = false
    private var expiry: @Sendable () -> Void = {}

    init(limits: ListenerLimits, on eventLoop: any EventLoop, connection: Connection) {
        (self.limits, self.eventLoop, self.connection) = (limits, eventLoop, connection)
        deadline = ConnectionDeadline(on: eventLoop)
        endsAt = .now() + TimeAmount(limits.streamDuration)
        keepAliveDue = .now() + TimeAmount(limits.streamKeepAlive)
    }

    /// - Parameter failed: told of an error that ended the stream, on any thread.
    func start(_ stream: EdgeStream, failed: @escaping @Sendable (any Error) -> Void) {
        let place = NIOLoopBound(self, eventLoop: eventLoop)
        expiry = { place.value.expire() }
        task = Task { [eventLoop] in
            do {
                try await stream.run { chunk in
                    await withCheckedContinuation { continuation in
                        eventLoop.execute {
                            place.value.write(ByteBuffer(bytes: chunk)) { continuation.resume(returning: $0) }
                        }
                    }
                }
            } catch is CancellationError {
                // Nobody waits for it any more.
            } catch { failed(error) }
            eventLoop.execute { place.value.end() }
        }
        arm()
    }

    /// - Parameter done: told whether the next chunk is wanted, once this one is out.
    private func write(_ chunk: ByteBuffer, done: @escaping @Sendable (Bool) -> Void) {
        guard !isOver else { return done(false) }
        outgoing += 1
        if outgoing == 1 { chunkDue = .now() + TimeAmount(limits.streamChunkDeadline) }
        arm()
        let written = eventLoop.makePromise(of: Void.self)
        let place = NIOLoopBound(self, eventLoop: eventLoop)
        written.futureResult.whenComplete { result in
            place.value.wrote(result)
            done(!place.value.isOver)
        }
        connection.write(chunk, written)
    }

    private func wrote(_ result: Result<Void, any Error>) {
        outgoing -= 1
        if case .failure = result { stop() }
        guard !isOver else { return }
        chunkDue = outgoing == 0 ? nil : .now() + TimeAmount(limits.streamChunkDeadline)
        keepAliveDue = .now() + TimeAmount(limits.streamKeepAlive)
        arm()
    }

    /// Ends the response, after what is going out: the stream is over, or the listener drains.
    func end() {
        guard !isOver else { return }
        stop()
        connection.end()
    }

    /// The caller has left, or is cut off: no more chunks are made.
    func stop() {
        isOver = true
        task?.cancel()
        deadline.cancel()
        expiry = {}
    }

    private func arm() {
        deadline.set(at: min(endsAt, chunkDue ?? keepAliveDue), fire: expiry)
    }

    private func expire() {
        guard !isOver, deadline.hasPassed(rearming: expiry) else { return }
        let now = NIODeadline.now()
        if let chunkDue, chunkDue <= now {
            stop()
            connection.cut()
        } else if endsAt <= now {
            end()
        } else if chunkDue == nil {
            write(ByteBuffer(bytes: ServerSentEvent.keepAlive)) { _ in }
        } else {
            arm()
        }
    }
}

/// Told to a connection when its listener drains: a streamed response ends now.
struct StreamShouldEnd: Sendable {}
