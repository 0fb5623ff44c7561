import CustodianService
import Exchange
import Registry
import Testing
import Vocabulary

@Suite("Budgets and nonces")
struct BudgetBookTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture(budget: 10) }

    @Test("a budget holds to its last token and not one more")
    func limit() throws {
        var book = BudgetBook()
        var changes = BudgetBook.Changes()
        try book.spend(try fixture.charge(7), into: &changes)
        #expect(throws: Problem.self) { try book.spend(try fixture.charge(4), into: &changes) }
        try book.spend(try fixture.charge(3), into: &changes)
        #expect(throws: Problem.self) { try book.spend(try fixture.charge(1), into: &changes) }
        #expect(changes.totals.values.reduce(0, +) == 10)
        #expect(changes.nonces.count == 4)
    }

    @Test("what the policy does not list has no budget")
    func notListed() throws {
        var book = BudgetBook()
        var changes = BudgetBook.Changes()
        let charge = try BudgetCharge(
            fixture.requester(), try Fixture.request(1, keyClass: .card), version: fixture.sample.chain.current,
            now: Fixture.start)
        #expect(throws: Problem.self) { try book.spend(charge, into: &changes) }
        #expect(changes.totals.isEmpty)
    }

    @Test("a nonce is taken once, whatever became of its request")
    func replay() throws {
        var book = BudgetBook()
        var changes = BudgetBook.Changes()
        try book.spend(try fixture.charge(1, nonce: "a-nonce-of-sixteen"), into: &changes)
        let again = try fixture.charge(1, nonce: "a-nonce-of-sixteen")
        #expect(throws: Problem.self) { try book.spend(again, into: &changes) }
        let tooDear = try fixture.charge(99, nonce: "refused-for-budget")
        #expect(throws: Problem.self) { try book.spend(tooDear, into: &changes) }
        do {
            try book.spend(try fixture.charge(1, nonce: "refused-for-budget"), into: &changes)
            Issue.record("The nonce was taken twice.")
        } catch let problem as Problem {
            #expect(problem.code == .replayedNonce)
        }
    }

    @Test("the refusal names the limit and when it is renewed: midnight in the policy's time zone")
    func renewal() throws {
        var book = BudgetBook()
        var changes = BudgetBook.Changes()
        do {
            try book.spend(try fixture.charge(11), into: &changes)
            Issue.record("The budget was exceeded.")
        } catch let problem as Problem {
            #expect(problem.code == .budgetExhausted)
            #expect(problem.hint == "It is renewed at 2026-02-25T16:00:00Z.")
        }
    }

    @Test("the next day starts anew, and yesterday is still known")
    func days() throws {
        var book = BudgetBook()
        var changes = BudgetBook.Changes()
        let first = try fixture.charge(10)
        try book.spend(first, into: &changes)
        fixture.clock.advance(seconds: 86_400)
        let second = try fixture.charge(10)
        book.sweep(today: second.day, now: fixture.clock.now)
        try book.spend(second, into: &changes)
        #expect(book.tokens(of: first.account) == 10)
        fixture.clock.advance(seconds: 86_400)
        book.sweep(today: try fixture.charge(1).day, now: fixture.clock.now)
        #expect(book.tokens(of: first.account) == 0)
    }
}
