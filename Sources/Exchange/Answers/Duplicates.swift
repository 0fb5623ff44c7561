internal import Records
package import Vocabulary

/// The same person has a live application elsewhere (DOMAIN §4, the gap between approval and funding).
package struct DuplicateApplications: Hashable, Sendable {
    package var applications = 0
    package var members: Set<UInt16> = []
    /// Agreements signed with the money not yet out.
    package var signed = 0
    package var kinds: [IdentifierKind] = []
    package var isExact = false
    package var isUnpublished = false

    static let none = DuplicateApplications()

    private init() {}

    init(_ match: Match, in ledger: Ledger, asker: UInt16?, policy: Policy, publishedSize: UInt64, now: Instant) {
        let oldest = now.adding(days: -policy.liveApplicationDays)
        var met = KindSet()
        for (caseNumber, own) in match.samePersonCases(as: .borrower) {
            let row = ledger.cases[Int(caseNumber)]
            guard row.kind == .loan, row.member != asker, let latest = ledger.latestEvent(of: row),
                latest.eventTime >= oldest, let stage = latest.kind.stage.flatMap(LoanStage.init(rawValue:)),
                stage.isLiveApplication
            else { continue }
            applications += 1
            members.insert(row.member)
            if stage == .signed { signed += 1 }
            met.formUnion(own)
            if UInt64(latest.logIndex) >= publishedSize { isUnpublished = true }
        }
        kinds = met.kinds
        isExact = met.hasExact
    }
}
