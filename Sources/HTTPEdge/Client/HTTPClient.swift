package import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
package import Vocabulary

/// A small HTTP/1.1 client: kept connections for each origin, a deadline on every request, certificates always checked.
package final class HTTPClient: Sendable {
    package struct Configuration: Sendable {
        /// A PEM file of the authorities to trust; the system's where it is `nil`.
        package var authoritiesFile: String?
        package var connectTimeout: Duration = .seconds(5)
        /// Connections to one origin at once; further requests wait their turn.
        package var connectionsPerOrigin = 64
        /// How long an idle connection is kept: less than our listeners' idle timeout.
        package var keptFor: Duration = .seconds(45)

        package init() {}
    }

    let configuration: Configuration
    let group: any EventLoopGroup
    let tls: NIOSSLContext
    private let pools = Mutex<[Origin: ConnectionPool]>([:])

    /// - Throws: `configurationInvalid` for a file of authorities that cannot be used.
    package init(
        _ configuration: Configuration = Configuration(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) throws(Problem) {
        (self.configuration, self.group) = (configuration, group)
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv13
        settings.applicationProtocols = ["http/1.1"]
        if let file = configuration.authoritiesFile { settings.trustRoots = .file(file) }
        do {
            tls = try NIOSSLContext(configuration: settings)
        } catch {
            throw Problem(
                .configurationInvalid, "The file of certificate authorities cannot be used.",
                hint: "It holds one or more certificates in PEM form.")
        }
    }

    /// Sends a request and reads its whole response, of whatever status.
    package func send(_ request: ClientRequest) async throws(ClientFailure) -> ClientResponse {
        let due = NIODeadline.now() + TimeAmount(request.timeout)
        do {
            return try await attempt(request, isFresh: false, before: due)
        } catch .closedBeforeResponse(reused: true) where request.isIdempotent {
            return try await attempt(request, isFresh: true, before: due)
        }
    }

    /// One try. - Parameter isFresh: whether to use a connection that carried nothing before.
    func attempt(
        _ request: ClientRequest, isFresh: Bool, before due: NIODeadline
    ) async throws(ClientFailure) -> ClientResponse {
        let pool = pool(for: request.origin)
        let connection: ClientConnection
        let isReused: Bool
        switch try await pool.take(isFresh: isFresh, before: due) {
        case .reuse(let kept): (connection, isReused) = (kept, true)
        case .connect: (connection, isReused) = (try await connect(to: request.origin, pool: pool, before: due), false)
        }
        let outcome = await connection.send(request, isReused: isReused, before: due)
        if outcome.isReusable { pool.giveBack(connection) }
        if case .failure = outcome.result, Task.isCancelled { throw .cancelled }
        return try outcome.result.get()
    }

    private func connect(
        to origin: Origin, pool: ConnectionPool, before due: NIODeadline
    ) async throws(ClientFailure) -> ClientConnection {
        let timeout = max(.nanoseconds(1), min(TimeAmount(configuration.connectTimeout), due - .now()))
        do {
            let connection = try await ClientConnection.connect(to: origin, tls: tls, timeout: timeout, group: group)
            pool.watch(connection)
            return connection
        } catch {
            pool.connectFailed()
            throw error
        }
    }

    private func pool(for origin: Origin) -> ConnectionPool {
        pools.withLock { pools in
            if let pool = pools[origin] { return pool }
            let pool = ConnectionPool(
                limit: configuration.connectionsPerOrigin, keptFor: TimeAmount(configuration.keptFor), group: group)
            pools[origin] = pool
            return pool
        }
    }

    /// Closes what is idle and refuses further requests to the origins used so far; requests at work finish.
    package func shutDown() {
        for pool in pools.withLock({ Array($0.values) }) { pool.shutDown() }
    }
}
