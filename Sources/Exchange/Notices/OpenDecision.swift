internal import Records
internal import Vocabulary

/// Whether a member may still act on what it did about a person: the application is undecided or the loan is running.
struct OpenDecision {
    let view: LedgerView
    let rules: AnswerRules
    let now: Instant

    private var ledger: Ledger { _read { yield view.ledger } }

    /// For alerts: a member that is done with the person hears nothing new of it.
    func isOpen(_ about: NoticeFacts.About, by member: UInt16) -> Bool {
        switch about {
        case .inquiry(let number): isOpen(inquiry: number, countsEnded: false)
        case .reservation(let number): isLive(reservation: number)
        case .watch(let id): isWatching(id, member)
        }
    }

    /// For corrections: also who refused the person lately, perhaps for what does not stand, is told.
    func isOwedCorrection(_ told: Told) -> Bool {
        guard told.toldAt.adding(days: rules.policy.notices.correctionDays) > now else { return false }
        return switch told.about {
        case .inquiry(let number): isOpen(inquiry: number, countsEnded: true)
        case .reservation(let number): isLive(reservation: number)
        case .watch(let id): isWatching(id, told.member)
        }
    }

    func isLive(reservation number: UInt32) -> Bool {
        view.reservation(of: ledger.cases[Int(number)])?.isLive(at: now) ?? false
    }

    private func isWatching(_ id: RecordID, _ member: UInt16) -> Bool {
        guard let watch = ledger.watches[LookupKey.watch(id, of: ledger.names.name(member))], !watch.isOver else {
            return false
        }
        return view.isOpenLoan(ledger.cases[Int(watch.loanCase)])
    }

    /// - Parameter countsEnded: whether an application that the member itself ended counts until its days are over.
    private func isOpen(inquiry number: UInt32, countsEnded: Bool) -> Bool {
        let row = ledger.cases[Int(number)]
        guard row.firstRow != 0 else { return false }
        let inquiry = ledger.rows[Int(row.firstRow - 1)]
        let isRecent = inquiry.eventTime.adding(days: rules.policy.notices.openApplicationDays) > now
        if countsEnded, isRecent { return true }
        let loans = latestStages(ofLoansBehind: number, of: row.member)
        if loans.contains(where: \.isOpen) { return true }
        guard isRecent, inquiry.kind == .inquiry else { return false }
        let since = loans.filter { $0.latest.eventTime >= inquiry.eventTime }
        return since.contains { $0.stage.isLiveApplication } || !since.contains { $0.stage.isFinal }
    }

    private struct OwnLoan {
        let latest: RecordRow
        let stage: LoanStage
        let isOpen: Bool
    }

    /// The member's own loans of the person that it asked about.
    private func latestStages(ofLoansBehind inquiry: UInt32, of member: UInt16) -> [OwnLoan] {
        var loans: [OwnLoan] = []
        for asked in ledger.borrowers(ofCase: inquiry) {
            let match = Match(asked, in: view, rules: rules.policy.identifierKinds, chains: [.loans])
            for (number, _) in match.samePersonCases(as: .borrower) {
                let row = ledger.cases[Int(number)]
                guard row.kind == .loan, row.member == member, let latest = view.latestEvent(of: row),
                    let stage = latest.kind.stage.flatMap(LoanStage.init(rawValue:))
                else { continue }
                loans.append(OwnLoan(latest: latest, stage: stage, isOpen: view.isOpenLoan(row)))
            }
        }
        return loans
    }
}
