internal import Logging
internal import Vocabulary

/// One line a request: its route's name and outcome. Never the path, the query, a header or the caller's address.
struct RequestLog: Sendable {
    struct Entry: Sendable {
        let route: String
        let status: Int
        let error: ErrorCode?
        let duration: Duration
        let received: Int
        let sent: Int
        let member: MemberID?
    }

    let logger: Logger

    func record(_ entry: Entry) {
        guard logger.logLevel <= .info else { return }
        var metadata: Logger.Metadata = [
            "route": .string(entry.route), "status": .stringConvertible(entry.status),
            "ms": .string(milliseconds(entry.duration)), "in": .stringConvertible(entry.received),
            "out": .stringConvertible(entry.sent),
        ]
        if let error = entry.error { metadata["error"] = .string(error.rawValue) }
        if let member = entry.member { metadata["member"] = .string(member.name) }
        logger.info("request", metadata: metadata)
    }

    /// The type's name alone: an error's text may hold what it failed on.
    func unexpected(_ error: any Error, route: String) {
        logger.error(
            "unexpected error",
            metadata: ["route": .string(route), "type": .string(String(reflecting: type(of: error)))])
    }

    /// Milliseconds with three decimals, in whole numbers all the way.
    private func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let fraction = String(microseconds % 1000 + 1000).dropFirst()
        return "\(microseconds / 1000).\(fraction)"
    }
}
