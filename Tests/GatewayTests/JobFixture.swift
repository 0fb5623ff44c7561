import Exchange
import Records
import Registry
import Sodium
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

/// A job's calls, as a lender's system makes them.
extension Fixture {
    static let jobID = RecordID(high: 0x2222_2222_2222_4222, low: 0x8222_2222_2222_2222)
    static var jobPath: String { "/v1/jobs/\(jobID)" }

    @discardableResult
    func openJob(_ kind: String, _ format: String = "csv", _ more: String = "") async throws -> JSON {
        try await json(
            "POST", "/v1/jobs",
            #"{"job":"\#(Self.jobID)","kind":"\#(kind)","format":"\#(format)","name":"book"\#(more)}"#)
    }

    /// Sends a file in chunks of a size, wherever that cuts it, and starts the job.
    func send(_ text: String, chunk size: Int = 1 << 20) async throws {
        let bytes = Array(text.utf8)
        let starts = Array(stride(from: 0, to: bytes.count, by: size))
        for (number, start) in starts.enumerated() {
            try await dependenciesOutbox.jobs.put(
                Array(bytes[start..<min(start + size, bytes.count)]), as: number, of: Self.jobID)
        }
        let started = await call("POST", Self.jobPath + "/start", #"{"chunks":\#(starts.count)}"#)
        guard started.status == 202 else { throw Problem(.internalError, "The job did not start.") }
    }

    var dependenciesOutbox: Outbox { gateway.dependencies.outbox }

    func status() async throws -> JSON { try await json("GET", Self.jobPath) }

    /// All lines of the results or errors, page by page.
    func lines(_ what: String = "results") async throws -> [JSON] {
        var lines: [JSON] = []
        var from = "0"
        while true {
            let response = await call("GET", Self.jobPath + "/\(what)?from=\(from)")
            guard response.status == 200 else { throw Problem(.internalError, "No page.") }
            lines += try response.body.split(separator: 10).map { try JSON(parsing: Array($0)) }
            guard let next = response.headers["counterfoil-next-row"], next != from else { return lines }
            from = next
        }
    }

    /// A file of checks; every person is met twice.
    static func checks(_ count: Int, bad: Set<Int> = []) -> String {
        let consent = Bytes32().base64
        let rows = (0..<count).map { index in
            let phone = bad.contains(index) ? "12" : "139123\(10_000 + index / 2)"
            return "app-\(index),\(consent),\(phone)"
        }
        return (["applicationRef,consent,phone"] + rows).joined(separator: "\r\n") + "\r\n"
    }

    static let checkDefaults = #","purpose":"application","mode":"hard""#
}
