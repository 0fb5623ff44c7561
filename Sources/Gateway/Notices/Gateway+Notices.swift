internal import HTTPEdge
internal import Vocabulary

extension Gateway {
    /// Notices from a number on, for systems that fetch: `GET /v1/notices?after=&limit=&state=`.
    func notices(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        var query = try QueryFields(request.query)
        let after = try query.number("after", in: 0...UInt64(Int64.max)) ?? 0
        let limit = try query.number("limit", in: 1...500).map { Int($0) } ?? 100
        let name = try query.choice("state", NoticeState.allCases.map(\.name))
        try query.finish()
        let outbox = dependencies.outbox
        // One more than is shown tells whether there is more.
        let state = NoticeState.allCases.first { $0.name == name }
        let found = try await outbox.notices(after: after, in: state, atMost: limit + 1)
        let counts = try await outbox.noticeCounts()
        let position = try await outbox.feedPosition()
        let shown = found.prefix(limit)
        return .json(
            .object([
                "notices": .array(Array(shown)),
                "cursor": .number(shown.last?["sequence"]?.integer ?? Int64(after)),
                "more": .bool(found.count > limit), "waiting": .number(counts[.waiting] ?? 0),
                "givenUp": .number(counts[.givenUp] ?? 0), "received": .number(position.cursor),
                "acknowledged": .number(position.acknowledged), "missing": .number(position.missing),
            ]))
    }

    /// The lender's system has taken a notice: `POST /v1/notices/{sequence}/seen`.
    func seen(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        guard request.tail.hasSuffix("/seen") else {
            throw Problem(.notFound, "There is nothing under this path.")
        }
        let number = try sequence(String(request.tail.dropLast("/seen".count)))
        try await dependencies.outbox.taken(number, now: dependencies.now())
        noticeArrivals.set()
        return .json(.object(["sequence": .number(number), "state": .string(NoticeState.taken.name)]))
    }
}
