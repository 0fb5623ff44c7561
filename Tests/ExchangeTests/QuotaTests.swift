import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("A member's quotas")
struct QuotaTests {
    let policy: Policy
    let member: MemberID
    let now = TestClock.start

    init() throws {
        policy = try PublishedPolicy.read()
        member = try MemberID("some-bank")
    }

    private var today: Int { QuotaBook.day(of: now, by: policy) }

    private func refusal(
        _ book: QuotaBook, _ purpose: Purpose = .preScreen, checks: Int = 1, at instant: Instant? = nil
    ) -> Problem? {
        do throws(Problem) {
            try book.check(member, purpose, checks: checks, by: policy, now: instant ?? now)
            return nil
        } catch { return error }
    }

    @Test("are refused beyond the day's checks, a batch wholly or not at all")
    func checksRunOut() {
        var book = QuotaBook()
        let quota = policy.quotas[.preScreen]
        #expect(refusal(book, checks: quota.checks) == nil)
        #expect(refusal(book, checks: quota.checks + 1)?.code == .budgetExhausted)
        _ = book.spend(member, .preScreen, checks: quota.checks - 10, misses: 0, day: today)
        #expect(refusal(book, checks: 10) == nil && refusal(book, checks: 11)?.path == "purpose")
        _ = book.spend(member, .preScreen, checks: 10, misses: 0, day: today)
        #expect(refusal(book)?.code == .budgetExhausted)
        // Each purpose and each member has its own.
        #expect(refusal(book, .application) == nil)
        #expect(throws: Never.self) { try book.check(MemberID("other-bank"), .preScreen, by: policy, now: now) }
    }

    @Test("are refused earlier to who finds nobody too often")
    func missesRunOut() {
        var book = QuotaBook()
        let misses = policy.quotas[.preScreen].misses
        _ = book.spend(member, .preScreen, checks: misses, misses: misses - 1, day: today)
        #expect(refusal(book) == nil)
        _ = book.spend(member, .preScreen, checks: 1, misses: 1, day: today)
        #expect(refusal(book)?.code == .budgetExhausted && refusal(book)?.detail.contains("found nobody") == true)
    }

    @Test("begin anew at midnight of the policy's time zone, and not when the clock goes back")
    func daysAreLocal() throws {
        var book = QuotaBook()
        let day = policy.timeZone.day(of: now)
        let midnight = policy.timeZone.end(of: day)
        _ = book.spend(member, .preScreen, checks: 20_000, misses: 0, day: today)
        #expect(refusal(book, at: Instant(milliseconds: midnight.milliseconds - 1)) != nil)
        #expect(refusal(book, at: midnight) == nil)
        #expect(refusal(book, at: now.adding(days: -1)) != nil)
        let row = book.spend(member, .preScreen, checks: 1, misses: 1, day: today + 1)
        #expect(row == QuotaRow(member: member, purpose: .preScreen, day: today + 1, checks: 1, misses: 1))
    }

    @Test("outlive a restart, and rows of earlier days count for nothing")
    func rowsAreTheBook() {
        var book = QuotaBook()
        _ = book.spend(member, .preScreen, checks: 7, misses: 3, day: today - 1)
        let stored = [
            book.spend(member, .preScreen, checks: 19_999, misses: 2, day: today),
            book.spend(member, .application, checks: 5, misses: 5, day: today),
        ]
        #expect(book.rows == stored.reversed())
        let old = QuotaRow(member: member, purpose: .preScreen, day: today - 1, checks: 20_000, misses: 0)
        for rows in [stored + [old], [old] + stored] {
            let again = QuotaBook(rows)
            #expect(again.rows == book.rows)
            #expect(refusal(again) == nil && refusal(again, checks: 2)?.code == .budgetExhausted)
        }
    }

    @Test("a pre-screening that would be recorded is refused")
    func preScreeningIsSoft() throws {
        var consortium = try CoreConsortium()
        #expect(throws: Problem.self) {
            try consortium.ask(about: Person("a"), by: 0, purpose: .preScreen, mode: .hard)
        }
        try consortium.ask(about: Person("a"), by: 0, purpose: .preScreen, mode: .soft)
        #expect(consortium.stored.isEmpty)
    }
}
