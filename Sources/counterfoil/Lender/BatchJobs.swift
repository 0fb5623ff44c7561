import ArgumentParser
import Vocabulary

/// A job by its id, or by the file of its results.
struct JobArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The job's id, or the file of its results.", valueName: "job"), completion: .file())
    var job: String

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions

    func id() throws(Problem) -> RecordID {
        if let place = try JobPlace.at(results: job) { return place.job }
        guard let id = try? RecordID(job) else {
            throw Problem(
                .notFound, "There is no unfinished job with results in \(job), and it is no job's id either.")
        }
        return id
    }
}

struct BatchStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how far a job is.")

    @OptionGroup var job: JobArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let json = try await job.gateway.connection().get("/v1/jobs/\(try job.id())")
        Terminal.show(asJSON: output.asJSON, json, people: JobText.status(json))
    }
}

struct BatchResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a job: what is left to send, to wait for and to fetch.",
        discussion: "By the job's id alone only its results can be fetched: give --out.")

    @OptionGroup var job: JobArgument

    @Option(
        help: ArgumentHelp("With a job's id: where the results go.", valueName: "file"), completion: .file())
    var out: String?

    @Flag(name: .customLong("json"), help: "With a job's id: results as NDJSON instead of CSV.")
    var asJSON = false

    func run() async throws {
        let connection = try job.gateway.connection()
        if let place = try JobPlace.at(results: job.job) { return try await JobRun(connection, place).run() }
        let id = try job.id()
        guard let out else {
            throw Problem(.configurationInvalid, "There is no place for the results.", hint: "Name it with --out.")
        }
        let status = try await connection.get("/v1/jobs/\(id)")
        guard status["state"] != "open", let kind = status["kind"]?.string.flatMap(BatchKind.init(rawValue:)) else {
            throw Problem(
                .notAdmissible, "The job's file has not gone up whole.",
                hint: "Go on by the file of its results, on the machine where it was begun.")
        }
        var place = JobPlace(
            job: id, kind: kind, file: "-", results: out, asJSON: asJSON, description: .object([]),
            size: nil)
        place.isStarted = true
        try await JobRun(connection, place).run()
    }
}

struct BatchCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a job; what was answered stays to be fetched.")

    @OptionGroup var job: JobArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let id = try job.id()
        let json = try await job.gateway.connection().delete("/v1/jobs/\(id)")
        Terminal.show(asJSON: output.asJSON, json, people: JobText.status(json))
    }
}
