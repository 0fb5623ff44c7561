@testable import NodeService
import Testing
import Vocabulary

@Suite("The query of a request for notices")
struct NoticeQueryTests {
    @Test("says where to go on, how long to wait and how much to bring")
    func read() throws {
        let query = try NoticeQuery(parsing: "after=7&wait=30&limit=500")
        #expect(query.after == 7 && query.waitSeconds == 30 && query.limit == 500)
        let empty = try NoticeQuery(parsing: "")
        #expect(empty.after == 0 && empty.waitSeconds == 0 && empty.limit == 100)
    }

    @Test(
        "is refused where a field is no number in its range, or stands there twice",
        arguments: [
            "after", "after=", "after=-1", "after=+1", "after=1.5", "after=%31", "after=9223372036854775808",
            "after=1&after=1", "wait=31", "wait=a", "limit=0", "limit=501", "limit=99999999999999999999", "after=1=2",
        ])
    func refused(_ text: String) {
        let problem = #expect(throws: Problem.self) { try NoticeQuery(parsing: text) }
        #expect(problem?.code == .invalidField)
    }

    @Test("is refused with a field that the route does not take", arguments: ["since=1", "after=1&Limit=2", "=1"])
    func unknown(_ text: String) {
        #expect(throws: Problem.self) { try NoticeQuery(parsing: text) }
        let problem = #expect(throws: Problem.self) { try NoticeQuery(parsing: "wait=3", fields: ["after"]) }
        #expect(problem?.code == .unknownField)
    }
}
