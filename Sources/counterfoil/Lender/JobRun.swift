import ArgumentParser
import Registry
import Vocabulary

/// A file's job in the gateway, from its first piece to its last result. Every step is kept before the next one begins
/// and may be repeated, so that it goes on wherever it was interrupted.
struct JobRun {
    private let connection: GatewayConnection
    private var place: JobPlace
    private var target: String { "/v1/jobs/\(place.job)" }

    init(_ connection: GatewayConnection, _ place: JobPlace) { (self.connection, self.place) = (connection, place) }

    /// Goes on with a job that was begun before.
    func run() async throws {
        var run = self
        if !place.isStarted {
            guard JobPlace.size(of: place.file) == place.size else {
                throw Problem(
                    .configurationInvalid, "\(place.file) is not the file any more that the job was begun with.",
                    hint: "End it with `counterfoil batch cancel \(place.job)`, remove \(place.path), and begin anew.")
            }
            var input = try ChunkReader(place.file)
            try input.skip(to: place.uploaded * JobPlace.chunkBytes)
            try await run.upload(input, after: [])
        }
        try await run.finish()
    }

    /// - Parameter beginning: what was read of the input already.
    func run(_ input: consuming ChunkReader, after beginning: [UInt8]) async throws {
        var run = self
        try place.keep()
        try await run.upload(input, after: beginning)
        try await run.finish()
    }

    private mutating func upload(_ input: consuming ChunkReader, after beginning: [UInt8]) async throws {
        var input = input
        let opening = [JSON.Member("job", .string(place.job.description))] + (place.description.members ?? [])
        let connection = connection
        _ = try await Patience(limit: .seconds(20)).attempt { () throws(Problem) in
            try await connection.post("/v1/jobs", .object(opening), isIdempotent: true)
        }
        var progress = Progress(total: max(1, (place.size ?? 0) >> 20), what: "MiB sent")
        var rest = beginning
        while true {
            let chunk = rest + (try input.next(JobPlace.chunkBytes - rest.count))
            rest = []
            if chunk.isEmpty { break }
            let path = "\(target)/chunks/\(place.uploaded)"
            try await Patience().attempt { () throws(Problem) in try await connection.put(path, chunk) }
            place.uploaded += 1
            try place.keep()
            progress.reach(place.uploaded * JobPlace.chunkBytes >> 20)
        }
        progress.finish()
        guard place.uploaded > 0 else { throw Problem(.invalidField, "The file is empty.") }
        let start = (path: "\(target)/start", body: JSON.object(["chunks": .number(place.uploaded)]))
        _ = try await Patience().attempt { () throws(Problem) in
            try await connection.post(start.path, start.body, isIdempotent: true)
        }
        place.isStarted = true
        try place.keep()
    }

    private mutating func finish() async throws {
        let job = try await ended()
        try await fetchResults(of: job)
        let failed = Int(job["failed"]?.integer ?? 0)
        if failed > 0 { try await fetchErrors() }
        place.forget()
        let outcome = JobText.outcome(job, place: place)
        Terminal.note(outcome)
        if let problem = job["problem"].flatMap({ Problem(json: $0) }) { throw problem }
        if failed > 0 || job["state"] != "done" { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// Waits until the gateway has worked the job off. A gateway that is away for a while is asked again.
    private func ended() async throws -> JSON {
        var progress: Progress?
        let (connection, target) = (connection, target)
        while true {
            let job = try await Patience(limit: .seconds(86_400)).attempt { () throws(Problem) in
                try await connection.get(target)
            }
            guard ["open", "running"].contains(job["state"]?.string) else {
                progress?.finish()
                return job
            }
            let rows = JobText.rows(job)
            var shown = progress ?? Progress(total: rows.expected, what: place.kind.done, from: rows.settled)
            shown.reach(rows.settled, of: rows.expected, note: job["obstacle"]?["detail"]?.string)
            progress = shown
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// What was fetched is kept once a second: a crash fetches that again.
    private mutating func fetchResults(of job: JSON) async throws {
        guard var fetched = place.fetched else { return }
        let sink = try ResultSink(place.results, keeping: fetched.bytes)
        var progress = Progress(total: JobText.rows(job).settled, what: "rows fetched", from: fetched.row)
        let clock = ContinuousClock()
        var keptAt = clock.now
        while true {
            let page = try await page("results", from: fetched.row)
            try sink.write(page.body)
            fetched.bytes += page.body.count
            guard let next = page.next else { break }
            fetched.row = next
            progress.reach(fetched.row)
            guard clock.now - keptAt > .seconds(1) else { continue }
            place.fetched = fetched
            try sink.sync()
            try place.keep()
            keptAt = clock.now
        }
        progress.finish()
        try sink.close()
        place.fetched = nil
        try place.keep()
    }

    private func fetchErrors() async throws {
        let sink = try ResultSink(place.errors)
        var next: Int? = 0
        while let row = next {
            let page = try await page("errors", from: row)
            try sink.write(page.body)
            next = page.next
        }
        try sink.close()
    }

    private func page(_ part: String, from row: Int) async throws(Problem) -> (body: [UInt8], next: Int?) {
        let accept = Batch.mediaType(place.asJSON)
        let (connection, path) = (connection, "\(target)/\(part)?from=\(row)")
        let page = try await Patience().attempt { () throws(Problem) in
            try await connection.page(path, accept: accept, next: "counterfoil-next-row")
        }
        let next = page.next.flatMap { Int($0) }
        guard next.map({ $0 > row }) ?? true else {
            throw Problem(.verificationFailed, "The gateway's pages of results do not go on.")
        }
        return (page.body, next)
    }
}
