import CustodianService
import Exchange
import HTTPEdge
import Records
import Registry
import Testing
import Vocabulary

@Suite("Budget grants at a custodian")
struct GrantTests {
    let fixture: Fixture
    let store = MemoryBudgetStore()
    private static let job = "book-2026"

    init() throws { fixture = try Fixture(budget: 10) }

    private var asker: MemberID { fixture.sample.members[0].id }
    private var other: MemberID { fixture.sample.members[1].id }

    private func exchange(_ sample: SampleConsortium) throws -> CustodianExchange {
        try fixture.exchange(store, registry: RegistryFollower(sample.chain))
    }

    private func evaluate(_ count: Int, grant: String?, by exchange: CustodianExchange) async throws {
        _ = try await exchange.serving(fixture.requester()).evaluate(try Fixture.request(count, grant: grant))
    }

    /// What a request is refused with; an issue where it is not.
    private func refusal(
        _ request: EvaluationRequest, by exchange: CustodianExchange, at place: SourceLocation = #_sourceLocation
    ) async -> Problem? {
        do throws(Problem) {
            _ = try await exchange.serving(fixture.requester()).evaluate(request)
            Issue.record("It was evaluated.", sourceLocation: place)
            return nil
        } catch { return error }
    }

    @Test("a grant is counted apart: it costs the day nothing, and the day costs it nothing")
    func apart() async throws {
        let exchange = try exchange(fixture.granting([Fixture.grant(Self.job, of: asker)]))
        try await evaluate(10, grant: nil, by: exchange)
        try await evaluate(20, grant: Self.job, by: exchange)
        for grant in [nil, Self.job] {
            let problem = await refusal(try Fixture.request(1, grant: grant), by: exchange)
            #expect(problem?.code == .budgetExhausted)
            #expect(problem?.detail.contains(grant == nil ? "The day's budget" : "The grant \(Self.job)") == true)
        }
        #expect(store.total == 30)
    }

    @Test("a grant holds to its last token, over days, until it ends; then nothing is charged to the day instead")
    func exhausted() async throws {
        let exchange = try exchange(fixture.granting([Fixture.grant(Self.job, of: asker)]))
        try await evaluate(12, grant: Self.job, by: exchange)
        fixture.clock.advance(seconds: 86_400)
        try await evaluate(7, grant: Self.job, by: exchange)
        let problem = await refusal(try Fixture.request(2, grant: Self.job), by: exchange)
        #expect(problem?.detail == "The grant book-2026 of 20 phone tokens for application does not hold 2 more.")
        try await evaluate(1, grant: Self.job, by: exchange)
        fixture.clock.advance(seconds: 1)
        let over = await refusal(try Fixture.request(1, grant: Self.job), by: exchange)
        #expect(over?.code == .notEntitled)
        #expect(over?.detail.contains("from 2026-02-25T06:13:20Z to 2026-02-26T06:13:20Z") == true)
        #expect(store.total == 20)
    }

    @Test("a grant that is not this member's, not for this purpose, or not there, is refused and costs nothing")
    func notEntitled() async throws {
        let exchange = try exchange(
            fixture.granting([
                Fixture.grant("others", of: other), Fixture.grant("records", of: asker, purpose: .furnish),
            ]))
        let refused = ["others": "no grant others", "records": "is for furnish", "unknown": "no grant unknown"]
        for (name, reason) in refused {
            let problem = await refusal(try Fixture.request(1, grant: name), by: exchange)
            #expect(problem?.code == .notEntitled)
            #expect(problem?.path == "grant")
            #expect(problem?.detail.contains(reason) == true, "\(name)")
            #expect(problem?.detail.contains(other.name) == false)
        }
        #expect(store.total == 0)
    }

    @Test("a grant is refused before it begins, and a class that it does not list has none")
    func notYetAndNotListed() async throws {
        let early = BudgetGrant(
            name: try ListedName("early"), member: asker, purpose: .application, tokens: [.phone: 5],
            notBefore: Fixture.start.adding(seconds: 60), notAfter: Fixture.start.adding(seconds: 120))
        let exchange = try exchange(fixture.granting([early]))
        let request = try Fixture.request(1, grant: "early")
        #expect(await refusal(request, by: exchange)?.code == .notEntitled)
        fixture.clock.advance(seconds: 60)
        let card = try Fixture.request(1, keyClass: .card, grant: "early")
        let problem = await refusal(card, by: exchange)
        #expect(problem?.code == .budgetExhausted)
        #expect(problem?.detail == "The grant early holds no card tokens.")
        try await evaluate(5, grant: "early", by: exchange)
    }

    @Test("a raised grant goes on from what was used; a withdrawn one is refused at once")
    func raised() async throws {
        let granted = try fixture.granting([Fixture.grant(Self.job, of: asker)])
        let exchange = try exchange(granted)
        try await evaluate(20, grant: Self.job, by: exchange)
        let raised = try fixture.granting([Fixture.grant(Self.job, of: asker, phones: 25)], in: granted)
        try exchange.registry.adopt(raised.chain.envelopes, now: fixture.clock.now)
        #expect(await refusal(try Fixture.request(6, grant: Self.job), by: exchange)?.code == .budgetExhausted)
        try await evaluate(5, grant: Self.job, by: exchange)
        let withdrawn = try fixture.granting([], in: raised)
        try exchange.registry.adopt(withdrawn.chain.envelopes, now: fixture.clock.now)
        #expect(await refusal(try Fixture.request(1, grant: Self.job), by: exchange)?.code == .notEntitled)
    }

    @Test("what cannot be counted durably is not evaluated under a grant either")
    func failsClosed() async throws {
        let exchange = try exchange(fixture.granting([Fixture.grant(Self.job, of: asker)]))
        let request = try Fixture.request(20, grant: Self.job)
        store.failure = Problem(.storageFull, "The disk does not want to.")
        #expect(await refusal(request, by: exchange)?.code == .storageFull)
        store.failure = nil
        try await evaluate(20, grant: Self.job, by: exchange)
        #expect(await refusal(try Fixture.request(1, grant: Self.job), by: exchange)?.code == .budgetExhausted)
    }

    @Test("requests that come at once share a grant to its last token")
    func concurrent() async throws {
        let exchange = try exchange(fixture.granting([Fixture.grant(Self.job, of: asker)]))
        let request = try Fixture.request(3, grant: Self.job)
        let granted = await withTaskGroup(of: ErrorCode?.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    await Fixture.code { try await exchange.serving(fixture.requester()).evaluate(request) }
                }
            }
            return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
        }
        #expect(granted.count { $0 == nil } == 6)
        #expect(granted.allSatisfy { $0 == nil || $0 == .budgetExhausted })
        #expect(store.total == 18)
    }
}
