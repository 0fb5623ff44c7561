internal import Vocabulary

/// Distinct persons by national ID, and what shows them. Who has no ID in a case is nobody in particular.
struct OtherPersons {
    private(set) var members: Set<UInt16> = []
    private(set) var firstSeen: Instant?
    /// By one of its IDs, which stands for the person, all of its IDs here.
    private(set) var idsByPerson: [UInt32: Set<UInt32>] = [:]

    var count: Int { idsByPerson.count }
    var persons: Set<UInt32> { Set(idsByPerson.keys) }

    /// - Parameter isCounted: whether a person of this national ID counts: not one who is protected.
    init(_ sightings: [Sighting], notOf applicant: Applicant, isCounted: (UInt32) -> Bool) {
        let others = sightings.filter { !$0.nationalIDs.isEmpty && !applicant.isApplicant($0) }
        let groups = TokenGroups(others.map(\.nationalIDs))
        let protected = Set(
            Set(others.flatMap(\.nationalIDs)).filter { !isCounted($0) }.map { groups.root(of: $0) })
        for sighting in others {
            let person = groups.root(of: sighting.nationalIDs[0])
            guard !protected.contains(person) else { continue }
            idsByPerson[person, default: []].formUnion(sighting.nationalIDs)
            members.insert(sighting.member)
            firstSeen = min(firstSeen ?? sighting.seenAt, sighting.seenAt)
        }
    }
}
