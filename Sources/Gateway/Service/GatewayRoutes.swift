package import HTTPEdge
internal import Records
internal import Registry
package import Vocabulary

extension Gateway {
    private static let recordsLimit = 16 << 20
    private static let checkLimit = 1 << 20

    /// The gateway's own interface: `schemas/openapi/gateway.json`.
    package func routes(_ access: Access, metrics: MetricsRegistry) throws(Problem) -> [Route] {
        func post(
            _ path: String, _ name: String, limit: Int, _ handler: @escaping Route.Handler
        ) -> Route {
            .post(path, name: name, bodyLimit: limit) { request in
                try access.check(request)
                return try await handler(request)
            }
        }
        func get(_ path: String, _ name: String, _ handler: @escaping Route.Handler) -> Route {
            .get(path, name: name) { request in
                try access.check(request)
                return try await handler(request)
            }
        }
        return [
            post("/v1/checks", "check", limit: Self.checkLimit) { try await check($0) },
            post("/v1/records", "records", limit: Self.recordsLimit) { try await records($0, kind: nil) },
            post("/v1/reports", "reports", limit: Self.recordsLimit) { try await records($0, kind: .report) },
            post("/v1/retractions", "retractions", limit: Self.recordsLimit) {
                try await records($0, kind: .retraction)
            },
            post("/v1/uploads/records", "upload-records", limit: UploadLimits.recordBodyBytes) {
                try await uploadRecords($0)
            },
            post("/v1/uploads/checks", "upload-checks", limit: UploadLimits.checkBodyBytes) {
                try await uploadChecks($0)
            },
            get("/v1/records/*", "record-state") { .json(try await state(of: try recordID($0.tail))) },
            get("/v1/receipts/*", "receipt") { try await receipt(try recordID($0.tail)) },
            get("/v1/answers/*", "answer") { try await keptAnswer($0) },
        ] + liveRoutes(access) + jobRoutes(access)
            + ServiceRoutes.routes(metrics: metrics) { try checkReadiness() }.filter { $0.name != "readiness" }
            + [.get("/readyz", name: "readiness") { _ in try readiness() }]
    }

    /// Ready, and what an operator should look at all the same.
    private func readiness() throws(Problem) -> EdgeResponse {
        try checkReadiness()
        let warnings = dependencies.decisions.problems.map { problem in
            "warning: a decision policy's file is not in force: \(problem.detail)\n"
        }
        return .text("ready\n" + warnings.joined())
    }

    /// The file of a check, or its row for a table of answers.
    private func keptAnswer(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        var query = try QueryFields(request.query)
        let format = try query.choice("format", ["json", "csv"])
        try query.finish()
        let document = try await keptAnswer(to: try recordID(request.tail))
        guard format == "csv" else { return .json(document) }
        let table = AnswerRow.table(document["answer"] ?? .null)
        return EdgeResponse(contentType: "text/csv; charset=utf-8; header=present", body: Array(table.utf8))
    }

    /// Of a check asked alone or in a job.
    private func keptAnswer(to check: RecordID) async throws(Problem) -> JSON {
        do throws(Problem) { return try await dependencies.outbox.answer(to: check) } catch {
            guard error.code == .unknownRecord else { throw error }
            guard let file = try await JobResults(parts: jobs.parts).file(ofCheck: check) else { throw error }
            return file
        }
    }

    private func check(_ request: EdgeRequest) async throws -> EdgeResponse {
        let prepared = try reader().check(
            try request.json(), consortium: watch.chain.current.consortium, member: dependencies.member)
        return .json(try await answer(prepared).json)
    }

    private func records(_ request: EdgeRequest, kind: RecordKind?) async throws -> EdgeResponse {
        let prepared = try reader().records(try request.json(), kind: kind)
        let states = try await accept(prepared)
        let lines = zip(states, prepared).map { state, prepared in state.line(dropped: prepared.dropped) }
        return .json(.object(["accepted": .array(lines)]), status: 202)
    }

    private func receipt(_ id: RecordID) async throws -> EdgeResponse {
        switch try await dependencies.outbox.state(of: id).status {
        case .delivered(_, let receipt): return .text(receipt)
        case .refused(let problem): throw problem
        case .queued:
            throw Problem(
                .unknownRecord, "The record is queued and has no receipt yet.",
                hint: "Ask again later; GET /v1/records/<id> tells what it waits for.")
        }
    }

    func recordID(_ text: String) throws(Problem) -> RecordID {
        guard let id = try? RecordID(text) else {
            throw Problem(.invalidField, "The path ends with no UUID in lower case.", path: "id")
        }
        return id
    }
}
