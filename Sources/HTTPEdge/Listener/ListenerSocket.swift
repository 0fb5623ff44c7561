#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import NIOCore
internal import NIOPosix
internal import Vocabulary

/// Binds a listener's address; Unix sockets with their permissions set before anybody can connect.
enum ListenerSocket {
    static func bind(_ address: ListenerAddress, bootstrap: ServerBootstrap) async throws -> any Channel {
        do {
            switch address {
            case .tls(let host, let port, _), .loopback(let host, let port):
                return try await bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                    .bind(host: numericHost(host), port: port).get()
            case .unixSocket(let path):
                try await makeWay(for: path)
                return try await bootstrap.withBoundSocket(boundSocket(path)).get()
            }
        } catch let error as IOError {
            throw Problem(
                .configurationInvalid, "The listener's address cannot be bound (system error \(error.errnoCode)).",
                hint: "Another process may be using it.")
        }
    }

    static func boundAddress(of channel: any Channel, configured: ListenerAddress) -> BoundAddress {
        switch configured {
        case .tls(let host, let port, _), .loopback(let host, let port):
            .tcp(host: numericHost(host), port: channel.localAddress?.port ?? port)
        case .unixSocket(let path): .unixSocket(path: path)
        }
    }

    static func remove(_ path: String) { unlink(path) }

    /// Takes away the socket file of a process that is gone; refuses what is no socket or is still answered.
    private static func makeWay(for path: String) async throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Problem(.configurationInvalid, "Where the socket is to be, there is a file that is no socket.")
        }
        let probe = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        if let channel = try? await probe.connect(unixDomainSocketPath: path).get() {
            channel.close(promise: nil)
            throw Problem(.configurationInvalid, "Another process is listening on this socket.")
        }
        unlink(path)
    }

    /// A socket bound to the path, owner-only. Nobody can connect before it listens, which it does not yet.
    private static func boundSocket(_ path: String) throws -> CInt {
        let address = try SocketAddress(unixDomainSocketPath: path)
        #if canImport(Glibc)
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        let isBound = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) == 0 }
        guard isBound, chmod(path, 0o600) == 0 else {
            let code = errno
            close(descriptor)
            throw IOError(errnoCode: code, reason: "bind")
        }
        return descriptor
    }
}
