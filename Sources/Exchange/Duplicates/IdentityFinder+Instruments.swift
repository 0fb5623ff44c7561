internal import Records
internal import Vocabulary

// Devices, cards and phones that many persons have given.
extension IdentityFinder {
    func instruments(of applicant: Applicant) -> [IdentityFinding] {
        [
            ofMany(.deviceOfMany, .device, atLeast: rules.deviceIDs, applicant),
            ofMany(.cardOfMany, .card, atLeast: rules.cardIDs, applicant),
        ].compactMap(\.self)
    }

    /// The identifier of the kind with the most other persons, where with the applicant they are enough.
    private func ofMany(
        _ code: IdentityFinding.Code, _ kind: IdentifierKind, atLeast minimum: Int, _ applicant: Applicant
    ) -> IdentityFinding? {
        // Without an ID in the question the applicant may be one of those met.
        let own = applicant.asksID ? 0 : 1
        let found = applicant.own(kind).map { others($0.sightings.all, than: applicant) }
        guard let widest = found.max(by: isLess), widest.count - own + 1 >= minimum, isBacked(by: widest.members)
        else { return nil }
        return finding(code, kind, widest, subjects: widest.count - own, isWidelyShared: exceedsCap(kind, widest, own))
    }

    private func exceedsCap(_ kind: IdentifierKind, _ others: OtherPersons, _ own: Int) -> Bool {
        others.count - own + 1 > evidence.standing.policy.identifierKinds[kind]?.cap ?? 0
    }

    /// The applicant's phone as others' contact, and the contact given as others' contact.
    func contacts(of applicant: Applicant, _ match: Match) -> [IdentityFinding] {
        [
            contacts(.contactOfMany, as: [.own], applicant, match),
            contacts(.contactGivenByMany, as: [.contact, .guarantor], applicant, match),
        ].compactMap(\.self)
    }

    private func contacts(
        _ code: IdentityFinding.Code, as roles: Set<IdentifierRole>, _ applicant: Applicant, _ match: Match
    ) -> IdentityFinding? {
        let phones = Set(match.asked.filter { $0.kind == .phone && roles.contains($0.role) }.map(\.number))
        let found = phones.map { phone in
            let given = evidence.sightings(of: phone, as: [.contact, .guarantor], limit: rules.linkLimit)
            return others(given.all, than: applicant)
        }
        guard let widest = found.max(by: isLess), widest.count >= rules.contactPersons, isBacked(by: widest.members)
        else { return nil }
        return finding(
            code, .phone, widest, subjects: widest.count, isWidelyShared: exceedsCap(.phone, widest, 0))
    }

    /// A total order of what is told, so that which of two identifiers is taken makes no difference.
    private func isLess(_ left: OtherPersons, _ right: OtherPersons) -> Bool {
        func rank(_ others: OtherPersons) -> (Int, Int, Int64) {
            (others.count, others.members.count, -(others.firstSeen?.milliseconds ?? 0))
        }
        return rank(left) < rank(right)
    }

    private func finding(
        _ code: IdentityFinding.Code, _ kind: IdentifierKind, _ others: OtherPersons, subjects: Int,
        isWidelyShared: Bool
    ) -> IdentityFinding {
        var finding = IdentityFinding(code, kinds: [kind])
        (finding.subjects, finding.members) = (subjects, others.members.count)
        finding.firstSeen = others.firstSeen
        if isWidelyShared { finding.reasons.append(.widelyShared) }
        return finding
    }
}
