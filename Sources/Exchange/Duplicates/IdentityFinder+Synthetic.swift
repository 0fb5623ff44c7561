internal import Records
internal import Vocabulary

// Whether an identity was put together.
extension IdentityFinder {
    /// Several signs at once, one of a conflict among them: to be new, with a new phone, and to ask around is what
    /// every honest beginner does too.
    func syntheticIdentity(_ applicant: Applicant, _ conflicts: [IdentityFinding]) -> IdentityFinding? {
        guard applicant.asksID else { return nil }
        let ids = applicant.own(.nationalID)
        let shared = sharedWithFresh(applicant)
        var reasons: [IdentityFinding.Reason] = []
        if ids.allSatisfy({ isFresh($0.sightings) }) { reasons.append(.recentID) }
        if !conflicts.isEmpty { reasons.append(.conflictingIdentity) }
        if hasFreshContacts(applicant) { reasons.append(.freshContacts) }
        if !shared.persons.isEmpty { reasons.append(.sharedWithFreshIDs) }
        let burst = burst(of: ids.flatMap(\.sightings.all))
        if burst.count >= rules.burstMembers { reasons.append(.applicationBurst) }
        guard reasons.contains(.conflictingIdentity) || reasons.contains(.sharedWithFreshIDs),
            reasons.count >= rules.syntheticReasons
        else { return nil }
        let seen = ids.flatMap(\.sightings.all)
        let members = Set(seen.map(\.member)).union(shared.members)
        let told = max(members.count, conflicts.map(\.members).max() ?? 0)
        guard told >= rules.minimumMembers else { return nil }
        let kinds = shared.kinds.union(conflicts.flatMap(\.kinds)).union([.nationalID])
        var finding = IdentityFinding(.syntheticIdentity, kinds: kinds.sorted())
        finding.subjects = max(shared.persons.count, conflicts.map(\.subjects).max() ?? 0)
        (finding.members, finding.reasons) = (told, reasons)
        finding.firstSeen = seen.map(\.seenAt).min()
        return finding
    }

    /// Whether all of it was seen lately. What has more links than were followed is old.
    private func isFresh(_ sightings: Sightings) -> Bool {
        guard sightings.isWhole else { return false }
        return sightings.earliest.map { $0 >= evidence.standing.now.adding(days: -rules.freshDays) } ?? true
    }

    /// Whether the question has contact identifiers, and all of them are fresh or not known at all.
    private func hasFreshContacts(_ applicant: Applicant) -> Bool {
        let contacts = applicant.own.filter { Applicant.contacts.contains($0.kind) }
        return Applicant.contacts.contains(where: applicant.kinds.contains)
            && contacts.allSatisfy { isFresh($0.sightings) }
    }

    /// The other persons under fresh IDs behind one contact identifier, where they are enough.
    private func sharedWithFresh(
        _ applicant: Applicant
    ) -> (persons: Set<UInt32>, members: Set<UInt16>, kinds: Set<IdentifierKind>) {
        var found: (persons: Set<UInt32>, members: Set<UInt16>, kinds: Set<IdentifierKind>) = ([], [], [])
        for asked in applicant.own where Applicant.contacts.contains(asked.kind) && !asked.isWidelyShared {
            let sightings = asked.sightings.all
            let fresh = others(sightings, than: applicant).idsByPerson.filter { person in
                person.value.allSatisfy { isFresh(evidence.sightings(of: $0, limit: rules.otherLinkLimit)) }
            }
            guard fresh.count >= rules.freshIDs else { continue }
            let ids = fresh.values.reduce(into: Set()) { $0.formUnion($1) }
            let shown = sightings.filter { !ids.isDisjoint(with: $0.nationalIDs) }
            found.persons.formUnion(fresh.keys)
            found.members.formUnion(shown.map(\.member))
            found.kinds.insert(asked.kind)
        }
        return found
    }

    /// The members that the person applied to within days.
    private func burst(of sightings: [Sighting]) -> Set<UInt16> {
        let start = evidence.standing.now.adding(days: -rules.burstDays)
        let applications = sightings.filter { $0.seenAt >= start && ($0.kind == .loan || $0.kind == .inquiry) }
        return Set(applications.map(\.member))
    }
}
