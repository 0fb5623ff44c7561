internal import Vocabulary

/// A row of a job's file, read and not yet settled.
struct JobRow: Sendable {
    /// Counted from 1 at the file's first line that is not blank; the header of a CSV file is row 1.
    let number: Int
    let document: JSON

    var json: JSON { .object(["row": .number(number), "document": document]) }

    init(_ number: Int, _ document: JSON) { (self.number, self.document) = (number, document) }

    init(stored json: JSON) throws(DecodingFailure) {
        guard let number = json["row"]?.integer, let document = json["document"] else { throw .outOfRange }
        self.init(Int(number), document)
    }
}

/// What is wrong with a row: told beside the results.
struct JobRowError: Sendable {
    let number: Int
    let problem: Problem
}

/// What came of a row.
struct JobRowSettled: Sendable {
    let row: Int
    /// What the gateway has to say of it.
    let note: JSON
    /// The check that was answered.
    var check: RecordID?
}

/// The next byte of a job's file to be read.
struct JobPosition: Hashable, Sendable {
    var chunk: Int
    var byte: Int
}

/// Limits of jobs (DESIGN §10: a limit on everything).
enum JobLimits {
    static let chunkBytes = 8 << 20
    static let chunks = 2048
    static let rows = 1_000_000
    /// A row is never longer; longer lines are refused as rows.
    static let rowBytes = 1 << 20
    /// Jobs that are open or running.
    static let unfinished = 100
    /// Rows, and about the bytes, of one page of results.
    static let rowsPerPage = 1000
    static let bytesPerPage = 4 << 20
    /// How long a finished job's results and evidence are kept.
    static let keptDays: Int64 = 30
    /// How long a job may be open and not started.
    static let openDays: Int64 = 7
    /// What one transaction takes away of what is forgotten: a chunk has megabytes, a batch hundreds of kilobytes.
    static let rowsForgotten = 2000
    static let chunksForgotten = 4
    static let batchesForgotten = 64
}

/// How much of a job is worked on together.
struct JobSizes: Sendable {
    /// Checks under one signature.
    var checks = 250
    /// With the longest profile, of which an answer has some tens of kilobytes.
    var longChecks = 100
    /// Records taken over together.
    var records = 1000
    /// Groups under way at once.
    var groupsInFlight = 3
    /// Records of jobs wait in their file while so many of the outbox are not delivered.
    var undelivered = 20_000
}
