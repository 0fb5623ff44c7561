internal import Records
package import Vocabulary

/// With how many other persons an identifier of the applicant is shared: linkage, as far as it goes for now.
package struct Sharing: Hashable, Sendable {
    package let kind: IdentifierKind
    /// Distinct subjects other than the applicant: by national ID, else one member's case.
    package let otherSubjects: Int
    package let members: Int
    package let since: Instant
    /// Shared by more than the kind's cap: a switchboard, not a link.
    package let isDemoted: Bool

    /// One line for each of the applicant's exact identifiers that others use too.
    ///
    /// - Parameter isTold: whether a member's cases may be counted for this asker.
    static func lines(
        _ match: Match, by standing: CaseStanding, isTold: (UInt16) -> Bool
    ) -> [Sharing] {
        let applicant = Set(match.asked.filter { $0.role == .own && $0.kind == .nationalID }.map(\.number))
        let samePerson = Set(match.hits.filter { $0.own.kinds.count > 1 }.map { SubjectKey($0) })
        return match.asked.filter { $0.role == .own && !$0.kind.isComposite && $0.kind != .nationalID }.compactMap {
            line($0, applicant: applicant, samePerson: samePerson, by: standing, isTold: isTold)
        }
    }

    private static func line(
        _ identifier: NumberedIdentifier, applicant: Set<UInt32>, samePerson: Set<SubjectKey>,
        by standing: CaseStanding, isTold: (UInt16) -> Bool
    ) -> Sharing? {
        let ledger = standing.ledger
        var subjects: Set<UInt64> = []
        var members: Set<UInt16> = []
        var since = Instant(milliseconds: .max)
        func count(_ link: LinkRow) {
            let row = ledger.cases[Int(link.caseNumber)]
            guard link.role == .own, row.kind != .marker, isTold(row.member), standing.stands(link.caseNumber) else {
                return
            }
            if let nationalID = ledger.nationalID(of: link) {
                if applicant.contains(nationalID) { return }
                subjects.insert(UInt64(nationalID))
            } else {
                // A question without a national ID says nothing of who is behind it.
                if row.kind == .inquiry || row.kind == .reservation || samePerson.contains(SubjectKey(link)) { return }
                subjects.insert(1 << 63 | UInt64(link.caseNumber) << 8 | UInt64(link.subject))
            }
            members.insert(row.member)
            since = min(since, standing.view.beginning(of: link.caseNumber))
        }
        for chain in LinkChain.allCases {
            var budget = Match.linkLimit
            _ = standing.view.follow(chain, of: identifier.number, budget: &budget, count)
        }
        guard !subjects.isEmpty else { return nil }
        return Sharing(
            kind: identifier.kind, otherSubjects: subjects.count, members: members.count, since: since,
            isDemoted: standing.policy.identifierKinds[identifier.kind].map { subjects.count + 1 > $0.cap } ?? false)
    }
}

/// One subject of one case.
private struct SubjectKey: Hashable {
    let caseNumber: UInt32
    let subject: UInt8

    init(_ hit: Match.Hit) { (caseNumber, subject) = (hit.caseNumber, hit.subject) }
    init(_ link: LinkRow) { (caseNumber, subject) = (link.caseNumber, link.subject) }
}

extension Ledger {
    /// The national ID that stands beside this identifier, for the same subject.
    fileprivate func nationalID(of link: LinkRow) -> UInt32? {
        links(ofCase: link.caseNumber).first {
            $0.subject == link.subject && $0.role == .own
                && identifierRows[Int($0.identifier)].kind == .nationalID
        }?.identifier
    }
}

extension LedgerView {
    /// How a member's reports have stood: few reports say little, withdrawn ones say something.
    func reliability(of member: UInt16) -> Signal.Reliability {
        let counts = reportCounts(of: member)
        if counts.stated >= 20, counts.withdrawn * 50 <= counts.stated { return .high }
        return counts.withdrawn * 10 > counts.stated ? .low : .medium
    }
}
