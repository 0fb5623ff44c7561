internal import Exchange
internal import HTTPEdge
internal import Records
internal import Registry
internal import Vocabulary

// What stands beside records and checks: reservations, decisions, notices, the portfolio, the lender's own standing.
extension Gateway {
    private static let reservationLimit = 1 << 20
    private static let portfolioLimit = 4 << 20

    func liveRoutes(_ access: Access) -> [Route] {
        func route(
            _ method: String, _ path: String, _ name: String, limit: Int = 0, _ handler: @escaping Route.Handler
        ) -> Route {
            Route(method, path, name: name, bodyLimit: limit) { request in
                try access.check(request)
                return try await handler(request)
            }
        }
        let change: Route.Handler = { try await changePortfolio($0) }
        return [
            route("POST", "/v1/reservations", "reserve", limit: Self.reservationLimit) { try await reserve($0) },
            route("GET", "/v1/reservations/*", "reservation") { request in
                .json(try await dependencies.outbox.reservation(try recordID(request.tail)))
            },
            route("GET", "/v1/decisions/policy", "decision-policy") { _ in policies() },
            route("POST", "/v1/decisions/dry-run", "dry-run", limit: Self.policyLimit * 2) { try await dryRun($0) },
            route("GET", "/v1/decisions/shadow", "shadow") { try await shadowReport($0) },
            route("GET", "/v1/notices", "notices") { try await notices($0) },
            route("GET", "/v1/notices/*", "notice") { request in
                .json(try await dependencies.outbox.noticeFile(try sequence(request.tail)))
            },
            route("POST", "/v1/notices/*", "notice-seen") { try await seen($0) },
            route("GET", "/v1/portfolio", "portfolio") { try await portfolio($0) },
            route("POST", "/v1/portfolio", "change-portfolio", limit: Self.portfolioLimit, change),
            route("PUT", "/v1/portfolio", "put-portfolio", limit: Self.portfolioLimit, change),
            route("GET", "/v1/furnishing", "furnishing") { _ in .json(try await dependencies.node.furnishing()) },
            route("GET", "/v1/outcomes", "outcomes") { _ in .json(try await dependencies.node.outcomes()) },
        ]
    }

    private func reserve(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        let prepared = try reader().reservation(
            try request.json(), consortium: watch.chain.current.consortium, member: dependencies.member)
        return .json(try await reserver.answer(prepared))
    }

    func sequence(_ text: String) throws(Problem) -> UInt64 {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt64(text), number <= UInt64(Int64.max)
        else { throw Problem(.invalidField, "The path ends with no number of a notice.", path: "sequence") }
        return number
    }
}
