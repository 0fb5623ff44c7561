internal import HTTPEdge
internal import Records
internal import Vocabulary

extension Gateway {
    /// Loans in one request, of either list.
    private static let maximumLoans = 10_000

    /// Takes wishes over, durable when it returns: `POST /v1/portfolio`.
    func changePortfolio(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        let json = try request.json()
        let (watch, unwatch): ([OpaqueReference], [OpaqueReference])
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            watch = try Self.loans(&reader, "watch")
            unwatch = try Self.loans(&reader, "unwatch")
            try reader.finish()
        } catch { throw Problem(error) }
        if let loan = Set(watch).intersection(unwatch).first, let place = unwatch.firstIndex(of: loan) {
            throw Problem(
                .invalidField, "A loan is to be watched and not to be watched.", path: "unwatch[\(place)].loanRef")
        }
        let random = dependencies.random
        try await dependencies.outbox.change(watch: watch, unwatch: unwatch, now: dependencies.now()) {
            RecordID(random: random(16))
        }
        portfolioChanges.set()
        return .json(
            .object([
                "watch": .number(watch.count), "unwatch": .number(unwatch.count), "counts": try await watchCounts(),
            ]), status: 202)
    }

    private static func loans(
        _ reader: inout ObjectReader, _ name: String
    ) throws(FieldFailure) -> [OpaqueReference] {
        guard reader.optional(name) != nil else { return [] }
        let elements = try reader.array(name, maximum: maximumLoans)
        var loans: [OpaqueReference] = []
        for (index, element) in elements.enumerated() {
            var fields = try ObjectReader(element, path: "\(name)[\(index)]")
            loans.append(try fields.parsed("loanRef", as: OpaqueReference.init))
            try fields.finish()
        }
        return loans
    }

    /// What is watched: `GET /v1/portfolio?after=&limit=`.
    func portfolio(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        var query = try QueryFields(request.query)
        let after = try query.number("after", in: 0...UInt64(Int64.max)) ?? 0
        let limit = try query.number("limit", in: 1...1000).map { Int($0) } ?? 100
        try query.finish()
        let (list, last) = try await dependencies.outbox.watches(after: after, atMost: limit)
        let obstacle = await portfolio.obstacle
        return .json(
            .object([
                "watches": .array(list), "cursor": .number(last), "more": .bool(list.count == limit),
                "counts": try await watchCounts(), "obstacle": obstacle.map { .string($0.rawValue) } ?? .null,
            ]))
    }

    private func watchCounts() async throws(Problem) -> JSON {
        let counts = try await dependencies.outbox.watchCounts()
        return .object(
            WatchState.allCases.filter { $0 != .over }.map { JSON.Member($0.name, .number(counts[$0] ?? 0)) })
    }
}
