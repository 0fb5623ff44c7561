package import Exchange
package import Records
package import Vocabulary

/// What is counted together: one member's tokens of one key class for one purpose on one day.
package struct BudgetAccount: Hashable, Sendable {
    package let member: MemberID
    /// Days since 1970-01-01 in the policy's time zone.
    package let day: Int64
    package let keyClass: KeyClass
    package let purpose: Purpose

    package init(member: MemberID, day: Int64, keyClass: KeyClass, purpose: Purpose) {
        (self.member, self.day, self.keyClass, self.purpose) = (member, day, keyClass, purpose)
    }
}

/// What one request costs, and by which request it is asked.
package struct BudgetCharge: Sendable {
    package let account: BudgetAccount
    package let tokens: Int
    package let nonce: RedeemedNonce

    /// The day's limit, by the policy current when the request arrived.
    package let limit: Int
    /// When the next day begins.
    package let renewal: Instant

    /// - Parameter now: which day it is, in the policy's time zone.
    package init(_ requester: Requester, _ request: EvaluationRequest, policy: Policy, now: Instant) {
        let day = policy.timeZone.day(of: now)
        account = BudgetAccount(
            member: requester.member, day: Int64(day.daysSince1970), keyClass: request.keyClass,
            purpose: request.purpose)
        tokens = request.elements.count
        nonce = RedeemedNonce(digest: .nonce(requester.nonce, of: requester.keyID), expires: requester.expires)
        limit = policy.budgets.tokensPerDay(request.keyClass, request.purpose)
        renewal = policy.timeZone.end(of: day)
    }
}

/// The decisions about budgets and nonces, in memory; what a batch of them changed is then made durable, or dropped
/// with the book.
package struct BudgetBook: Sendable {
    /// What has to be written before anybody is told.
    package struct Changes: Sendable {
        package var nonces: [RedeemedNonce] = []
        /// The new totals.
        package var totals: [BudgetAccount: Int] = [:]

        package init() {}

        package var isEmpty: Bool { nonces.isEmpty && totals.isEmpty }
    }

    private var nonces: NonceLedger
    private var spent: [BudgetAccount: Int]
    /// The time of the last sweep: what expired before it may be forgotten, and is spent no more.
    private var sweptAt = Instant(milliseconds: .min)

    package init(nonces: [RedeemedNonce] = [], spent: [BudgetAccount: Int] = [:]) {
        (self.nonces, self.spent) = (NonceLedger(nonces), spent)
    }

    package func tokens(of account: BudgetAccount) -> Int { spent[account] ?? 0 }

    /// Spends the nonce, and then the tokens if the day's limit holds them all.
    ///
    /// - Throws: `replayedNonce`; `budgetExhausted`, with the nonce spent.
    package mutating func spend(_ charge: BudgetCharge, into changes: inout Changes) throws(Problem) {
        guard nonces.redeem(charge.nonce, at: sweptAt) else {
            throw Problem(
                .replayedNonce, "A request with this nonce was received before.",
                hint: "Sign every request, also a repeated one, with a fresh nonce.")
        }
        changes.nonces.append(charge.nonce)
        let total = tokens(of: charge.account) + charge.tokens
        guard total <= charge.limit else { throw Self.exhausted(charge) }
        spent[charge.account] = total
        changes.totals[charge.account] = total
    }

    private static func exhausted(_ charge: BudgetCharge) -> Problem {
        let account = charge.account
        guard charge.limit > 0 else {
            return Problem(
                .budgetExhausted,
                "The policy gives no budget for \(account.keyClass.rawValue) tokens for \(account.purpose.rawValue).")
        }
        return Problem(
            .budgetExhausted,
            "The day's budget of \(charge.limit) \(account.keyClass.rawValue) tokens for "
                + "\(account.purpose.rawValue) does not hold \(charge.tokens) more.",
            hint: "It is renewed at \(charge.renewal).")
    }

    /// Forgets expired nonces, and the days before yesterday: a clock set back by an hour finds its day again.
    package mutating func sweep(today: Int64, now: Instant) {
        sweptAt = now
        nonces.sweep(at: now)
        if spent.keys.contains(where: { $0.day < today - 1 }) { spent = spent.filter { $0.key.day >= today - 1 } }
    }
}
