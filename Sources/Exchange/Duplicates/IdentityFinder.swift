internal import Records
internal import Vocabulary

/// Finds out whether an applicant's identifiers are those of one person, as far as one asker may be told (DOMAIN §6).
///
/// A pure function of what stands in the view, in whatever order it came; only where an identifier has more links than
/// the budget follows is it the newest of them. Whoever has a protective marker counts against nobody, and nothing is
/// said of conflicts around it. A class, as what it looks through is large and its searches pass it on.
final class IdentityFinder {
    let evidence: IdentityEvidence
    let rules: DuplicateRules
    private let isTold: (UInt16) -> Bool

    /// - Parameter isTold: whether a member's cases may be counted for this asker.
    init(standing: CaseStanding, rules: DuplicateRules = DuplicateRules(), isTold: @escaping (UInt16) -> Bool) {
        evidence = IdentityEvidence(standing: standing, isTold: isTold)
        (self.rules, self.isTold) = (rules, isTold)
    }

    /// The findings in the order of their codes, each code once, and whether a budget ran out before all was seen.
    ///
    /// - Parameter kinds: the own kinds asked under, known to the ledger or not.
    func findings(in match: Match, askedUnder kinds: KindSet) -> (findings: [IdentityFinding], isTruncated: Bool) {
        let applicant = Applicant(match, askedUnder: kinds, evidence, limit: rules.linkLimit)
        var findings: [IdentityFinding] = []
        let protectors = protectors(of: applicant, match)
        if protectors.isEmpty {
            findings += identity(of: applicant)
        } else if protectors.contains(where: isTold) {
            findings.append(IdentityFinding(.protectedIdentity, kinds: [.nationalID]))
        }
        findings += instruments(of: applicant) + contacts(of: applicant, match)
        findings += CollusionSearch(evidence: evidence, rules: rules).findings(in: match)
        if findings.count > 1 { findings.sort { $0.code < $1.code } }
        return (findings, applicant.own.contains { !$0.sightings.isWhole })
    }

    /// Whether so many members are enough for a finding.
    func isBacked(by members: Set<UInt16>) -> Bool { members.count >= rules.minimumMembers }

    func others(_ sightings: [Sighting], than applicant: Applicant) -> OtherPersons {
        OtherPersons(sightings, notOf: applicant) { !evidence.isProtected($0, limit: rules.linkLimit) }
    }

    /// The members that set the applicant's protective markers: under the ID asked about, or under what the policy
    /// takes for the same person where a marker has no ID. Sharing a phone with a protected person protects nobody.
    private func protectors(of applicant: Applicant, _ match: Match) -> Set<UInt16> {
        var members: Set<UInt16> = []
        for id in applicant.own(.nationalID) {
            members.formUnion(evidence.protectors(of: id.number, limit: rules.linkLimit))
        }
        let ledger = evidence.standing.ledger
        for hit in match.hits where hit.isSamePerson && hit.subjectRole != .perpetrator {
            let row = ledger.cases[Int(hit.caseNumber)]
            guard row.kind == .marker, evidence.standing.stands(hit.caseNumber) else { continue }
            let hasID = ledger.links(ofCase: hit.caseNumber).contains {
                $0.subject == hit.subject && $0.role == .own
                    && ledger.identifierRows[Int($0.identifier)].kind == .nationalID
            }
            if !hasID { members.insert(row.member) }
        }
        return members
    }
}
