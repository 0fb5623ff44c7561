internal import NIOCore
internal import Vocabulary

/// Where a listener takes connections, and whether it speaks TLS there.
package enum ListenerAddress: Sendable, Equatable {
    /// HTTPS. Port 0 lets the system choose.
    case tls(host: String, port: Int, files: TLSFiles)
    /// Plain HTTP, on a loopback address only.
    case loopback(host: String, port: Int)
    /// Plain HTTP on a Unix socket that its owner alone may open.
    case unixSocket(path: String)

    /// - Throws: `configurationInvalid` for plain HTTP on an address that other machines reach.
    func checked() throws(Problem) {
        guard case .loopback(let host, _) = self, !isLoopback(host) else { return }
        throw Problem(
            .configurationInvalid, "Plain HTTP is served on a loopback address only.",
            hint: "Name a certificate and its key, or listen on 127.0.0.1.")
    }
}

/// Where a listener was bound.
package enum BoundAddress: Sendable, Equatable {
    case tcp(host: String, port: Int)
    case unixSocket(path: String)

    package var port: Int? { if case .tcp(_, let port) = self { port } else { nil } }
}

/// Whether only this machine reaches the address: 127.0.0.0/8, ::1, or the name `localhost`.
func isLoopback(_ host: String) -> Bool {
    if host == "localhost" { return true }
    switch try? SocketAddress(ipAddress: host, port: 0) {
    case .v4: return host.hasPrefix("127.")
    case .v6(let address): return address.host == "::1" || host == "::1"
    default: return false
    }
}

/// `localhost` as the address it stands for, so that no resolver decides where a listener is bound.
func numericHost(_ host: String) -> String { host == "localhost" ? "127.0.0.1" : host }
