internal import Records
internal import Vocabulary

/// One of a member's doings about a person that a notice can go back to.
struct Asker: Hashable {
    let member: UInt16
    let about: NoticeFacts.About
    let caseNumber: UInt32
}

/// Finds who asked about a person before and may still act on what comes to be known of it (DOMAIN §5, alerts).
///
/// Bounded: it follows as many links as an answer does (`Match.linkLimit` a chain, the newest of the rarest identifier
/// first) and finds at most `limit` askers: live reservations, then watches, then inquiries, each from the newest on.
struct AskerSearch {
    static let limit = 200

    let view: LedgerView
    let rules: AnswerRules
    /// Who brings the news, and is told nothing of it; `nil` for a member that the ledger has not met.
    let author: UInt16?
    let now: Instant

    private var ledger: Ledger { _read { yield view.ledger } }

    /// - Parameter accepts: whether the news would be told to who knows the person by these identifiers.
    func askers(
        knowing identifiers: [NumberedIdentifier], limit: Int = limit, accepts: ([NumberedIdentifier]) -> Bool
    ) -> [Asker] {
        let known = ordered(identifiers)
        var askers = reservers(known, accepts)
        if askers.count < limit { askers += watchers(known, accepts) }
        if askers.count < limit { askers += inquirers(known, limit - askers.count, accepts) }
        return Array(askers.prefix(limit))
    }

    /// The live reservations alone, all of them.
    func reservers(
        knowing identifiers: [NumberedIdentifier], accepts: ([NumberedIdentifier]) -> Bool
    ) -> [Asker] {
        reservers(ordered(identifiers), accepts)
    }

    private var open: OpenDecision { OpenDecision(view: view, rules: rules, now: now) }

    private func reservers(
        _ identifiers: [NumberedIdentifier], _ accepts: ([NumberedIdentifier]) -> Bool
    ) -> [Asker] {
        cases(of: identifiers, .loans) { row, _ in view.reservation(in: row)?.isLive(at: now) ?? false }
            .filter { isAccepted($0, accepts) }
            .map { Asker(member: ledger.cases[Int($0)].member, about: .reservation($0), caseNumber: $0) }
    }

    private func watchers(
        _ identifiers: [NumberedIdentifier], _ accepts: ([NumberedIdentifier]) -> Bool
    ) -> [Asker] {
        let watched = cases(of: identifiers, .loans) { _, number in ledger.watchesOfLoan[number]?.isEmpty == false }
        return watched.filter { isAccepted($0, accepts) }.flatMap { number in
            (ledger.watchesOfLoan[number] ?? []).map { watch in
                Asker(member: ledger.cases[Int(number)].member, about: .watch(watch), caseNumber: number)
            }
        }.filter { open.isOpen($0.about, by: $0.member) }
    }

    /// The newest inquiry of a member stands for its older ones: where that is over, they are.
    private func inquirers(
        _ identifiers: [NumberedIdentifier], _ limit: Int, _ accepts: ([NumberedIdentifier]) -> Bool
    ) -> [Asker] {
        var askers: [Asker] = []
        var seen: Set<UInt16> = []
        for number in cases(of: identifiers, .inquiries, where: { _, _ in true }) where askers.count < limit {
            let member = ledger.cases[Int(number)].member
            guard !seen.contains(member), isAccepted(number, accepts) else { continue }
            seen.insert(member)
            let asker = Asker(member: member, about: .inquiry(number), caseNumber: number)
            if open.isOpen(asker.about, by: member) { askers.append(asker) }
        }
        return askers
    }

    private func isAccepted(_ number: UInt32, _ accepts: ([NumberedIdentifier]) -> Bool) -> Bool {
        ledger.borrowers(ofCase: number).contains { isEnough($0) && accepts($0) }
    }

    /// Who asked with too little to know a person by was told nothing, and is told nothing now.
    private func isEnough(_ asked: [NumberedIdentifier]) -> Bool {
        var kinds = KindSet()
        for identifier in asked where identifier.role == .own { kinds.insert(identifier.kind) }
        return kinds.grants(by: rules.policy.identifierKinds)
    }

    /// What the ledger knows of them, the rarest first.
    private func ordered(_ identifiers: [NumberedIdentifier]) -> [NumberedIdentifier] {
        identifiers.filter { Int($0.number) < ledger.identifierRows.count }.sorted { left, right in
            let counts = (ledger.linkCount(of: left.number), ledger.linkCount(of: right.number))
            return counts.0 == counts.1 ? left.number < right.number : counts.0 < counts.1
        }
    }

    /// Other members' cases in which any of the identifiers stands, the newest first.
    private func cases(
        of identifiers: [NumberedIdentifier], _ chain: LinkChain, where isWanted: (CaseRow, UInt32) -> Bool
    ) -> [UInt32] {
        var found: Set<UInt32> = []
        var budget = Match.linkLimit
        for identifier in identifiers {
            _ = view.follow(chain, of: identifier.number, budget: &budget) { link in
                let row = ledger.cases[Int(link.caseNumber)]
                if row.member != author, isWanted(row, link.caseNumber) { found.insert(link.caseNumber) }
            }
        }
        return found.sorted(by: >)
    }
}

extension LedgerView {
    /// The reservation that a case is; `nil` for a case of another kind.
    func reservation(in row: CaseRow) -> ReservationState? {
        row.kind == .reservation ? reservation(of: row) : nil
    }
}
