internal import HTTPEdge
internal import Vocabulary

extension Gateway {
    private static let jobsPath = "/v1/jobs"
    private static let descriptionLimit = 1 << 14

    /// Large files: opened, sent in chunks, started, watched, fetched.
    func jobRoutes(_ access: Access) -> [Route] {
        func route(
            _ method: String, _ path: String, _ name: String, limit: Int = 0, _ handler: @escaping Route.Handler
        ) -> Route {
            Route(method, path, name: name, bodyLimit: limit) { request in
                try access.check(request)
                return try await handler(request)
            }
        }
        return [
            route("POST", Self.jobsPath, "job-open", limit: Self.descriptionLimit) { try await openJob($0) },
            route("PUT", Self.jobsPath + "/*", "job-chunk", limit: JobLimits.chunkBytes) { try await putChunk($0) },
            route("POST", Self.jobsPath + "/*", "job-start", limit: Self.descriptionLimit) { try await startJob($0) },
            route("GET", Self.jobsPath + "/*", "job") { try await jobPage($0) },
            route("DELETE", Self.jobsPath + "/*", "job-cancel") { request in
                let path = try JobPath(request.tail)
                guard path.parts.isEmpty else { throw JobPath.unknown }
                let job = try await outbox.jobs.cancel(path.job, now: dependencies.now())
                jobArrivals.set()
                return .json(try await status(job))
            },
        ]
    }

    private var outbox: Outbox { dependencies.outbox }

    private func openJob(_ request: EdgeRequest) async throws -> EdgeResponse {
        let json = try request.json()
        let id: RecordID
        let description: JobDescription
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            let given = try reader.optionalParsed("job") { text throws(DecodingFailure) in try RecordID(text) }
            id = given ?? RecordID(random: dependencies.random(16))
            description = try JobDescription(.object((json.members ?? []).filter { $0.name != "job" }))
        } catch { throw Problem(error) }
        let job = try await outbox.jobs.open(id, description, now: dependencies.now())
        return .json(try await status(job), status: 201)
    }

    private func putChunk(_ request: EdgeRequest) async throws -> EdgeResponse {
        let path = try JobPath(request.tail)
        guard path.parts.count == 2, path.parts[0] == "chunks", let number = JobPath.number(path.parts[1]),
            number < JobLimits.chunks
        else { throw JobPath.unknown }
        guard !request.body.isEmpty else { throw Problem(.invalidField, "A chunk has at least one byte.") }
        try await outbox.jobs.put(request.body, as: number, of: path.job)
        return .json(.object(["chunk": .number(number), "bytes": .number(request.body.count)]))
    }

    private func startJob(_ request: EdgeRequest) async throws -> EdgeResponse {
        let path = try JobPath(request.tail)
        guard path.parts == ["start"] else { throw JobPath.unknown }
        let json = try request.json()
        let chunks: Int
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            chunks = Int(try reader.integer("chunks", in: 1...Int64(JobLimits.chunks)))
            try reader.finish()
        } catch { throw Problem(error) }
        let job = try await outbox.jobs.start(path.job, chunks: chunks, now: dependencies.now())
        jobArrivals.set()
        return .json(try await status(job), status: 202)
    }

    private func jobPage(_ request: EdgeRequest) async throws -> EdgeResponse {
        let path = try JobPath(request.tail)
        let job = try await outbox.jobs.job(path.job)
        switch (path.parts.first, path.parts.count) {
        case (nil, 0): return .json(try await status(job))
        case ("results", 1), ("errors", 1):
            var query = try QueryFields(request.query)
            let first = try query.number("from", in: 0...UInt64(JobLimits.rows * 2)) ?? 0
            try query.finish()
            let isCSV = request.headers["accept"]?.lowercased().hasPrefix("text/csv") ?? false
            return try await JobResults(parts: jobs.parts).page(
                of: job, from: Int(first), errors: path.parts[0] == "errors", isCSV: isCSV)
        case ("batches", 2):
            guard let batch = try? RecordID(path.parts[1]) else { throw JobPath.unknown }
            return .json(try await outbox.jobs.evidence(batch, of: job.id))
        default: throw JobPath.unknown
        }
    }

    private func status(_ job: Job) async throws(Problem) -> JSON {
        job.json(now: dependencies.now(), obstacle: await jobs.obstacle(of: job.id))
    }
}

/// What follows `/v1/jobs/`: a job's id, and what of it.
struct JobPath {
    let job: RecordID
    let parts: [String]

    init(_ tail: String) throws(Problem) {
        let all = tail.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard let first = all.first, let id = try? RecordID(first) else {
            throw Problem(.invalidField, "The path names a job by no UUID in lower case.", path: "job")
        }
        (job, parts) = (id, Array(all.dropFirst()))
    }

    static func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } && text.utf8.count <= 9 ? Int(text) : nil
    }

    static let unknown = Problem(.notFound, "A job has nothing under this path.")
}
