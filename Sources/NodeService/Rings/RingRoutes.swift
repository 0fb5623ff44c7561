internal import Exchange
internal import HTTPEdge
internal import Vocabulary

/// The routes of those who may look at rings: every one is signed with an admin's key of the registry.
struct RingRoutes: Sendable {
    let node: NodeExchange
    let authenticator: Authenticator
    private static let decisionLimit = 1 << 20

    init(node: NodeExchange, authenticator: Authenticator) { (self.node, self.authenticator) = (node, authenticator) }

    var routes: [Route] { looking + deciding }

    private var looking: [Route] {
        [
            .get("/v1/rings", name: "rings") { request in
                let query = try RingQuery(parsing: request.query)
                let name = try query.after.map { text throws(Problem) in try Self.name(text, "after") }
                return .json(try await office(of: request).rings(after: name, limit: query.limit).json)
            },
            .get("/v1/rings/*", name: "ring") { request in
                let office = try office(of: request)
                return .json(try await office.picture(of: try Self.name(request.tail, "ring")).json)
            },
            .get("/v1/rings/candidates", name: "ringCandidates") { request in
                .json(try await office(of: request).candidates().json)
            },
            .get("/v1/rings/events", name: "ringEvents") { request in
                let query = try RingQuery(parsing: request.query)
                let cursor = query.after.map { UInt64($0) } ?? 0
                guard let cursor, cursor <= UInt64(Int64.max) else { throw RingQuery.malformed("after") }
                return .json(try await office(of: request).events(after: cursor, limit: query.limit).json)
            },
        ]
    }

    private var deciding: [Route] {
        [
            .get("/v1/rings/discovery", name: "ringDiscovery") { request in
                .json(try await office(of: request).discovery().json)
            },
            .post("/v1/rings/discovery", name: "discoverRings", bodyLimit: 0) { request in
                .json(try await office(of: request).discover().json)
            },
            .post("/v1/rings/decisions", name: "decideRing", bodyLimit: Self.decisionLimit) { request in
                let office = try office(of: request)
                return .json(try await office.decide(try SealedRequest(parsing: try request.jsonBody())).json)
            },
        ]
    }

    private func office(of request: EdgeRequest) throws(Problem) -> some RingOffice {
        node.office(for: try authenticator.admin(of: request))
    }

    private static func name(_ text: String, _ field: String) throws(Problem) -> RingName {
        guard let name = try? RingName(text) else {
            throw Problem(
                field == "after" ? .invalidField : .notFound, "A ring is named R-12, a candidate C-5.", path: field)
        }
        return name
    }
}

/// What a page is asked for by: `after` and `limit`, each at most once and nothing else.
struct RingQuery: Equatable {
    static let usualLimit = 100

    private(set) var after: String?
    private(set) var limit = usualLimit

    /// - Throws: `invalidField`, `unknownField`.
    init(parsing query: String) throws(Problem) {
        var seen: Set<String> = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard ["after", "limit"].contains(parts[0]) else {
                throw Problem(
                    .unknownField, "The query has a field that is not known here.", hint: "It may have after, limit.")
            }
            guard seen.insert(parts[0]).inserted, parts.count == 2, (1...20).contains(parts[1].utf8.count) else {
                throw Self.malformed(parts[0])
            }
            if parts[0] == "after" {
                after = parts[1]
            } else {
                guard let number = Int(parts[1]), (1...500).contains(number) else { throw Self.malformed("limit") }
                limit = number
            }
        }
    }

    static func malformed(_ name: String) -> Problem {
        Problem(
            .invalidField, "The query's field \(name) is not one that is taken here, or stands there twice.",
            hint: "after is where the last page ended; limit is 1 to 500.", path: name)
    }
}
