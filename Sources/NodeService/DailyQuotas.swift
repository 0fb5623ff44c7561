internal import Exchange
internal import Records
internal import Vocabulary

/// The checks counted by day, and which counts the batch in the making changed: they are stored with its answers.
struct DailyQuotas {
    private struct Place: Hashable {
        let member: MemberID
        let purpose: Purpose

        init(_ row: QuotaRow) { (member, purpose) = (row.member, row.purpose) }
    }

    private var book: QuotaBook
    private var changed: [Place: QuotaRow] = [:]
    private var forgottenBefore = 0

    /// - Parameter rows: as stored.
    init(_ rows: [QuotaRow] = []) { book = QuotaBook(rows) }

    /// - Throws: `budgetExhausted` where the day has no room for so many more.
    func require(
        _ member: MemberID, _ purpose: Purpose, checks: Int, by policy: Policy, at now: Instant
    ) throws(Problem) {
        try book.check(member, purpose, checks: checks, by: policy, now: now)
    }

    mutating func spend(
        _ member: MemberID, _ purpose: Purpose, checks: Int, misses: Int, by policy: Policy, at now: Instant
    ) {
        let day = QuotaBook.day(of: now, by: policy)
        let row = book.spend(member, purpose, checks: checks, misses: misses, day: day)
        changed[Place(row)] = row
    }

    /// The rows that changed since the last call.
    mutating func takeChanges() -> [QuotaRow] {
        defer { changed = [:] }
        return Array(changed.values)
    }

    /// The day before which stored counts are of no use any more in any time zone, once for each.
    mutating func forgetting(at now: Instant) -> Int? {
        let day = Int(now.seconds / 86_400) - 2
        guard day > forgottenBefore else { return nil }
        forgottenBefore = day
        return day
    }
}
