/// One event of a stream of server-sent events (WHATWG HTML §9.2).
package struct ServerSentEvent: Hashable, Sendable {
    package static let contentType = "text/event-stream; charset=utf-8"
    /// A comment: it keeps the connection alive and is no event.
    static let keepAlive: [UInt8] = Array(":\n\n".utf8)

    /// What kind of event it is; `message` where the stream does not say.
    package let event: String
    /// Where a reader goes on after it; empty where the stream does not say.
    package let id: String
    package let data: String

    package init(event: String, id: String, data: String) {
        (self.event, self.id, self.data) = (event, id, data)
    }

    /// The event as it is sent, with the empty line that ends it.
    package var bytes: [UInt8] {
        precondition(!(event + id).contains(where: \.isNewline), "An event's name and id are one line each.")
        var text = "event: \(event)\n"
        if !id.isEmpty { text += "id: \(id)\n" }
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        return Array((text + "\n").utf8)
    }
}
