import ConsortiumSupport
import Exchange
import NodeService
import Records
import Store
import Testing
import TransparencyLog
import Vocabulary

@Suite("The node's one order")
struct SequencingTests {
    @Test("thirty-two submitters and as many checkers at once all get what is theirs")
    func manyAtOnce() async throws {
        var stored = try StoredConsortium()
        let consortium = stored.consortium, now = consortium.now
        var submitting: [(any Node, SealedRequest)] = [], checking: [(any Node, SealedRequest)] = []
        for number in 0..<32 {
            let member = number % 5, person = Person("p\(number % 4)")
            let request = stored.consortium.lenders.submission(
                of: [.loan("L\(number)", .applied, of: person, at: now), .loan("L\(number)", .signed, at: now)],
                by: member, at: now)
            submitting.append((stored.consortium.session(of: member), request))
            let check = stored.consortium.lenders.check(of: person, by: member, at: now)
            checking.append((stored.consortium.session(of: member), check))
        }
        let (outcomes, answers) = try await consortium.beating {
            try await withThrowingTaskGroup(of: (SubmissionOutcome?, Envelope?).self) { group in
                for (node, request) in submitting { group.addTask { (try await node.submit(request), nil) } }
                for (node, request) in checking { group.addTask { (nil, try await node.check(request)) } }
                var results: ([SubmissionOutcome], [Envelope]) = ([], [])
                for try await (outcome, answer) in group {
                    if let outcome { results.0.append(outcome) }
                    if let answer { results.1.append(answer) }
                }
                return results
            }
        }
        #expect(outcomes.count == 32 && answers.count == 32)
        let indexes = try outcomes.flatMap { try consortium.verify($0) }
        #expect(Set(indexes).count == 32)
        for answer in answers { #expect(try consortium.sheet(of: answer).json["check"] != nil) }
        try await consortium.running.publishCheckpoint()
        let head = try await stored.consortium.checkpoint()
        #expect(try head.root == stored.root() && head.size == UInt64(SQLiteReading(path: stored.path).leaves().count))
        // Every loan and every inquiry counts, once.
        let total = try await stored.consortium.ask(about: Person("p0"), by: 0, mode: .soft)
        #expect(total.cell("application", "own", "30d")?.integer.map { $0 > 0 } == true)
        #expect(total.told("application", "others", "7d") == "5-9" && total.told("inquiry", "others", "7d") == "5-9")
    }

    @Test("the same submission from thirty-two at once is stored once")
    func oneSubmissionManyTimes() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("p"), at: now)], by: 0, at: now)
        let sessions: [any Node] = (0..<32).map { _ in stored.consortium.session(of: 0) }
        let consortium = stored.consortium
        let indexes = try await consortium.beating {
            try await withThrowingTaskGroup(of: SubmissionOutcome.self) { group in
                for session in sessions { group.addTask { try await session.submit(request) } }
                var indexes: [UInt64] = []
                for try await outcome in group { indexes += try consortium.verify(outcome) }
                return indexes
            }
        }
        #expect(indexes == [UInt64](repeating: 0, count: 32))
        #expect(try SQLiteReading(path: stored.path).leaves().count == 1)
    }

    @Test("a nonce is spent once, also among many at once")
    func noncesAreSpentOnce() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let session = stored.consortium.session(of: 0, nonce: "the same")
        let checks = (0..<16).map { _ in stored.consortium.lenders.check(of: Person("p"), by: 0, at: now) }
        let results = await withTaskGroup(of: ErrorCode?.self) { group in
            for check in checks {
                group.addTask {
                    do throws(Problem) {
                        _ = try await session.check(check)
                        return nil
                    } catch { return error.code }
                }
            }
            return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
        }
        #expect(results.filter { $0 == nil }.count == 1)
        #expect(results.filter { $0 == .replayedNonce }.count == 15)
    }

    @Test("a nonce stays spent over a restart until it expires, and belongs to its key")
    func noncesSurviveRestarts() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        func check(_ member: Int) async throws {
            let request = stored.consortium.lenders.check(of: Person("p"), by: member, at: now)
            _ = try await stored.consortium.session(of: member, nonce: "spent").check(request)
        }
        try await check(0)
        try stored.restart()
        let problem = await #expect(throws: Problem.self) { try await check(0) }
        #expect(problem?.code == .replayedNonce)
        try await check(1)
    }

    @Test("a request that is refused has spent its nonce too")
    func refusedRequestsSpendTheirNonce() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(of: [.loan("L1", .signed, at: now)], by: 0, at: now)
        var codes: [ErrorCode?] = []
        for _ in 0..<2 {
            codes.append(
                await #expect(throws: Problem.self) {
                    try await stored.consortium.submit(request, by: 0, nonce: "once")
                }?.code)
        }
        #expect(codes == [.unknownLoan, .replayedNonce])
    }

    @Test("answers are logged: a hard check leaves its inquiry and its answer, a soft one its answer")
    func answersAreLogged() async throws {
        var stored = try StoredConsortium()
        let leaves = { try SQLiteReading(path: stored.path).leaves().count }
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .hard)
        #expect(try leaves() == 2)
        try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft)
        #expect(try leaves() == 3)
    }

    @Test("the registry's versions are logged once each")
    func versionsAreLogged() async throws {
        var stored = try StoredConsortium()
        for _ in 0..<2 { try await stored.consortium.running.recordRegistry() }
        try stored.restart()
        try await stored.consortium.running.recordRegistry()
        #expect(try SQLiteReading(path: stored.path).leaves().count == 1)
    }
}
