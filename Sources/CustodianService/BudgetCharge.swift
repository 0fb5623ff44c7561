package import Exchange
internal import Records
package import Registry
package import Vocabulary

/// What one request costs, and by which request it is asked.
package struct BudgetCharge: Sendable {
    package let account: BudgetAccount
    package let tokens: Int
    package let nonce: RedeemedNonce

    /// The limit of the day or of the grant, by the registry version current when the request arrived.
    package let limit: Int
    /// Which day it is, in days since 1970-01-01 in the policy's time zone.
    package let day: Int64
    /// When the next day begins.
    package let renewal: Instant

    /// - Parameter now: which day it is, and whether a grant is in force.
    /// - Throws: `notEntitled` where the request names a grant that is not this member's, not for its purpose or not in
    ///   force. It is never charged to the day's budget instead.
    package init(
        _ requester: Requester, _ request: EvaluationRequest, version: RegistryVersion, now: Instant
    ) throws(Problem) {
        let policy = version.policy
        let today = policy.timeZone.day(of: now)
        (day, renewal) = (Int64(today.daysSince1970), policy.timeZone.end(of: today))
        let span: BudgetAccount.Span
        if let name = request.grant {
            let grant = try version.grant(named: name, for: requester.member, request.purpose, at: now)
            (span, limit) = (.grant(name), grant.tokens[request.keyClass] ?? 0)
        } else {
            (span, limit) = (.day(day), policy.budgets.tokensPerDay(request.keyClass, request.purpose))
        }
        account = BudgetAccount(
            member: requester.member, span: span, keyClass: request.keyClass, purpose: request.purpose)
        tokens = request.elements.count
        nonce = RedeemedNonce(digest: .nonce(requester.nonce, of: requester.keyID), expires: requester.expires)
    }

    /// Why the account does not hold this charge.
    package var exhausted: Problem {
        let what = "\(account.keyClass.rawValue) tokens for \(account.purpose.rawValue)"
        switch account.span {
        case .grant(let name) where limit == 0:
            return Problem(.budgetExhausted, "The grant \(name) holds no \(account.keyClass.rawValue) tokens.")
        case .grant(let name):
            return Problem(
                .budgetExhausted, "The grant \(name) of \(limit) \(what) does not hold \(tokens) more.",
                hint: "The consortium's admins can raise it.")
        case .day where limit == 0:
            return Problem(.budgetExhausted, "The policy gives no budget for \(what).")
        case .day:
            return Problem(
                .budgetExhausted, "The day's budget of \(limit) \(what) does not hold \(tokens) more.",
                hint: "It is renewed at \(renewal).")
        }
    }
}

extension RegistryVersion {
    /// The grant that a member may use at that instant. Another member's is told as none: whose it is does not matter.
    fileprivate func grant(
        named name: ListedName, for member: MemberID, _ purpose: Purpose, at now: Instant
    ) throws(Problem) -> BudgetGrant {
        guard let grant = grant(named: name), grant.member == member else {
            throw Problem(
                .notEntitled, "This member has no grant \(name) in version \(number) of the registry.",
                hint: "Ask the consortium's admins for one, or leave the grant out.", path: "grant")
        }
        guard grant.purpose == purpose else {
            throw Problem(
                .notEntitled, "The grant \(name) is for \(grant.purpose.rawValue), not for \(purpose.rawValue).",
                path: "grant")
        }
        guard grant.isValid(at: now) else {
            throw Problem(
                .notEntitled, "The grant \(name) is in force from \(grant.notBefore) to \(grant.notAfter) alone.",
                hint: "Ask the consortium's admins to prolong it.", path: "grant")
        }
        return grant
    }
}
