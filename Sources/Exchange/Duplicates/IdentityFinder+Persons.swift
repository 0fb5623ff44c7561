internal import Vocabulary

// Whether the applicant is one person under one ID.
extension IdentityFinder {
    func identity(of applicant: Applicant) -> [IdentityFinding] {
        let conflicts = [samePersonTwoIDs(applicant), oneIDSeveralPersons(applicant)].compactMap(\.self)
        return conflicts + [syntheticIdentity(applicant, conflicts)].compactMap(\.self)
    }

    /// The applicant's name and birth date under another ID, with a second identifier: many share a birthday and a
    /// name, few a phone as well. What is nearly the applicant's ID number serves for the second.
    private func samePersonTwoIDs(_ applicant: Applicant) -> IdentityFinding? {
        guard applicant.asksID else { return nil }
        let names = applicant.own(.nameBirthDate)
        let exact = applicant.own(.phone, .card, .device, .email).filter { !$0.isWidelyShared }
        let near = applicant.own(.nationalIDLocality, .nationalIDBirthDate)
        let looked = names + exact + near
        let groups = TokenGroups(looked.flatMap(\.sightings.all).map(\.nationalIDs))
        func people(_ asked: [Applicant.Asked]) -> Set<UInt32> {
            let found = others(asked.flatMap(\.sightings.all), than: applicant)
            return Set(found.persons.map(groups.root(of:)))
        }
        let (sameExact, sameNear) = (people(exact), people(near))
        let twofold = people(names).intersection(sameExact.union(sameNear))
        guard !twofold.isEmpty else { return nil }
        func isTwofold(_ sighting: Sighting) -> Bool {
            sighting.nationalIDs.first.map { twofold.contains(groups.root(of: $0)) } ?? false
        }
        let carrying = looked.filter { $0.sightings.all.contains(where: isTwofold) }
        let shown = carrying.flatMap(\.sightings.all).filter(isTwofold)
        guard isBacked(by: Set(shown.map(\.member))) else { return nil }
        var finding = IdentityFinding(.samePersonTwoIDs, kinds: Set(carrying.map(\.kind)).sorted())
        (finding.subjects, finding.members) = (twofold.count, Set(shown.map(\.member)).count)
        finding.firstSeen = shown.map(\.seenAt).min()
        if !twofold.isDisjoint(with: sameExact) { finding.reasons.append(.exactIdentifier) }
        if !twofold.isDisjoint(with: sameNear) { finding.reasons.append(.nearIDNumber) }
        return finding
    }

    /// The applicant's ID with several names and birth dates. Spellings that stood together are one; and the conflict
    /// must remain whichever one member is left out, so that nobody's slip makes it.
    private func oneIDSeveralPersons(_ applicant: Applicant) -> IdentityFinding? {
        let named = applicant.own(.nationalID).flatMap(\.sightings.all).filter { !$0.names.isEmpty }
        let members = Set(named.map(\.member))
        guard isBacked(by: members) else { return nil }
        let persons = TokenGroups(named.map(\.names))
        let isConflict = members.allSatisfy { left in
            TokenGroups(named.filter { $0.member != left }.map(\.names)).count > 1
        }
        let isNew = differsFromKnown(applicant, named, persons)
        guard isConflict || isNew else { return nil }
        var finding = IdentityFinding(.oneIDSeveralPersons, kinds: [.nationalID, .nameBirthDate])
        finding.subjects = persons.count - (isNew ? 0 : 1)
        finding.members = members.count
        finding.firstSeen = named.map(\.seenAt).min()
        if isNew { finding.reasons.append(.presentedNameDiffers) }
        return finding
    }

    /// Whether the question has a name and birth date, none of them the ID's, and enough members agree on another.
    private func differsFromKnown(_ applicant: Applicant, _ named: [Sighting], _ persons: TokenGroups) -> Bool {
        guard applicant.kinds.contains(.nameBirthDate),
            !applicant.own(.nameBirthDate).contains(where: { persons.contains($0.number) })
        else { return false }
        let membersByPerson = Dictionary(grouping: named) { persons.root(of: $0.names[0]) }
        return membersByPerson.values.contains { isBacked(by: Set($0.map(\.member))) }
    }
}
