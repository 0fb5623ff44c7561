internal import Records
internal import Vocabulary

/// One subject of one case in which an identifier was met.
struct Sighting {
    let caseNumber: UInt32
    let member: UInt16
    let kind: CaseKind
    /// The subject's own national IDs; most have one.
    let nationalIDs: [UInt32]
    /// The subject's own keys of name and birth date, one a spelling.
    let names: [UInt32]
    let seenAt: Instant
}

/// All that may be told of one identifier.
struct Sightings {
    var all: [Sighting] = []
    /// Whether the budget reached to the end.
    var isWhole = true

    var earliest: Instant? { all.map(\.seenAt).min() }
    var members: Set<UInt16> { Set(all.map(\.member)) }
}

/// Reads from the ledger what may be held against identifiers: cases that stand, of members that the asker may be told
/// of, never a marker, never a victim, and no report under dispute.
final class IdentityEvidence {
    let standing: CaseStanding
    let isTold: (UInt16) -> Bool
    private let seen = Seen()

    /// A person's loan is met under each of its identifiers: it is looked at once.
    private final class Seen {
        /// By case and position.
        var sightings: [UInt64: Sighting?] = [:]
    }

    init(standing: CaseStanding, isTold: @escaping (UInt16) -> Bool) {
        (self.standing, self.isTold) = (standing, isTold)
    }

    private var view: LedgerView { standing.view }
    private var ledger: Ledger { _read { yield standing.ledger } }

    /// Where the identifier stands in one of the roles. At most `limit` links of each chain are followed, the newest
    /// first.
    func sightings(of identifier: UInt32, as roles: Set<IdentifierRole> = [.own], limit: Int) -> Sightings {
        var found = Sightings()
        for chain in LinkChain.allCases {
            var budget = limit
            let isWhole = view.follow(chain, of: identifier, budget: &budget) { link in
                if roles.contains(link.role), let sighting = sighting(at: link) { found.all.append(sighting) }
            }
            if !isWhole { found.isWhole = false }
        }
        return found
    }

    /// Whether the owner of a national ID has a protective marker that stands, whoever set it.
    ///
    /// Told or not: who is protected is protected before an asker too that may not be told so.
    func isProtected(_ nationalID: UInt32, limit: Int) -> Bool { !protectors(of: nationalID, limit: limit).isEmpty }

    /// The members that set protective markers for the owner of an ID.
    func protectors(of nationalID: UInt32, limit: Int) -> Set<UInt16> {
        var members: Set<UInt16> = []
        var budget = limit
        _ = view.follow(.statements, of: nationalID, budget: &budget) { link in
            if isProtective(link) { members.insert(ledger.cases[Int(link.caseNumber)].member) }
        }
        return members
    }

    private func isProtective(_ link: LinkRow) -> Bool {
        ledger.cases[Int(link.caseNumber)].kind == .marker && link.role == .own && link.subjectRole != .perpetrator
            && standing.stands(link.caseNumber)
    }

    private func sighting(at link: LinkRow) -> Sighting? {
        let place = UInt64(link.caseNumber) << 8 | UInt64(link.subject)
        if let known = seen.sightings[place] { return known }
        let sighting = look(at: link)
        seen.sightings[place] = .some(sighting)
        return sighting
    }

    private func look(at link: LinkRow) -> Sighting? {
        let row = ledger.cases[Int(link.caseNumber)]
        guard link.subjectRole != .victim, isTold(row.member), isEvidence(link.caseNumber, row) else { return nil }
        var (nationalIDs, names): ([UInt32], [UInt32]) = ([], [])
        for beside in ledger.links(ofCase: link.caseNumber) where beside.subject == link.subject && beside.role == .own
        {
            switch ledger.identifierRows[Int(beside.identifier)].kind {
            case .nationalID: nationalIDs.append(beside.identifier)
            case .nameBirthDate: names.append(beside.identifier)
            default: break
            }
        }
        // A question without a national ID says nothing of who is behind it.
        if row.kind == .inquiry, nationalIDs.isEmpty { return nil }
        return Sighting(
            caseNumber: link.caseNumber, member: row.member, kind: row.kind, nationalIDs: nationalIDs,
            names: names, seenAt: view.beginning(of: link.caseNumber))
    }

    private func isEvidence(_ caseNumber: UInt32, _ row: CaseRow) -> Bool {
        switch row.kind {
        case .loan, .inquiry: standing.stands(caseNumber)
        case .report: standing.stands(caseNumber) && !isDisputed(caseNumber)
        case .marker, .reservation: false
        }
    }

    private func isDisputed(_ caseNumber: UInt32) -> Bool {
        guard case .open(let since) = view.statement(of: caseNumber)?.dispute else { return false }
        return !Retention.expiryOfDispute(takenInAt: since, policy: standing.policy).isOver(at: standing.now)
    }
}
