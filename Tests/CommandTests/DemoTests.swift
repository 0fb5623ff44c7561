import Foundation
import Gateway
import Identity
import Registry
import Sodium
import TestSupport
import Testing
import Vocabulary

@testable import counterfoil

@Suite("The demo's story, without its processes")
struct DemoTests {
    static func reader() throws -> ClearReader {
        ClearReader(policy: try Fixture.policy(), region: .china, malformed: .refuse, now: Fixture.now) {
            RecordID(high: 1, low: 1)
        }
    }

    @Test("every record of it is admitted by the policy, and none has an identifier dropped")
    func records() throws {
        let reader = try Self.reader()
        for (member, records) in DemoRecords(now: Fixture.now).byMember {
            let prepared = try reader.records(.object(["records": .array(records)]))
            #expect(prepared.count == records.count, "\(member)")
            #expect(prepared.allSatisfy { $0.dropped.isEmpty })
        }
    }

    @Test("four of its questions can be asked, and the fifth is refused by field and rule")
    func questions() throws {
        let reader = try Self.reader()
        let member = try MemberID("north-bank")
        for question in DemoQuestion.all {
            switch question.expected {
            case .answer: #expect(throws: Never.self) { try ask(question) }
            case .refusal:
                let problem = try #require(throws: Problem.self) { try ask(question) }
                let answer = DemoAnswer(question: question, outcome: .failure(problem))
                #expect(answer.difference == nil)
                #expect(!answer.text(number: 5).contains(question.person.nationalID))
            }
        }
        func ask(_ question: DemoQuestion) throws(Problem) {
            _ = try reader.check(question.document, consortium: "demo", member: member)
        }
    }

    @Test("an answer that differs in status, signal, count or refusal is told apart", arguments: DemoQuestion.all)
    func differences(question: DemoQuestion) {
        let other = JSON.object([
            "status": "unavailable", "signals": [.object(["code": "FRD-RING", "reporters": "1"])],
            "duplicates": .object(["liveApplications": "1"]),
        ])
        #expect(DemoAnswer(question: question, outcome: .success(other)).difference != nil)
        let problem = Problem(.nodeUnavailable, "The node is away.")
        #expect(DemoAnswer(question: question, outcome: .failure(problem)).difference != nil)
    }

    @Test("the search finds an identifier at the start, at the end and between, and nothing where there is none")
    func search() {
        for text in ["15400000101 x", "x 15400000101", "1 15400000 15400000101 x", "15400000101"] {
            var scan = ClearTextScan(["15400000101", "王五"])
            scan.look(in: Array(text.utf8), of: "here")
            #expect(scan.findings == ["here"])
        }
        var scan = ClearTextScan(["15400000101", "王五"])
        for text in ["", "1540000010", "5400000101", "1540000010115", "王 五"].filter({ !$0.contains("15400000101") }) {
            scan.look(in: Array(text.utf8), of: text)
        }
        #expect(scan.findings.isEmpty)
    }

    @Test("what configures services in this environment does not reach the demo's")
    func environment() {
        setenv("COUNTERFOIL_TEST_LISTEN", "0.0.0.0:1", 1)
        setenv("SOMETHING_ELSE", "1", 1)
        defer { for name in ["COUNTERFOIL_TEST_LISTEN", "SOMETHING_ELSE"] { unsetenv(name) } }
        let variables = StartedService.environmentForServices()
        #expect(variables.contains("SOMETHING_ELSE=1") && !variables.contains { $0.hasPrefix("COUNTERFOIL_") })
    }

    @Test("the ports it takes are free and differ")
    func ports() throws {
        let ports = try LoopbackPorts.free(8)
        #expect(Set(ports).count == 8 && ports.allSatisfy { $0 > 1023 })
    }

    @Test("its folder is removed with all that is in it, links not followed")
    func removal() throws {
        try Fixture.withFolder { folder in
            let (inner, other) = ("\(folder)/demo", "\(folder)/other")
            try FileSystem.makeFolder("\(inner)/a/b")
            try FileSystem.makeFolder(other)
            try Fixture.write("x", to: "\(other)/kept")
            try Fixture.write("x", to: "\(inner)/a/b/file")
            #expect(symlink(other, "\(inner)/a/link") == 0)
            #expect(try FolderListing.files(below: inner).contains("\(inner)/a/b/file"))
            FolderListing.remove(inner)
            #expect(!FileSystem.exists(inner) && FileSystem.exists("\(other)/kept"))
        }
    }

    @Test("the policy is found in the checkout, and a missing one is asked for")
    func policy() throws {
        #expect(try PolicyFolder.find("elsewhere") == "elsewhere")
        #expect(throws: Problem.self) { try PolicyFile.read(try PolicyFolder.find("elsewhere")) }
    }
}
