package import Vocabulary

/// Where a service is reached: `https://host[:port]`, or `http://` on the loopback interface alone.
package struct ServiceURL: Hashable, Sendable, CustomStringConvertible {
    package let isTLS: Bool
    package let host: String
    package let port: Int

    /// - Throws: `malformed` for user names, paths, queries, other schemes, and plain HTTP off the loopback interface.
    package init(_ text: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("an address is written as https://host:port, without a path")
        guard text.utf8.count <= 300, let separator = text.firstRange(of: "://") else { throw wrong }
        switch text[..<separator.lowerBound] {
        case "https": isTLS = true
        case "http": isTLS = false
        default: throw wrong
        }
        let authority = text[separator.upperBound...]
        let portColon = authority.hasPrefix("[")
            ? authority.firstRange(of: "]:")?.upperBound : authority.firstIndex(of: ":").map(authority.index(after:))
        if let portColon {
            guard let number = UInt16(authority[portColon...]), number > 0 else { throw wrong }
            port = Int(number)
            host = String(authority[..<authority.index(before: portColon)])
        } else {
            port = isTLS ? 443 : 80
            host = String(authority)
        }
        guard Self.isHost(host) else { throw wrong }
        guard isTLS || isLoopback else { throw .malformed("plain http is for the loopback interface only") }
    }

    package var isLoopback: Bool { ["127.0.0.1", "localhost", "[::1]"].contains(host) }

    package var description: String {
        let standard = isTLS ? 443 : 80
        return "\(isTLS ? "https" : "http")://\(host)\(port == standard ? "" : ":\(port)")"
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            return host.dropFirst().dropLast().utf8.allSatisfy { $0 == UInt8(ascii: ":") || isHexDigit($0) }
                && host.utf8.count > 3
        }
        return !host.isEmpty && host.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte) }
}
