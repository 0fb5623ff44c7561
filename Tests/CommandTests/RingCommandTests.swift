import ArgumentParser
import Exchange
import Foundation
import Records
import Registry
import Sodium
import Synchronization
import Testing
import Vocabulary

@testable import counterfoil

@Suite("The ring commands")
struct RingCommandTests {
    /// An office that remembers what it was sent.
    final class Office: RingOffice {
        private let sent = Mutex<[SealedRequest]>([])
        var requests: [SealedRequest] { sent.withLock { $0 } }

        func decide(_ request: SealedRequest) async throws(Problem) -> RingDecisionOutcome {
            sent.withLock { $0.append(request) }
            let decision = try RingDecision(parsing: request.envelope.payload)
            return RingDecisionOutcome(decision: decision.decision, status: .recorded, ring: RingName(.ring, 9))
        }

        func rings(after name: RingName?, limit: Int) async throws(Problem) -> RingList { throw Self.unasked }
        func picture(of name: RingName) async throws(Problem) -> RingPicture { throw Self.unasked }
        func candidates() async throws(Problem) -> RingCandidateList { throw Self.unasked }
        func discover() async throws(Problem) -> DiscoveryStatus { throw Self.unasked }
        func discovery() async throws(Problem) -> DiscoveryStatus { throw Self.unasked }
        func events(after cursor: UInt64, limit: Int) async throws(Problem) -> RingEvents { throw Self.unasked }

        private static let unasked = Problem(.internalError, "Nobody should ask for this.")
    }

    static func refuses<Command: ParsableArguments>(_ type: Command.Type, _ arguments: [String]) -> Bool {
        (try? type.parse(arguments)) == nil
    }

    @Test("a saved picture is drawn without a node, into files for their owner alone, and never over one")
    func fromFile() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ring-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let picture = try RingTextTests.small()
        try Fixture.write(picture.json.text, to: "\(folder)/ring.json")
        let arguments = [
            "--from", "\(folder)/ring.json", "--svg", "\(folder)/r.svg", "--graphml", "\(folder)/r.graphml", "--dot",
            "\(folder)/r.dot", "--json",
        ]
        try await RingShow.parse(arguments).run()
        #expect(try String(contentsOfFile: "\(folder)/r.svg", encoding: .utf8) == RingSVG(picture).text)
        #expect(try String(contentsOfFile: "\(folder)/r.graphml", encoding: .utf8) == RingGraphML(picture).text)
        #expect(try String(contentsOfFile: "\(folder)/r.dot", encoding: .utf8) == RingDOT(picture).text)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/r.svg")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        await #expect(throws: Problem.self) { try await RingShow.parse(arguments).run() }
        try await RingShow.parse(arguments + ["--force"]).run()
    }

    @Test("a saved picture with anything else in it is refused, and nothing is drawn")
    func strictFile() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ring-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let json = JSON.object((try RingTextTests.small().json.members ?? []) + [JSON.Member("token", "x")])
        try Fixture.write(json.text, to: "\(folder)/ring.json")
        let command = try RingShow.parse(["--from", "\(folder)/ring.json", "--svg", "\(folder)/r.svg"])
        let problem = await #expect(throws: Problem.self) { try await command.run() }
        #expect(problem?.code == .unknownField)
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/r.svg"))
    }

    @Test("wrong usage is refused before anybody is asked")
    func usage() {
        #expect(Self.refuses(RingShow.self, []))
        #expect(Self.refuses(RingShow.self, ["R-1", "--from", "x"]))
        #expect(Self.refuses(RingShow.self, ["12"]))
        #expect(!Self.refuses(RingShow.self, ["C-5"]))
        #expect(Self.refuses(RingConfirm.self, ["C-5"]))
        #expect(Self.refuses(RingConfirm.self, ["R-5", "--note", "x"]))
        #expect(Self.refuses(RingDismiss.self, ["C-5", "--note", ""]))
        #expect(Self.refuses(RingDismiss.self, ["C-5", "--note", String(repeating: "x", count: 401)]))
        #expect(!Self.refuses(RingDismiss.self, ["C-5", "--note", "a family"]))
        #expect(Self.refuses(RingListing.self, ["--limit", "0"]))
        #expect(Self.refuses(RingHistory.self, ["--after", "-1"]))
    }

    @Test("a decision goes out signed by the admin, under its own id")
    func signed() async throws {
        let (office, key) = (Office(), SigningKey.generate())
        let desk = AdminDesk(office: office, consortium: "demo", epoch: KeyEpoch(3), admin: "admin-1", key: key)
        let id = RecordID(high: 1, low: 2)
        let what = RingDecision.Decision.confirm(candidate: RingName(.candidate, 5), note: "nine files")
        let outcome = try await desk.decide(what, id: id, now: Fixture.now)
        #expect(outcome.text(of: RingName(.candidate, 5)) == "C-5 is decided. It is the ring R-9 from now on.\n")
        let request = try #require(office.requests.first)
        let payload = try request.envelope.verify(by: key.publicKey, expecting: .ringDecision)
        #expect(try RingDecision(payload).what == what)
        #expect(request.openings.isEmpty && request.epoch == KeyEpoch(3))
    }

    @Test("a file of switchboards is read whole or not at all, and no error repeats a token")
    func switchboards() throws {
        let token = Base64.encode([UInt8](repeating: 7, count: 32))
        let good = #"{"kind":"phone","epoch":2,"tokens":["\#(token)"]}"#
        let list = try SwitchboardFile(parsing: Array(good.utf8))
        #expect(list.kind == .phone && list.epoch == KeyEpoch(2) && list.tokens.map(\.base64) == [token])
        let bad = [
            good.replacing("phone", with: "fax"), good.replacing(token, with: "AAAA"),
            good.replacing("[\"\(token)\"]", with: "[]"), good.replacing("\"epoch\":2,", with: ""),
            good.replacing("\"epoch\"", with: "\"number\":\"1\",\"epoch\""), good.replacing(token, with: token + "AA"),
        ]
        for text in bad {
            let problem = #expect(throws: Problem.self) { try SwitchboardFile(parsing: Array(text.utf8)) }
            #expect(problem?.detail.contains(token) == false)
        }
    }

    @Test("every command of rings has a help text with what it takes")
    func help() {
        let all: [(any ParsableCommand.Type, String)] = [
            (RingCommand.self, "ring show R-12 --svg"), (RingShow.self, "--graphml"), (RingListing.self, "--after"),
            (RingCandidates.self, "--admin-key"), (RingConfirm.self, "--note"), (RingDismiss.self, "--note"),
            (RingDiscover.self, "--wait"), (RingHistory.self, "--limit"), (RingSeed.self, "base64 of 32 bytes"),
        ]
        for (command, words) in all {
            let text = command.helpMessage(columns: 100)
            #expect(text.contains(words), "\(command)")
            #expect(text.contains("OVERVIEW") && (command == RingCommand.self || text.contains("--json")))
        }
    }
}
