import ConsortiumSupport
import Exchange
@testable import NodeService
import Records
import Store
import Testing
import Vocabulary

@Suite("Notices at the node")
struct NoticeTests {
    let person = Person("p")

    func report(_ consortium: inout NodeConsortium, by member: Int, name: String = "report") async throws {
        let now = consortium.now
        try await consortium.furnish(
            .report("FRD-DOC", on: person.as(.perpetrator), at: now, name: name), by: member)
    }

    @Test("a request that waits is answered as soon as something is durable that is released at once")
    func releasedAtOnce() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.reserve("first", person, by: 0)
        let node: any Node = stored.consortium.session(of: 0)
        async let waiting = node.notices(after: 0, wait: .seconds(30), limit: 10)
        await stored.consortium.untilSomebodyWaits()
        try await stored.consortium.reserve("second", person, by: 1)
        // No beat: the reservation itself wakes who waits.
        let page = try stored.consortium.open(try await waiting, .notices)
        #expect(page.noticeKinds == ["reservation"] && page.cursor == 1 && page["more"] == false)
        #expect(page["member"]?.string == stored.consortium.lenders.member(0).name)
        #expect(try await stored.consortium.notices(of: 0, after: 1).noticeKinds == [])
    }

    @Test("what is held back for the beat is told when it is due and not before")
    func heldBack() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.ask(about: person, by: 0)
        try await report(&stored.consortium, by: 1)
        #expect(try await stored.consortium.notices(of: 0).noticeKinds == [])
        let session: any Node = stored.consortium.session(of: 0), again: any Node = stored.consortium.session(of: 0)
        let (consortium, clock) = (stored.consortium, stored.consortium.clock)
        let page = try await consortium.beating {
            async let waiting = session.notices(after: 0, wait: .seconds(30), limit: 10)
            // Before the beat the wait is over: an empty page, with the cursor that was asked with.
            await consortium.untilSomebodyWaits()
            clock.advance(seconds: 31)
            let empty = try consortium.open(try await waiting, .notices)
            #expect(empty.noticeKinds == [] && empty.cursor == 0)
            async let second = again.notices(after: 0, wait: .seconds(30), limit: 10)
            await consortium.untilSomebodyWaits()
            clock.advance(seconds: 29)
            return try consortium.open(try await second, .notices)
        }
        #expect(page.noticeKinds == ["alert"])
        #expect(page["notices"]?.array?.first?["signal"]?["code"] == "FRD-DOC")
    }

    @Test("corrections, acknowledgements and cursors outlive a restart, and what was served is served again")
    func restarts() async throws {
        var stored = try StoredConsortium()
        try await report(&stored.consortium, by: 1)
        try await stored.consortium.ask(about: person, by: 0)
        let now = stored.consortium.now
        try await stored.consortium.furnish(.retraction(of: "report", at: now), by: 1)
        try await stored.consortium.reserve("mine", person, by: 0)
        try await stored.consortium.reserve("theirs", person, by: 2)
        stored.consortium.clock.advance(seconds: 61)
        let page = try await stored.consortium.notices(of: 0)
        #expect(page.noticeKinds.contains("correction") && page.noticeKinds.contains("reservation"))
        #expect(page["unacknowledged"] == 1)
        let first = try await stored.consortium.notices(of: 0, limit: 1)
        #expect(first["notices"]?.array?.count == 1 && first["more"] == true && first.cursor == 1)
        let outcome = try await stored.consortium.acknowledge(upTo: try #require(page.cursor), by: 0)
        #expect(outcome == AcknowledgementOutcome(acknowledged: try #require(page.cursor), unacknowledged: 0))
        try stored.restart()
        let after = try await stored.consortium.notices(of: 0)
        #expect(after["notices"] == page["notices"] && after["unacknowledged"] == 0)
        let again = try await stored.consortium.acknowledge(upTo: 1, by: 0)
        #expect(again.acknowledged == page.cursor)
    }

    @Test("an acknowledgement of what was not released is refused")
    func acknowledgements() async throws {
        var stored = try StoredConsortium()
        let problem = await #expect(throws: Problem.self) { try await stored.consortium.acknowledge(upTo: 1, by: 0) }
        #expect(problem?.code == .notAdmissible)
    }

    @Test("a commit that fails wakes nobody with what was not stored, and the replay leaves nothing unheard")
    func failures() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.reserve("first", person, by: 0)
        let node: any Node = stored.consortium.session(of: 0)
        async let waiting = node.notices(after: 0, wait: .seconds(30), limit: 10)
        await stored.consortium.untilSomebodyWaits()
        // Written, but the writer is told that it was not.
        stored.faults.set(.afterAppend, .io)
        await #expect(throws: Problem.self) { try await stored.consortium.reserve("second", person, by: 1) }
        stored.faults.clear()
        // The next request has the node replay; nobody beats.
        try await stored.consortium.ask(about: person, by: 2, mode: .soft)
        #expect(try stored.consortium.open(try await waiting, .notices).noticeKinds == ["reservation"])
    }

    @Test("a node that shuts down lets nobody wait")
    func shutDown() async throws {
        var stored = try StoredConsortium()
        let node: any Node = stored.consortium.session(of: 0)
        async let waiting = node.notices(after: 0, wait: .seconds(30), limit: 10)
        await stored.consortium.untilSomebodyWaits()
        stored.consortium.running.endWaits()
        #expect(try stored.consortium.open(try await waiting, .notices).noticeKinds == [])
        #expect(try await stored.consortium.notices(of: 0, wait: .seconds(30)).noticeKinds == [])
    }

    @Test("a request that is cancelled waits no longer, and its place is free again")
    func cancelled() async throws {
        var stored = try StoredConsortium()
        for _ in 0..<40 {
            let node: any Node = stored.consortium.session(of: 0)
            let waiting = Task { try await node.notices(after: 0, wait: .seconds(30), limit: 10) }
            waiting.cancel()
            let page = try stored.consortium.open(try await waiting.value, .notices)
            #expect(page.noticeKinds == [])
        }
    }

    @Test("more waiting requests of a member than it may have are refused; another member's are not")
    func tooMany() async throws {
        var stored = try StoredConsortium()
        let sessions: [any Node] = (0..<17).map { _ in stored.consortium.session(of: 0) }
        let refused = try await withThrowingTaskGroup(of: ErrorCode?.self) { group in
            for session in sessions {
                group.addTask {
                    do throws(Problem) {
                        _ = try await session.notices(after: 0, wait: .seconds(30), limit: 10)
                        return nil
                    } catch { return error.code }
                }
            }
            // The seventeenth is refused while the others wait.
            let first = try await group.next() ?? nil
            #expect(try await stored.consortium.notices(of: 1).noticeKinds == [])
            stored.consortium.running.endWaits()
            let rest = try await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
            #expect(rest.count == 16 && rest.allSatisfy { $0 == nil })
            return first
        }
        #expect(refused == .overloaded)
    }

    @Test("watches are counted, and a loan that the node does not know is refused by itself")
    func watches() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L1", .disbursed, of: person, at: now), by: 0)
        let request = stored.consortium.lenders.watch(
            [("w1", "L1"), ("w2", "L2")], by: 0, at: now)
        let outcome = try await stored.consortium.session(of: 0).watch(request)
        #expect(outcome.watching == 1)
        #expect(outcome.refused == [.init(watch: RecordID(named: "w2"), code: .unknownLoan)])
        try stored.restart()
        try await report(&stored.consortium, by: 1)
        stored.consortium.clock.advance(seconds: 60)
        let page = try await stored.consortium.notices(of: 0)
        #expect(page["notices"]?.array?.first?["about"]?["watch"]?.string == RecordID(named: "w1").description)
    }
}

extension NodeConsortium {
    /// Returns once a request for notices waits at the bell.
    func untilSomebodyWaits() async {
        while running.bell.waitingCount == 0 { await Task.yield() }
    }
}
