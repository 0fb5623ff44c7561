internal import Vocabulary

extension Population {
    /// The truth of a person about whom there is anything to tell.
    func truth(of number: Int) -> PersonTruth? {
        let person = person(number)
        let recycled = recycledPhone(of: number)
        var labels = person.archetype.labels
        if person.changesPhoneAt != nil { labels.append(.phoneChanger) }
        if person.usesSecondIdentityFrom != nil { labels.append(.secondIdentity) }
        if recycled != nil { labels.append(.recycledPhone) }
        if let community = person.community { labels.append(community.label) }
        guard !labels.isEmpty else { return nil }
        var ring: Int?
        if case .ringMember(let number, _) = person.archetype { ring = number }
        return PersonTruth(
            person: number, labels: labels, ring: ring, community: person.community?.first,
            strikesAt: person.strikesAt.map { Instant(milliseconds: $0) }, nationalIDs: nationalIDs(of: person),
            phones: phones(of: person, recycled: recycled?.slot).map(IdentifierRange.phone))
    }

    private func nationalIDs(of person: Person) -> [String] {
        let identities = person.usesSecondIdentityFrom == nil ? [0] : [0, 1]
        return identities.map { IdentifierRange.nationalID(person.number * 2 + $0) }
    }

    /// The slots of the phones that are the person's own.
    private func phones(of person: Person, recycled: Int?) -> [Int] {
        if person.usesHouseholdPhone, !parameters.communities { return [person.number / 3 * 12] }
        let own = person.changesPhoneAt == nil ? [0] : [0, 1]
        return own.map { person.number * 4 + $0 } + (recycled.map { [$0] } ?? [])
    }
}
