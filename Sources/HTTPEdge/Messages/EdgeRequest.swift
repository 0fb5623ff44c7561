internal import Synchronization
package import Vocabulary

/// A request as routes see it: read whole, within its route's limit, and free of any HTTP library's types.
package struct EdgeRequest: Sendable {
    package let method: String
    /// The path as sent, percent-encoded, from its slash; what a signature covers (RFC 9421 §2.2.6).
    package let path: String
    /// What follows the question mark, as sent; empty where there is none.
    package let query: String
    /// The `Host` field, as sent.
    package let authority: String
    package let headers: HeaderFields
    package let body: [UInt8]
    /// The caller's address; empty on a Unix socket.
    package let remote: String
    /// What matched the route's `*`; empty for a route without one.
    package internal(set) var tail: String = ""
    /// What the request log may say of this request beside the route.
    package let notes = RequestNotes()

    package init(
        method: String, path: String, query: String = "", authority: String, headers: HeaderFields = [:],
        body: [UInt8] = [], remote: String = ""
    ) {
        (self.method, self.path, self.query, self.authority) = (method, path, query, authority)
        (self.headers, self.body, self.remote) = (headers, body, remote)
    }

    /// The body, which must be said to be JSON, for a type that reads it itself.
    package func jsonBody() throws(Problem) -> [UInt8] {
        guard headers["content-type"]?.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
            throw Problem(.unsupportedMediaType, "The body must be sent as application/json.")
        }
        return body
    }

    /// The body as JSON, which it must say it is.
    package func json() throws(Problem) -> JSON {
        let body = try jsonBody()
        do throws(JSONFailure) { return try JSON(parsing: body) } catch { throw Problem(error) }
    }
}

/// Facts about one request that its handler learns and its log line may carry.
package final class RequestNotes: Sendable {
    private let requester = Mutex<MemberID?>(nil)

    package var member: MemberID? {
        get { requester.withLock { $0 } }
        set { requester.withLock { $0 = newValue } }
    }
}
