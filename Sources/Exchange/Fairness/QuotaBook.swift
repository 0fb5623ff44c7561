package import Records
package import Vocabulary

/// What one member has asked for one purpose on one day, as the store keeps it.
package struct QuotaRow: Hashable, Sendable {
    package let member: MemberID
    package let purpose: Purpose
    /// Days since 1970 in the policy's time zone.
    package let day: Int
    package var checks: Int
    /// The checks that were answered with `noRecord`.
    package var misses: Int

    package init(member: MemberID, purpose: Purpose, day: Int, checks: Int, misses: Int) {
        (self.member, self.purpose, self.day) = (member, purpose, day)
        (self.checks, self.misses) = (checks, misses)
    }
}

/// How much of its daily quotas each member has used (DOMAIN §7): checks, and the lower number of misses, for who asks
/// about many that nobody knows is guessing.
///
/// A value: who holds it stores the rows that `spend` returns with the answer's entry, or soon after it for soft
/// checks, and makes it anew from the stored rows of the day. Whoever can write the rows gains checks, and no more.
package struct QuotaBook: Sendable {
    private struct Place: Hashable {
        let member: MemberID
        let purpose: Purpose
    }

    /// One row each, of the newest day.
    private var used: [Place: QuotaRow] = [:]

    /// - Parameter rows: as stored, of whatever days.
    package init(_ rows: [QuotaRow] = []) {
        for row in rows {
            let place = Place(member: row.member, purpose: row.purpose)
            if let held = used[place], held.day >= row.day { continue }
            used[place] = row
        }
    }

    /// In order of member and purpose.
    package var rows: [QuotaRow] {
        used.values.sorted { ($0.member, $0.purpose.rawValue) < ($1.member, $1.purpose.rawValue) }
    }

    /// The day that an instant counts towards.
    package static func day(of now: Instant, by policy: Policy) -> Int { policy.timeZone.day(of: now).daysSince1970 }

    /// - Parameter checks: how many are asked at once; they are allowed together or not at all.
    /// - Throws: `budgetExhausted` where the day's quota has no room for them, or its misses are used up. A batch may
    ///   go beyond the misses by its own.
    package func check(
        _ member: MemberID, _ purpose: Purpose, checks: Int = 1, by policy: Policy, now: Instant
    ) throws(Problem) {
        let quota = policy.quotas[purpose]
        let row = row(member, purpose, Self.day(of: now, by: policy))
        guard row.checks + checks <= quota.checks else {
            throw Problem(
                .budgetExhausted,
                "The day's quota of \(quota.checks) checks for the purpose \(purpose.rawValue) has no room for this.",
                hint: "It begins anew at midnight in \(policy.timeZone.name).", path: "purpose")
        }
        guard row.misses < quota.misses else {
            throw Problem(
                .budgetExhausted,
                "\(row.misses) checks for the purpose \(purpose.rawValue) found nobody today, which is as many as may.",
                hint: "It begins anew at midnight in \(policy.timeZone.name).", path: "purpose")
        }
    }

    /// Counts what was asked, and how much of it found nobody; misses that were held in advance are given back.
    ///
    /// - Returns: the row to store in place of the member's earlier one of that day.
    package mutating func spend(
        _ member: MemberID, _ purpose: Purpose, checks: Int, misses: Int, day: Int
    ) -> QuotaRow {
        precondition(checks >= 0, "What was asked was asked.")
        var row = row(member, purpose, day)
        row.checks += checks
        row.misses = max(0, row.misses + misses)
        used[Place(member: member, purpose: purpose)] = row
        return row
    }

    /// What was used on a day; nothing where the clock went back to an earlier one is worth no second quota.
    private func row(_ member: MemberID, _ purpose: Purpose, _ day: Int) -> QuotaRow {
        if let held = used[Place(member: member, purpose: purpose)], held.day >= day { return held }
        return QuotaRow(member: member, purpose: purpose, day: day, checks: 0, misses: 0)
    }
}
