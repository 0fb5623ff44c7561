internal import Records
internal import Vocabulary

/// The asked person as the ledger knows it: where each of its own identifiers stands, looked at once.
struct Applicant {
    struct Asked {
        let kind: IdentifierKind
        let number: UInt32
        let sightings: Sightings
        /// Under more distinct IDs than the kind's cap: it links nobody.
        let isWidelyShared: Bool
    }

    /// The own identifiers asked under that the ledger knows, by kind and number.
    let own: [Asked]
    /// The own kinds asked under, known or not.
    let kinds: KindSet
    /// The asked national IDs, and those that stood beside them for one subject.
    let nationalIDs: Set<UInt32>

    var asksID: Bool { kinds.contains(.nationalID) }

    static let looked: Set<IdentifierKind> = [
        .nationalID, .phone, .card, .device, .email, .nameBirthDate, .nationalIDLocality, .nationalIDBirthDate,
    ]
    /// By what a person is reached; a made-up person needs new ones.
    static let contacts: [IdentifierKind] = [.phone, .device, .email]

    init(_ match: Match, askedUnder kinds: KindSet, _ evidence: IdentityEvidence, limit: Int) {
        self.kinds = kinds
        let policy = evidence.standing.policy
        let asked = Set(match.asked.filter { $0.role == .own && Self.looked.contains($0.kind) })
        let seen = asked.sorted { ($0.kind, $0.number) < ($1.kind, $1.number) }.map { identifier in
            (identifier, evidence.sightings(of: identifier.number, limit: limit))
        }
        let nationalIDs = Set(
            seen.filter { $0.0.kind == .nationalID }.flatMap { id, sightings in
                [id.number] + sightings.all.flatMap(\.nationalIDs)
            })
        self.nationalIDs = nationalIDs
        own = seen.map { identifier, sightings in
            let others = sightings.all.map(\.nationalIDs).filter { nationalIDs.isDisjoint(with: $0) }
            return Asked(
                kind: identifier.kind, number: identifier.number, sightings: sightings,
                isWidelyShared: TokenGroups(others).count + 1 > policy.identifierKinds[identifier.kind]?.cap ?? 0)
        }
    }

    func own(_ kinds: IdentifierKind...) -> [Asked] { own.filter { kinds.contains($0.kind) } }

    /// Whether the subject may be the applicant, by its national IDs.
    func isApplicant(_ sighting: Sighting) -> Bool { sighting.nationalIDs.contains(where: nationalIDs.contains) }
}
