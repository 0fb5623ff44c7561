import HTTPEdge
import Vocabulary

extension ListenerAddress {
    /// Reads `host:port`, `[::1]:port` or `unix:/path`; with a certificate and its key it speaks TLS.
    ///
    /// - Throws: `configurationInvalid`.
    init(_ text: String, certificate: String?, certificateKey: String?) throws(Problem) {
        if text.hasPrefix("unix:/") {
            self = .unixSocket(path: String(text.dropFirst("unix:".count)))
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw Problem(
                .configurationInvalid, "The address to listen on is not valid.",
                hint: "Write 127.0.0.1:7400, [::1]:7400 or unix:/run/counterfoil/gateway.sock.")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        switch (certificate, certificateKey) {
        case (nil, nil): self = .loopback(host: String(host), port: Int(port))
        case (let certificate?, let key?):
            let files = TLSFiles(certificateChain: certificate, privateKey: key)
            self = .tls(host: String(host), port: Int(port), files: files)
        case (nil, _?), (_?, nil):
            throw Problem(
                .configurationInvalid, "A certificate and its key are given together or not at all.",
                hint: "Give certificate and certificateKey, or neither for plain HTTP on loopback.")
        }
    }

    init(_ configuration: Configuration, listen: ConfigurationKey) throws(Problem) {
        try self.init(
            try configuration.required(listen), certificate: configuration.optional(.certificate),
            certificateKey: configuration.optional(.certificateKey))
    }

    /// The address as callers write it.
    func origin(bound: BoundAddress) -> String {
        switch bound {
        case .unixSocket(let path): return "unix:\(path)"
        case .tcp(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            if case .tls = self { return "https://\(name):\(port)" }
            return "http://\(name):\(port)"
        }
    }
}
