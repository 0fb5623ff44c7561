package import Exchange
package import Vocabulary

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

    /// Spends the nonce, and then the tokens if the limit of the day or the grant holds them all.
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
        guard total <= charge.limit else { throw charge.exhausted }
        spent[charge.account] = total
        changes.totals[charge.account] = total
    }

    /// Forgets expired nonces, and the days before yesterday: a clock set back by an hour finds its day again. What was
    /// used of a grant is never forgotten.
    package mutating func sweep(today: Int64, now: Instant) {
        sweptAt = now
        nonces.sweep(at: now)
        if spent.keys.contains(where: { $0.isOver(before: today - 1) }) {
            spent = spent.filter { !$0.key.isOver(before: today - 1) }
        }
    }
}

extension BudgetAccount {
    fileprivate func isOver(before day: Int64) -> Bool {
        switch span {
        case .day(let own): own < day
        case .grant: false
        }
    }
}
