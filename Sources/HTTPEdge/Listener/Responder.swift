package import Logging
package import Vocabulary

/// Turns requests into responses: finds the route, runs its handler, and makes every failure one shape (RFC 9457).
package struct Responder: Sendable {
    /// How a request goes on once its head is known.
    enum Plan: Sendable {
        case route(index: Int, tail: String, bodyLimit: Int)
        case refuse(EdgeResponse)
    }

    private let table: RouteTable
    private let metrics: RequestMetrics
    private let log: RequestLog
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - registry: gets the requests' counters; each of a process's responders needs one of its own.
    ///   - now: what problem details call the time.
    package init(
        routes: [Route], registry: MetricsRegistry, logger: Logger, now: @escaping @Sendable () -> Instant
    ) {
        table = RouteTable(routes)
        metrics = RequestMetrics(routeNames: routes.map(\.name), registry: registry)
        log = RequestLog(logger: logger)
        self.now = now
    }

    func plan(method: String, path: String) -> Plan {
        switch table.match(method: method, path: path) {
        case .route(let index, let tail):
            return .route(index: index, tail: tail, bodyLimit: table.routes[index].bodyLimit)
        case .notFound:
            return .refuse(refusal(Problem(.notFound, "There is nothing at this path.")))
        case .methodNotAllowed(let allowed):
            let methods = allowed.joined(separator: ", ")
            let problem = Problem(
                .methodNotAllowed, "This path does not answer that method.", hint: "It answers \(methods).")
            return .refuse(refusal(problem, headers: ["allow": methods]))
        }
    }

    func bodyTooLarge(limit: Int) -> EdgeResponse {
        refusal(Problem(.bodyTooLarge, "The body is longer than the \(limit) bytes accepted here."))
    }

    var tooManyBodyBytes: EdgeResponse {
        refusal(
            Problem(
                .overloaded, "Too many large requests are being read at once.", hint: "Try again in a few seconds."))
    }

    var tooManyStreams: EdgeResponse {
        refusal(Problem(.overloaded, "Too many streams are open.", hint: "Ask for what is new now and then instead."))
    }

    private func refusal(_ problem: Problem, headers: HeaderFields = [:]) -> EdgeResponse {
        EdgeResponse(problem, now: now(), headers: headers)
    }

    /// Runs a route's handler. What it throws leaves as a problem; what is not a `Problem` leaves as one sentence.
    func respond(to request: EdgeRequest, route index: Int) async -> EdgeResponse {
        let start = ContinuousClock.now
        let route = table.routes[index]
        let response: EdgeResponse
        do {
            response = try await route.handler(request)
        } catch {
            response = EdgeResponse(problem(for: error, route: route.name), now: now())
        }
        record(response, request: request, route: index, duration: .now - start)
        return response
    }

    private func problem(for error: any Error, route: String) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let failure as FieldFailure: return Problem(failure)
        case let failure as JSONFailure: return Problem(failure)
        default:
            log.unexpected(error, route: route)
            return Problem(.internalError, "Something failed inside this service, which has recorded it.")
        }
    }

    private func record(_ response: EdgeResponse, request: EdgeRequest, route index: Int, duration: Duration) {
        metrics.record(route: index, response: response, duration: duration)
        log.record(
            RequestLog.Entry(
                route: table.routes[index].name, status: response.status, error: response.errorCode,
                duration: duration, received: request.body.count, sent: response.body.count,
                member: request.notes.member))
    }

    /// A stream that failed after its head was out: its reader sees it end.
    func recordBrokenStream(_ error: any Error, route index: Int) {
        log.unexpected(error, route: table.routes[index].name)
    }

    /// Counts and logs a request that was refused before any handler saw it.
    func recordRefusal(_ response: EdgeResponse, route index: Int?, received: Int) {
        metrics.record(route: index, response: response, duration: .zero)
        log.record(
            RequestLog.Entry(
                route: index.map { table.routes[$0].name } ?? "none", status: response.status,
                error: response.errorCode, duration: .zero, received: received, sent: response.body.count,
                member: nil))
    }
}
