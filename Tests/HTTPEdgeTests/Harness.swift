import HTTPEdge
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization
import Vocabulary

/// A listener on a port of the system's choice, with a client for it; gone when the closure returns.
struct Harness: Sendable {
    static let noon = Instant(seconds: 1_790_000_000)

    let listener: Listener
    let client: HTTPClient
    let origin: Origin
    let registry: MetricsRegistry
    let lines: LogLines

    func get(_ target: String) async throws -> ClientResponse {
        try await client.send(ClientRequest("GET", origin, target))
    }

    func post(_ target: String, _ body: [UInt8], type: String = "application/json") async throws -> ClientResponse {
        try await client.send(ClientRequest("POST", origin, target, headers: ["content-type": type], body: body))
    }

    static func run<Result>(
        _ routes: [Route], limits: ListenerLimits = ListenerLimits(), address: ListenerAddress = .any,
        client: HTTPClient? = nil, _ body: (Harness) async throws -> Result
    ) async throws -> Result {
        let registry = MetricsRegistry()
        let lines = LogLines()
        let logger = lines.logger
        var configuration = Listener.Configuration(name: "test", address: address)
        configuration.limits = limits
        let responder = Responder(routes: routes, registry: registry, logger: logger) { noon }
        let listener = try Listener(configuration, responder: responder, registry: registry, logger: logger)
        let client = try client ?? HTTPClient()
        let serving = Task { try await listener.run() }
        do {
            let origin = try Origin(url(of: try await listener.address, isTLS: address.isTLS))
            let harness = Harness(
                listener: listener, client: client, origin: origin, registry: registry, lines: lines)
            let result = try await body(harness)
            client.shutDown()
            serving.cancel()
            try await serving.value
            return result
        } catch {
            serving.cancel()
            throw error
        }
    }

    static func url(of address: BoundAddress, isTLS: Bool) -> String {
        switch address {
        case .tcp(let host, let port): isTLS ? "https://localhost:\(port)" : "http://\(host):\(port)"
        case .unixSocket(let path): "unix:\(path)"
        }
    }
}

extension ListenerAddress {
    static let any = ListenerAddress.loopback(host: "127.0.0.1", port: 0)
    var isTLS: Bool { if case .tls = self { true } else { false } }
}

/// What a logger wrote, line by line.
final class LogLines: Sendable {
    private let text = Mutex<[String]>([])

    var all: [String] { text.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { label in
            JSONLogHandler(label: label, now: { Harness.noon }) { line in
                self.text.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
        }
    }
}

/// A gate that tests hold closed and open: what waits at it is known to be waiting.
final class Gate: Sendable {
    private let arrivals = AsyncStream<Void>.makeStream()
    private let opening = AsyncStream<Void>.makeStream()

    /// Called by what is to be held.
    func pass() async {
        arrivals.continuation.yield()
        for await _ in opening.stream { return }
    }

    func untilSomebodyWaits() async {
        for await _ in arrivals.stream { return }
    }

    func open() { opening.continuation.finish() }
}

/// A connection that sends any bytes and reads what comes until the other side closes.
struct RawConnection: Sendable {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func open(port: Int) async throws -> RawConnection {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return RawConnection(channel: channel)
    }

    /// Sends, and returns everything received by the time the other side has closed.
    func exchange(_ texts: String...) async throws -> String {
        try await channel.executeThenClose { inbound, outbound in
            var received = ""
            do {
                for text in texts { try await outbound.write(ByteBuffer(string: text)) }
                for try await part in inbound { received += String(buffer: part) }
            } catch is IOError {
                // A reset is a close too.
            } catch ChannelError.ioOnClosedChannel {
                // Closed before it was written to.
            }
            return received
        }
    }
}

/// A server that is not ours: takes connections and does with each what the test says.
final class RawServer: Sendable {
    let port: Int
    private let channel: any Channel

    /// - Parameters:
    ///   - answer: what the nth chunk of bytes on the nth connection is answered with; `nil` closes.
    ///   - reading: is shown every chunk first.
    init(
        reading: @escaping @Sendable (String) -> Void = { _ in },
        _ answer: @escaping @Sendable (_ connection: Int, _ chunk: Int) -> Answer
    ) async throws {
        let count = Mutex(0)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                let number = count.withLock { count -> Int in
                    count += 1
                    return count
                }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AnsweringHandler(connection: number, reading: reading, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    enum Answer: Sendable {
        case silence, close
        case bytes(String)
    }

    func close() async throws { try await channel.close() }

    private final class AnsweringHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let connection: Int
        private let reading: @Sendable (String) -> Void
        private let answer: @Sendable (Int, Int) -> Answer
        private var chunk = 0

        init(
            connection: Int, reading: @escaping @Sendable (String) -> Void,
            answer: @escaping @Sendable (Int, Int) -> Answer
        ) {
            (self.connection, self.reading, self.answer) = (connection, reading, answer)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            chunk += 1
            reading(String(buffer: unwrapInboundIn(data)))
            switch answer(connection, chunk) {
            case .silence: return
            case .close: context.close(promise: nil)
            case .bytes(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            }
        }
    }
}

/// A connection that sends once and reads nothing.
struct SilentCaller: Sendable {
    private let channel: any Channel

    static func open(port: Int, _ text: String) async throws -> SilentCaller {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        return SilentCaller(channel: channel)
    }

    func close() async throws { try await channel.close() }
}
