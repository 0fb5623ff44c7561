internal import HTTPEdge
internal import Vocabulary

/// The answer to an upload: a line a row, as NDJSON, or as CSV where the caller asks for it.
struct UploadResult {
    private let isCSV: Bool
    private let columns: [String]
    private var body: [UInt8] = []

    init(_ request: EdgeRequest, columns: [String]) {
        isCSV = request.headers["accept"]?.lowercased().hasPrefix("text/csv") ?? false
        self.columns = columns
        if isCSV { body = Array((columns.joined(separator: ",") + "\r\n").utf8) }
    }

    mutating func add(_ members: [JSON.Member]) {
        let line = JSON.object(members)
        guard isCSV else {
            body += line.bytes + [10]
            return
        }
        body += columns.map { Self.cell(line[$0]) }.joined(separator: ",").utf8
        body += [13, 10]
    }

    mutating func add(_ problem: Problem, row: Int, _ table: ColumnTable) {
        var members: [JSON.Member] = [
            JSON.Member("row", .number(row)), JSON.Member("status", "refused"),
            JSON.Member("error", .string(problem.code.rawValue)),
        ]
        if let path = problem.path { members.append(JSON.Member("column", .string(table.column(of: path)))) }
        members.append(JSON.Member("detail", .string(problem.detail)))
        add(members)
    }

    /// As NDJSON the whole answer; as CSV what fits a cell.
    mutating func add(_ answer: GatewayAnswer, row: Int) {
        guard isCSV else {
            return add([JSON.Member("row", .number(row))] + (answer.json.members ?? []))
        }
        let codes = (answer.json["signals"]?.array ?? []).compactMap { $0["code"]?.string }
        add([
            JSON.Member("row", .number(row)), JSON.Member("check", answer.json["check"] ?? .null),
            JSON.Member("status", answer.json["status"] ?? .null),
            JSON.Member("signals", .string(codes.joined(separator: ";"))),
            JSON.Member(
                "applications", answer.json["statistics"]?["cells"]?["exposure.others.liveApplications"] ?? .null),
        ])
    }

    var response: EdgeResponse {
        EdgeResponse(contentType: isCSV ? "text/csv; charset=utf-8" : "application/x-ndjson", body: body)
    }

    static func cell(_ value: JSON?) -> String {
        switch value {
        case .string(let text):
            text.contains { ",\"\r\n".contains($0) }
                ? "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                : text
        case .integer(let number): String(number)
        case .bool(let flag): String(flag)
        case .null, .array, .object, nil: ""
        }
    }
}
