internal import Lending
internal import Records
internal import Vocabulary

/// How an applicant's identifiers have stood together so far (DOMAIN §4, identity consistency).
///
/// Over the cases that stand (loans, reports, application inquiries) of all members, the asker's own among them. An
/// identifier counts where it is a subject's own; "beside" is: of the same subject of the same case.
struct IdentityConsistency {
    private let standing: CaseStanding
    private var view: LedgerView { standing.view }

    init(_ standing: CaseStanding) { self.standing = standing }

    /// - Parameters:
    ///   - asked: those of the asked identifiers that the ledger knows.
    ///   - kinds: the own kinds asked under, known or not: a phone that stood with another ID conflicts with a new one.
    func measures(of asked: [NumberedIdentifier], askedUnder kinds: KindSet = KindSet()) -> IdentityMeasures {
        let own = asked.filter { $0.role == .own }
        let nationalIDs = own.filter { $0.kind == .nationalID }.map(\.number)
        let phones = own.filter { $0.kind == .phone }.map(\.number)
        let devices = own.filter { $0.kind == .device }.map(\.number)
        let asksID = !nationalIDs.isEmpty || kinds.contains(.nationalID)
        let asksPhone = !phones.isEmpty || kinds.contains(.phone)
        var measures = IdentityMeasures()
        if asksID {
            let beside = companions(ofAll: nationalIDs, kinds: [.phone, .card])
            measures.phonesPerID = beside.count { $0.kind == .phone }
            measures.cardsPerID = beside.count { $0.kind == .card }
        }
        measures.IDsPerPhone = phones.map { companions(ofAll: [$0], kinds: [.nationalID]).count }.max()
            ?? (asksPhone ? 0 : nil)
        measures.IDsPerDevice = devices.map { companions(ofAll: [$0], kinds: [.nationalID]).count }.max()
            ?? (kinds.contains(.device) ? 0 : nil)
        if asksPhone { measures.phoneAsOthersContact = contacts(phones, notOf: nationalIDs) }
        if !phones.isEmpty, asksID { notePairs(of: phones, with: nationalIDs, in: &measures) }
        return measures
    }

    /// The distinct own identifiers of some kinds beside any of the given ones.
    private func companions(ofAll identifiers: [UInt32], kinds: [IdentifierKind]) -> Set<NumberedIdentifier> {
        var found: Set<NumberedIdentifier> = []
        for identifier in identifiers {
            visitCases(of: identifier, as: .own) { link in
                for other in beside(link) where other.role == .own {
                    let kind = view.ledger.identifierRows[Int(other.identifier)].kind
                    guard kinds.contains(kind) else { continue }
                    found.insert(NumberedIdentifier(kind: kind, role: .own, number: other.identifier))
                }
            }
        }
        return found
    }

    /// Distinct other subjects that gave one of the phones as a contact's: by national ID, else by case.
    private func contacts(_ phones: [UInt32], notOf nationalIDs: [UInt32]) -> Int {
        var subjects: Set<UInt64> = []
        for phone in phones {
            visitCases(of: phone, as: .contact) { link in
                let ids = self.nationalIDs(beside: link)
                if ids.contains(where: nationalIDs.contains) { return }
                subjects.insert(ids.min().map { UInt64($0) } ?? 1 << 63 | UInt64(link.caseNumber))
            }
        }
        return subjects.count
    }

    /// Since when ID and phone are known as a pair, and how long ago the phone stood with another ID.
    private func notePairs(of phones: [UInt32], with nationalIDs: [UInt32], in measures: inout IdentityMeasures) {
        var firstPair: Instant?
        var latestConflict: Instant?
        for phone in phones {
            visitCases(of: phone, as: .own) { link in
                let ids = self.nationalIDs(beside: link)
                let seen = view.beginning(of: link.caseNumber)
                if ids.contains(where: nationalIDs.contains) { firstPair = min(firstPair ?? seen, seen) }
                if ids.contains(where: { !nationalIDs.contains($0) }) {
                    latestConflict = max(latestConflict ?? seen, seen)
                }
            }
        }
        measures.daysSincePairFirstSeen = firstPair.map(days(since:))
        measures.daysSinceConflictingPair = latestConflict.map(days(since:))
    }

    private func days(since instant: Instant) -> Int {
        let zone = standing.policy.timeZone
        return max(0, zone.day(of: standing.now).daysSince1970 - zone.day(of: instant).daysSince1970)
    }

    private func visitCases(of identifier: UInt32, as role: IdentifierRole, _ visit: (LinkRow) -> Void) {
        for chain in LinkChain.allCases {
            var budget = Match.linkLimit
            _ = view.follow(chain, of: identifier, budget: &budget) { link in
                let kind = view.ledger.cases[Int(link.caseNumber)].kind
                guard link.role == role, kind != .marker, kind != .reservation, standing.stands(link.caseNumber) else {
                    return
                }
                visit(link)
            }
        }
    }

    private func beside(_ link: LinkRow) -> some Sequence<LinkRow> {
        view.ledger.links(ofCase: link.caseNumber).lazy.filter { $0.subject == link.subject }
    }

    private func nationalIDs(beside link: LinkRow) -> [UInt32] {
        beside(link).filter { $0.role == .own && view.ledger.identifierRows[Int($0.identifier)].kind == .nationalID }
            .map(\.identifier)
    }
}

extension LedgerView {
    /// When a case began, as far as it is there: by its earliest event that was not taken back, in whatever order they
    /// arrived, or by its statement's time.
    func beginning(of caseNumber: UInt32) -> Instant {
        if let statement = statement(of: caseNumber) { return statement.statedAt }
        let row = ledger.cases[Int(caseNumber)]
        var earliest: Instant?
        events(of: row) { event, _ in earliest = min(earliest ?? event.eventTime, event.eventTime) }
        return earliest ?? ledger.rows[Int(row.firstRow - 1)].eventTime
    }
}
