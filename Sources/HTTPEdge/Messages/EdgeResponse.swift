package import Vocabulary

/// A response as routes make it.
package struct EdgeResponse: Sendable, Equatable {
    package var status: Int
    package var contentType: String
    package var headers: HeaderFields
    package var body: [UInt8]
    /// What follows in place of `body`, without a length told beforehand; the connection ends with it.
    package var stream: EdgeStream?
    /// The error it reports, for metrics and the request log.
    package let errorCode: ErrorCode?

    package init(status: Int = 200, contentType: String, headers: HeaderFields = [:], body: [UInt8]) {
        (self.status, self.contentType, self.headers, self.body) = (status, contentType, headers, body)
        errorCode = nil
    }

    /// An `application/problem+json` response (RFC 9457). `now` tells a caller with a wrong clock the right time.
    package init(_ problem: Problem, now: Instant, headers: HeaderFields = [:]) {
        status = problem.code.status
        contentType = "application/problem+json"
        self.headers = headers
        body = problem.json(now: now).bytes
        errorCode = problem.code
    }

    package static func json(_ json: JSON, status: Int = 200) -> EdgeResponse {
        EdgeResponse(status: status, contentType: "application/json", body: json.bytes)
    }

    /// Server-sent events (WHATWG HTML §9.2): chunks hold whole events.
    package static func events(_ stream: EdgeStream) -> EdgeResponse {
        var response = EdgeResponse(contentType: ServerSentEvent.contentType, body: [])
        response.stream = stream
        return response
    }

    package static func text(_ text: String, status: Int = 200) -> EdgeResponse {
        EdgeResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}
