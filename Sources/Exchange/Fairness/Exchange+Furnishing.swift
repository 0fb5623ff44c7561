internal import Records
internal import Registry
package import Vocabulary

extension Exchange {
    /// How a member's furnishing stands. It looks at the member's own cases alone, at most `FurnishingCount.sample` of
    /// each kind, evenly spread; some milliseconds for a large member, so callers keep the result for a minute.
    package func furnishing(of member: MemberID, by rules: AnswerRules, now: Instant) -> Furnishing {
        let policy = rules.policy.reciprocity
        let count = FurnishingCount(self, rules: rules, member: member, now: now)
        let due = count.dueInquiries
        let admitted = rules.chain.member(member)?.admittedAt
        return Furnishing(
            member: member, fresh: count.freshLoans, complete: count.completeInquiries(due), checks: due.count,
            graceUntil: admitted?.adding(days: policy.graceDays), rules: policy, computedAt: now)
    }
}

/// Counts over one member's own loans and inquiries.
struct FurnishingCount {
    /// Beyond so many every n-th is looked at.
    static let sample = 4000

    private let view: LedgerView
    private let rules: AnswerRules
    private let cases: MemberCases
    private let number: UInt16?
    private let now: Instant

    init(_ exchange: Exchange, rules: AnswerRules, member: MemberID, now: Instant) {
        (view, self.rules, self.now) = (LedgerView(exchange.ledger), rules, now)
        number = exchange.ledger.names.number(of: member.name)
        cases = number.flatMap { exchange.ledger.casesOfMember[$0] } ?? MemberCases()
    }

    private var ledger: Ledger { _read { yield view.ledger } }
    private var policy: ReciprocityRules { rules.policy.reciprocity }

    var freshLoans: Furnishing.Share {
        let oldest = now.adding(days: -policy.freshDays)
        var share = Furnishing.Share()
        for loan in spread(cases.loans[...]) {
            let row = ledger.cases[Int(loan)]
            guard view.isOpenLoan(row), let latest = view.latestEvent(of: row) else { continue }
            share.whole += 1
            share.part += latest.eventTime >= oldest ? 1 : 0
        }
        return share
    }

    /// The hard checks of up to a year whose outcome is due; those for other purposes than an application among them.
    private var yearsInquiries: ArraySlice<UInt32> {
        let first = firstInquiry(after: now.adding(days: -365))
        return cases.inquiries[first..<max(first, firstInquiry(after: now.adding(days: -policy.outcomeDays)))]
    }

    var dueInquiries: [UInt32] { yearsInquiries.filter { event(of: $0).kind == .inquiry } }

    /// - Parameter due: application inquiries by case.
    func completeInquiries(_ due: [UInt32]) -> Furnishing.Share {
        var share = Furnishing.Share()
        for inquiry in spread(due[...]) {
            share.whole += 1
            share.part += hasOutcome(inquiry) ? 1 : 0
        }
        return share
    }

    /// Inquiries come in order of time.
    private func firstInquiry(after instant: Instant) -> Int {
        var (low, high) = (0, cases.inquiries.count)
        while low < high {
            let middle = (low + high) / 2
            if event(of: cases.inquiries[middle]).eventTime <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func event(of inquiry: UInt32) -> RecordRow { ledger.rows[Int(ledger.cases[Int(inquiry)].firstRow - 1)] }

    /// Whether the member furnished an event of the person's loan that happened with the check or after it.
    private func hasOutcome(_ inquiry: UInt32) -> Bool {
        let day: Int64 = 86_400
        let since = event(of: inquiry).eventTime.adding(seconds: -day)
        return ledger.borrowers(ofCase: inquiry).contains { asked in
            let match = Match(asked, in: view, rules: rules.policy.identifierKinds, chains: [.loans])
            return match.samePersonCases(as: .borrower).contains { found in
                let row = ledger.cases[Int(found.caseNumber)]
                guard row.kind == .loan, row.member == number, let latest = view.latestEvent(of: row) else {
                    return false
                }
                return latest.eventTime >= since
            }
        }
    }

    private func spread(_ numbers: ArraySlice<UInt32>) -> [UInt32] {
        let step = max(1, (numbers.count + Self.sample - 1) / Self.sample)
        return stride(from: numbers.startIndex, to: numbers.endIndex, by: step).map { numbers[$0] }
    }
}
