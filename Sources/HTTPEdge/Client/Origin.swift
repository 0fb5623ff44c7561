package import Vocabulary

/// A service's address as a client is given it: `https://host:port`, `http://` on loopback, or `unix:/path`.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    enum Transport: Hashable, Sendable {
        case tls(host: String, port: Int)
        case plain(host: String, port: Int)
        case unixSocket(path: String)
    }

    let transport: Transport

    /// What the `Host` field says and signatures cover: the port only where it is not the scheme's own.
    package let authority: String

    /// - Throws: `configurationInvalid` for another form, a path, or plain HTTP to another machine.
    package init(_ text: String) throws(Problem) {
        if text.hasPrefix("unix:/") {
            transport = .unixSocket(path: String(text.dropFirst("unix:".count)))
            authority = "localhost"
            return
        }
        let isTLS = text.hasPrefix("https://")
        guard isTLS || text.hasPrefix("http://") else { throw Self.malformed }
        var rest = text.dropFirst(isTLS ? "https://".count : "http://".count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let (host, explicitPort) = try Self.hostAndPort(rest)
        let standardPort = isTLS ? 443 : 80
        let port = explicitPort ?? standardPort
        guard isTLS || isLoopback(host) else {
            throw Problem(
                .configurationInvalid, "Plain HTTP is spoken to this machine only.", hint: "Use an https:// address.")
        }
        transport = isTLS ? .tls(host: host, port: port) : .plain(host: numericHost(host), port: port)
        let name = host.contains(":") ? "[\(host)]" : host.lowercased()
        authority = port == standardPort ? name : "\(name):\(port)"
    }

    package var description: String {
        switch transport {
        case .tls: "https://\(authority)"
        case .plain: "http://\(authority)"
        case .unixSocket(let path): "unix:\(path)"
        }
    }

    private static let malformed = Problem(
        .configurationInvalid, "A service's address is not of the form https://host:port.")

    private static func hostAndPort(_ text: Substring) throws(Problem) -> (String, Int?) {
        let isAllowed = text.utf8.allSatisfy { (33...126).contains($0) } && !text.contains { "/?#@".contains($0) }
        guard isAllowed, !text.isEmpty else { throw malformed }
        var host = text
        var port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw malformed }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty else { throw malformed }
        guard let port else { return (String(host), nil) }
        guard let number = Int(port), (1...65_535).contains(number) else { throw malformed }
        return (String(host), number)
    }
}
