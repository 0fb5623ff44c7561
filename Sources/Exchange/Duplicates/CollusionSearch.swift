internal import Records
internal import Vocabulary

/// Looks for an excess of first payments that failed behind the agent or the staff member of a question.
///
/// What it finds is about them: an honest borrower comes through a bad agent too.
struct CollusionSearch {
    let evidence: IdentityEvidence
    let rules: DuplicateRules

    private var standing: CaseStanding { evidence.standing }
    private var ledger: Ledger { _read { yield standing.ledger } }

    func findings(in match: Match) -> [IdentityFinding] {
        [
            finding(.agentCollusion, as: .agent, match), finding(.staffCollusion, as: .staff, match),
        ].compactMap(\.self)
    }

    /// The clearest excess among the question's identifiers of the role.
    private func finding(_ code: IdentityFinding.Code, as role: IdentifierRole, _ match: Match) -> IdentityFinding? {
        let asked = Set(match.asked.filter { $0.role == role })
        func rank(_ finding: IdentityFinding) -> (Double, UInt8, Int, Int) {
            (
                finding.excess?.probability ?? 1, finding.kinds.first?.rawValue ?? 0, -finding.subjects,
                finding.members
            )
        }
        return asked.compactMap { finding(code, of: $0) }.min { rank($0) < rank($1) }
    }

    private func finding(_ code: IdentityFinding.Code, of identifier: NumberedIdentifier) -> IdentityFinding? {
        let loans = loans(behind: identifier)
        let brought = brought(loans)
        guard brought.count >= rules.collusionLoans else { return nil }
        let byMember = Dictionary(grouping: brought, by: \.member).mapValues(count)
        guard byMember.count >= rules.minimumMembers else { return nil }
        let behind = Set(loans.map(\.caseNumber))
        let shares = Dictionary(
            uniqueKeysWithValues: byMember.keys.map { ($0, rest(of: $0, without: behind).expectedShare) })
        let excess = excess(byMember, shares)
        guard excess.probability < rules.collusionSignificance,
            excess.observedShare >= rules.collusionLift * excess.expectedShare,
            byMember.keys.allSatisfy({ left in
                let others = byMember.filter { $0.key != left }
                return self.excess(others, shares).probability < rules.significanceWithoutOneMember
            })
        else { return nil }
        var finding = IdentityFinding(code, kinds: [identifier.kind])
        (finding.subjects, finding.members, finding.excess) = (brought.count, byMember.count, excess)
        finding.firstSeen = brought.map(\.payment.paidOut).min()
        return finding
    }

    private struct Brought {
        let member: UInt16
        let caseNumber: UInt32
        let borrowers: [UInt32]
        let payment: FirstPayment
    }

    /// The loans with a known first payment in which the identifier stands in its role.
    private func loans(behind identifier: NumberedIdentifier) -> [Brought] {
        let seen = evidence.sightings(of: identifier.number, as: [identifier.role], limit: rules.linkLimit).all
        var cases: Set<UInt32> = []
        return seen.compactMap { sighting in
            guard sighting.kind == .loan, cases.insert(sighting.caseNumber).inserted,
                let payment = standing.firstPayment(of: ledger.cases[Int(sighting.caseNumber)])
            else { return nil }
            return Brought(
                member: sighting.member, caseNumber: sighting.caseNumber, borrowers: sighting.nationalIDs,
                payment: payment)
        }
    }

    /// One loan for each borrower, the first: ten loans of one person are one bad borrower, not a bad agent.
    private func brought(_ loans: [Brought]) -> [Brought] {
        let groups = TokenGroups(loans.map(\.borrowers))
        let byBorrower = Dictionary(grouping: loans) { loan in
            loan.borrowers.first.map { UInt64(groups.root(of: $0)) } ?? 1 << 32 | UInt64(loan.caseNumber)
        }
        // At the same moment the one that was paid: a doubt speaks for the agent.
        return byBorrower.values.compactMap { loans in
            loans.min { left, right in
                (left.payment.paidOut, left.payment.isDefault ? 1 : 0, ledger.names.name(left.member))
                    < (right.payment.paidOut, right.payment.isDefault ? 1 : 0, ledger.names.name(right.member))
            }
        }
    }

    private func count(_ brought: [Brought]) -> FirstPaymentCount {
        var count = FirstPaymentCount()
        for loan in brought { count.add(loan.payment) }
        return count
    }

    /// What else a member furnished: all of its loans, or evenly many of a large book.
    private func rest(of member: UInt16, without behind: Set<UInt32>) -> FirstPaymentCount {
        let book = ledger.casesOfMember[member]?.loans ?? []
        // Cases stand in order of arrival: those that are there come first.
        var (low, high) = (0, book.count)
        while low < high {
            let middle = (low + high) / 2
            if standing.view.isThere(ledger.cases[Int(book[middle])]) { low = middle + 1 } else { high = middle }
        }
        let step = max(1, (low + rules.restOfOneMember - 1) / max(1, rules.restOfOneMember))
        var count = FirstPaymentCount()
        for index in stride(from: 0, to: low, by: step) where !behind.contains(book[index]) {
            guard standing.stands(book[index]),
                let payment = standing.firstPayment(of: ledger.cases[Int(book[index])])
            else { continue }
            count.add(payment)
        }
        return count
    }

    /// The exact test of one side. The members' shares differ; one binomial of their mean share has the heavier tail
    /// above it (Hoeffding 1956), so that the probability is never told too small.
    private func excess(_ counts: [UInt16: FirstPaymentCount], _ shares: [UInt16: Double]) -> DefaultExcess {
        let loans = counts.values.reduce(0) { $0 + $1.loans }
        let defaults = counts.values.reduce(0) { $0 + $1.defaults }
        // In the order of shares, so that the sum does not depend on who came first.
        let parts = counts.map { Double($0.value.loans) * (shares[$0.key] ?? 1) }.sorted()
        let expected = parts.reduce(0, +) / Double(max(loans, 1))
        return DefaultExcess(
            loans: loans, defaults: defaults, expectedShare: expected,
            probability: BinomialTail.probability(ofAtLeast: defaults, of: loans, chance: expected))
    }
}
