package import Vocabulary

/// A request as a client sends it.
package struct ClientRequest: Sendable {
    package var origin: Origin
    package var method: String
    /// Path and query, percent-encoded, from the slash.
    package var target: String
    package var headers: HeaderFields
    package var body: [UInt8]
    /// Whether it may be sent a second time where the first may have arrived: then one retry is made, and only if a
    /// kept connection turned out to be closed before any byte of a response.
    package var isIdempotent: Bool
    /// From the call to the response's last byte.
    package var timeout: Duration = .seconds(30)
    package var responseLimit = 16 << 20

    package init(
        _ method: String, _ origin: Origin, _ target: String, headers: HeaderFields = [:], body: [UInt8] = [],
        isIdempotent: Bool? = nil
    ) {
        (self.method, self.origin, self.target) = (method, origin, target)
        (self.headers, self.body) = (headers, body)
        self.isIdempotent = isIdempotent ?? (method == "GET")
    }
}

/// A response read whole.
package struct ClientResponse: Sendable {
    package let status: Int
    package let headers: HeaderFields
    package let body: [UInt8]

    /// The response where its status is 2xx.
    ///
    /// - Parameter code: what an answer that is neither success nor problem details counts as.
    /// - Throws: the problem that the service reported.
    package func accepted(otherwise code: ErrorCode) throws(Problem) -> ClientResponse {
        if (200...299).contains(status) { return self }
        if let json = try? JSON(parsing: body), let problem = Problem(json: json) { throw problem }
        throw Problem(code, "The service answered with status \(status) and no explanation.")
    }
}

/// Why there is no response. It says nothing of what was sent.
package enum ClientFailure: Error, Equatable, Sendable {
    /// Nobody listens there.
    case refused
    /// The host is unknown or cannot be reached.
    case unreachable
    case connectTimedOut
    /// Connected (or waiting for a free connection), but no whole response in time.
    case timedOut
    /// The certificate is not trusted, not for this host, or the peer does not speak TLS as we do.
    case tlsFailed
    /// Closed before any byte of a response. The request may or may not have been acted on.
    case closedBeforeResponse(reused: Bool)
    /// Closed in the middle of a response.
    case closedEarly
    case responseTooLarge
    case malformedResponse
    case cancelled
    case shutDown

    /// - Parameters:
    ///   - code: `nodeUnavailable` or `custodianUnavailable`, as the caller knows whom it asked.
    ///   - party: who was asked, such as `custodian c1`; of the registry, never from a person.
    package func problem(_ code: ErrorCode, party: String) -> Problem {
        Problem(code, "The \(party) cannot be used: \(reason).", hint: hint)
    }

    private var reason: String {
        switch self {
        case .refused: "nothing listens at its address"
        case .unreachable: "its address cannot be reached"
        case .connectTimedOut: "no connection was made in time"
        case .timedOut: "it did not answer in time"
        case .tlsFailed: "its certificate was not accepted"
        case .closedBeforeResponse, .closedEarly: "it closed the connection before it had answered"
        case .responseTooLarge: "its answer is longer than is accepted"
        case .malformedResponse: "its answer is not HTTP"
        case .cancelled: "the request was cancelled"
        case .shutDown: "this process is shutting down"
        }
    }

    private var hint: String? {
        switch self {
        case .tlsFailed: "Check the CA file in the configuration and the name in the service's address."
        case .refused, .unreachable: "Check that the service runs and that the registry has its address."
        case .connectTimedOut, .timedOut, .closedBeforeResponse, .closedEarly, .responseTooLarge, .malformedResponse,
            .cancelled, .shutDown:
            nil
        }
    }
}
