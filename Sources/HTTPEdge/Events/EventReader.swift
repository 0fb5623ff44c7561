/// Reads server-sent events out of the bytes of a stream, however they are cut: a value that holds at most one event.
package struct EventReader: Sendable {
    /// An event is longer than is accepted, or is not UTF-8.
    package enum Failure: Error, Equatable, Sendable {
        case tooLong, notText
    }

    private let limit: Int
    private var line: [UInt8] = []
    /// Of the event in the making, its data included.
    private var byteCount = 0
    private var event = ""
    private var id = ""
    private var data: [String] = []
    private var followsReturn = false

    /// - Parameter limit: bytes of one event, its fields' names included.
    package init(limit: Int) { self.limit = limit }

    /// Takes bytes and returns the events that they complete.
    package mutating func read(_ bytes: some Sequence<UInt8>) throws(Failure) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            // A line ends with CR, LF or both.
            if byte == UInt8(ascii: "\n"), followsReturn {
                followsReturn = false
                continue
            }
            followsReturn = byte == UInt8(ascii: "\r")
            guard followsReturn || byte == UInt8(ascii: "\n") else {
                line.append(byte)
                byteCount += 1
                guard byteCount <= limit else { throw .tooLong }
                continue
            }
            if let event = try endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() throws(Failure) -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return dispatch() }
        guard line[0] != UInt8(ascii: ":") else {
            byteCount -= line.count
            return nil
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line[min(colon + 1, line.count)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        guard let name = String(validating: line[..<colon], as: UTF8.self),
            let text = String(validating: value, as: UTF8.self)
        else { throw .notText }
        switch name {
        case "event": event = text
        case "id": id = text
        case "data": data.append(text)
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer { (event, id, data, byteCount) = ("", "", [], 0) }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(event: event.isEmpty ? "message" : event, id: id, data: data.joined(separator: "\n"))
    }
}
