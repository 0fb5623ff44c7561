import Glibc
import Registry
import Vocabulary

/// What a command knows of its job in the gateway, kept beside the results until they are whole: after an interruption
/// the work goes on from it. It is written before the gateway first hears of the job.
struct JobPlace: Equatable {
    static let chunkBytes = 4 << 20
    private static let suffix = ".job"

    let job: RecordID
    let kind: BatchKind
    let file: String
    let results: String
    let asJSON: Bool
    /// As the job is opened: the same again finds it.
    let description: JSON
    /// How long the file was when the job was begun; `nil` of standard input.
    let size: Int?
    /// Pieces of the file that the gateway has.
    var uploaded = 0
    var isStarted = false
    /// The row to fetch next, and how long the file of results is up to there; `nil` once it is whole.
    var fetched: Fetched? = Fetched()

    struct Fetched: Equatable {
        var row = 0
        var bytes = 0
    }

    var path: String { results + Self.suffix }
    var errors: String { results + ".errors" }

    /// The unfinished job whose results go to a file, if there is one.
    static func at(results: String) throws(Problem) -> JobPlace? {
        let path = results.hasSuffix(suffix) ? results : results + suffix
        guard FileSystem.exists(path) else { return nil }
        let json = try InputDocument.read(path)
        do throws(FieldFailure) { return try JobPlace(json) } catch { throw Problem(error) }
    }

    func keep() throws(Problem) {
        try FileSystem.write(Array(json.prettyText.utf8), to: path, as: .secret, replacing: true)
    }

    func forget() { unlink(path) }

    /// How long a file is; `nil` for what is none.
    static func size(of path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    func requireSame(kind: BatchKind, file: String) throws(Problem) -> JobPlace {
        guard kind == self.kind, file == self.file else {
            throw Problem(
                .configurationInvalid, "\(path) tells of an unfinished job for another file.",
                hint: "Finish it with `counterfoil batch resume \(results)`, or choose another --out.")
        }
        return self
    }
}

extension JobPlace {
    var json: JSON {
        .object([
            "job": .string(job.description), "kind": .string(kind.rawValue), "file": .string(file),
            "results": .string(results), "json": .bool(asJSON), "description": description,
            "size": .optional(size), "uploaded": .number(uploaded), "started": .bool(isStarted),
            "fetched": fetched.map { .object(["row": .number($0.row), "bytes": .number($0.bytes)]) },
        ])
    }

    init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        job = try reader.parsed("job") { (text) throws(DecodingFailure) in try RecordID(text) }
        kind = try reader.choice("kind", expected: "checks, records", BatchKind.init(rawValue:))
        file = try reader.string("file", maximumLength: 4096)
        results = try reader.string("results", maximumLength: 4096)
        asJSON = try reader.optionalBool("json") ?? false
        description = try reader.required("description")
        size = try reader.optionalInteger("size", in: 0...Int64.max).map { Int($0) }
        uploaded = Int(try reader.integer("uploaded", in: 0...1_000_000))
        isStarted = try reader.optionalBool("started") ?? false
        if var fetched = try reader.optionalObject("fetched") {
            self.fetched = Fetched(
                row: Int(try fetched.integer("row", in: 0...Int64.max)),
                bytes: Int(try fetched.integer("bytes", in: 0...Int64.max)))
        } else {
            fetched = nil
        }
        try reader.finish()
    }
}
