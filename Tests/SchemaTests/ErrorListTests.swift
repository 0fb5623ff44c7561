import TestSupport
import Testing
import Vocabulary

/// `errors.json` and `ErrorCode` say the same.
@Suite("List of errors")
struct ErrorListTests {
    private let entries: [JSON]

    init() throws {
        entries = try #require(try JSON(parsing: Checkout.bytes("schemas/errors.json"))["errors"]?.array)
    }

    private func entry(of code: ErrorCode) throws -> JSON {
        try #require(entries.first { $0["code"]?.string == code.rawValue })
    }

    @Test("every code is listed once, and every code listed exists")
    func codes() {
        let listed = entries.compactMap { $0["code"]?.string }
        #expect(listed.count == entries.count)
        #expect(listed.sorted() == ErrorCode.allCases.map(\.rawValue).sorted())
    }

    @Test("a code leaves with the status, the title and the transience that are listed", arguments: ErrorCode.allCases)
    func sameRules(code: ErrorCode) throws {
        let entry = try entry(of: code)
        #expect(entry["status"]?.integer == Int64(code.status))
        #expect(entry["title"]?.string == code.title)
        #expect(entry["transient"]?.bool == code.isTransient)
    }

    @Test("every code is explained: meaning, example, way out and who says it", arguments: ErrorCode.allCases)
    func explained(code: ErrorCode) throws {
        let entry = try entry(of: code)
        let names = ["code", "status", "transient", "title", "from", "meaning", "example", "wayOut"]
        #expect(try #require(entry.members).map(\.name) == names)
        for name in ["meaning", "example", "wayOut"] {
            let text = try #require(entry[name]?.string)
            #expect(text.hasSuffix("."), "\(name) is a sentence")
            #expect(text.count > 10)
        }
        let sources = (entry["from"]?.array ?? []).compactMap(\.string)
        #expect(!sources.isEmpty && Set(sources).isSubset(of: ["node", "custodian", "gateway", "command"]))
        #expect(Set(sources).count == sources.count)
    }

    @Test(
        "a problem of every code is as its schema says, with and without hint and path", arguments: ErrorCode.allCases)
    func problem(code: ErrorCode) throws {
        let now = Instant(seconds: 1_772_000_000)
        var validator = SchemaValidator()
        validator.refusesUndescribed = true
        for problem in [Problem(code, "A sentence."), Problem(code, "A sentence.", hint: "Do this.", path: "a[3].b")] {
            #expect(try validator.violations(of: problem.json(now: now), against: "wire/problem.schema.json") == [])
            #expect(Problem(json: problem.json(now: now)) == problem)
        }
    }
}
