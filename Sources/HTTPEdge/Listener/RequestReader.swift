internal import NIOCore
internal import NIOHTTP1

/// Where one connection's request stands: a value that takes parts and says what is to be done.
///
/// It decides on limits before it keeps a byte: the route's on a declared length, then the route's and the listener's
/// on every part.
struct RequestReader {
    enum Action {
        case none
        /// The head asks whether its body is wanted (RFC 9110 §10.1.1).
        case sayContinue
        /// The share is held until the request is answered; a request without a body has none.
        case respond(EdgeRequest, route: Int, BodyShare?)
        /// Answer with this once the request has ended; the connection goes on.
        case refuse(EdgeResponse, route: Int?, received: Int)
        /// Answer with this now and close: the rest of the request is not wanted.
        case refuseAndClose(EdgeResponse, route: Int?, received: Int)
    }

    private enum State {
        case waiting
        case reading(HTTPRequestHead, route: Int, tail: String, limit: Int, body: [UInt8], BodyShare?)
        case draining(EdgeResponse, received: Int)
        case ignoring
    }

    /// What is read and thrown away of a request that was refused by its head.
    static let drainLimit = 65_536
    /// What a declared length alone may reserve: it is not counted before it has come.
    static let reserveLimit = 1 << 16

    private let responder: Responder
    private let bodyBytes: BodyBytes
    private let remote: String
    private var state = State.waiting

    init(responder: Responder, bodyBytes: BodyBytes, remote: String) {
        (self.responder, self.bodyBytes, self.remote) = (responder, bodyBytes, remote)
    }

    /// Whether bytes of the caller are awaited, so that a deadline runs.
    var isWaitingForHead: Bool { if case .waiting = state { true } else { false } }

    mutating func read(_ head: HTTPRequestHead) -> Action {
        let (path, _) = Self.split(head.uri)
        let declared = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        switch responder.plan(method: head.method.rawValue, path: path) {
        case .refuse(let response):
            if declared > Self.drainLimit { return close(response, route: nil, received: 0) }
            state = .draining(response, received: 0)
            return .none
        case .route(let index, let tail, let limit):
            guard declared <= limit else {
                return close(responder.bodyTooLarge(limit: limit), route: index, received: 0)
            }
            var body: [UInt8] = []
            body.reserveCapacity(min(declared, Self.reserveLimit))
            state = .reading(head, route: index, tail: tail, limit: limit, body: body, nil)
            let asks = head.headers.contains(name: "expect")
            return asks && declared > 0 ? .sayContinue : .none
        }
    }

    mutating func read(_ part: ByteBuffer) -> Action {
        switch state {
        case .reading(let head, let route, let tail, let limit, var body, let held):
            state = .ignoring
            let received = body.count + part.readableBytes
            guard received <= limit else {
                return close(responder.bodyTooLarge(limit: limit), route: route, received: received)
            }
            let share = held ?? BodyShare(of: bodyBytes)
            guard share.grow(by: part.readableBytes) else {
                return close(responder.tooManyBodyBytes, route: route, received: received)
            }
            body.append(contentsOf: part.readableBytesView)
            state = .reading(head, route: route, tail: tail, limit: limit, body: body, share)
            return .none
        case .draining(let response, let received):
            let received = received + part.readableBytes
            if received > Self.drainLimit { return close(response, route: nil, received: received) }
            state = .draining(response, received: received)
            return .none
        case .waiting, .ignoring: return .none
        }
    }

    mutating func readEnd() -> Action {
        switch state {
        case .reading(let head, let route, let tail, _, let body, let share):
            state = .waiting
            return .respond(request(head, tail: tail, body: body), route: route, share)
        case .draining(let response, let received):
            state = .waiting
            return .refuse(response, route: nil, received: received)
        case .waiting, .ignoring: return .none
        }
    }

    private mutating func close(_ response: EdgeResponse, route: Int?, received: Int) -> Action {
        state = .ignoring
        return .refuseAndClose(response, route: route, received: received)
    }

    private func request(_ head: HTTPRequestHead, tail: String, body: [UInt8]) -> EdgeRequest {
        let (path, query) = Self.split(head.uri)
        let headers = HeaderFields(head.headers.map { ($0.name, $0.value) })
        var request = EdgeRequest(
            method: head.method.rawValue, path: path, query: query, authority: headers.single("host") ?? "",
            headers: headers, body: body, remote: remote)
        request.tail = tail
        return request
    }

    private static func split(_ target: String) -> (path: String, query: String) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target, "") }
        return (String(target[..<mark]), String(target[target.utf8.index(after: mark)...]))
    }
}
