internal import Exchange
internal import ExchangeClient
internal import Records
internal import Registry
internal import Sodium
internal import Vocabulary

/// Reservations with ready tokens: numbers 2k and 2k + 1 are two members' of the same person, whom nobody else knows.
struct ReservationTraffic: Sendable {
    /// Far above the persons of any other traffic.
    private static let firstPerson = 450_000_000
    private static let identifiersPerPerson = 3

    /// One reservation as it was sent, and what its answer is held to.
    struct Planned: Sendable {
        let number: Int
        let id: RecordID
        let request: SealedRequest
        let asked: ReservationRequest<CommittedIdentifier>
    }

    private let consortium: SampleConsortium

    init(_ consortium: SampleConsortium) { self.consortium = consortium }

    /// - Parameter number: of two with the same person, one is the first half's and one the second half's member.
    func memberIndex(of number: Int) -> Int { number % consortium.members.count }

    func reserve(_ number: Int, madeAt: Instant) -> Planned {
        let identifiers = InventedPerson.identifiers(Self.firstPerson + number / 2, count: Self.identifiersPerPerson)
        let terms = ReservationTerms(subject: Subject(role: .borrower, identifiers: identifiers))
        return plan(number, RecordID(random: SystemRandom.bytes(16)), .reserve(terms), madeAt)
    }

    func confirm(_ reserved: Planned, madeAt: Instant) -> Planned {
        plan(reserved.number, reserved.id, .confirm, madeAt)
    }

    private func plan(
        _ number: Int, _ id: RecordID, _ action: ReservationRequest<PlannedIdentifier>.Action, _ madeAt: Instant
    ) -> Planned {
        let version = consortium.chain.current
        let member = consortium.members[memberIndex(of: number)]
        let sealer = RequestSealer(consortium: version.consortium, member: member.id, key: member.key)
        let request = ReservationRequest(
            consortium: version.consortium, member: member.id, reservation: id, madeAt: madeAt, action: action,
            applicationRef: try! OpaqueReference("reserved-\(number)"))  // A reference of this form is valid.
        // What is planned has tokens, the only thing that is asked of it.
        let (sealed, asked) = try! sealer.reservation(request, epoch: version.tokenEpoch) {
            (identifier: PlannedIdentifier) throws(Problem) in identifier.token
        }
        return Planned(number: number, id: id, request: sealed, asked: asked)
    }
}
