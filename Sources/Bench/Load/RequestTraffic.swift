internal import Exchange
internal import ExchangeClient
internal import Records
internal import Registry
internal import Sodium
internal import Vocabulary

/// Requests with ready tokens beside furnishing and single checks: batches of checks, and what brings about a notice.
struct RequestTraffic: Sendable {
    static let checksPerBatch = 100
    /// Far above the persons of any submission traffic, and none that other requests are about.
    private static let firstUnknownPerson = 300_000_000
    private static let firstWatchedPerson = 350_000_000

    let consortium: SampleConsortium
    let knownPersons: Int

    func member(of request: Int) -> (id: MemberID, key: SigningKey) {
        consortium.members[request % consortium.members.count]
    }

    private var name: String { consortium.chain.current.consortium }
    private var epoch: KeyEpoch { consortium.chain.current.tokenEpoch }

    private func sealer(of request: Int) -> RequestSealer {
        let member = member(of: request)
        return RequestSealer(consortium: name, member: member.id, key: member.key)
    }

    /// A hundred hard checks: every other one about a person with a stored loan.
    func batch(_ number: Int, madeAt: Instant) -> SealedRequest {
        let checks = (0..<Self.checksPerBatch).map { position in
            let asked = number * Self.checksPerBatch + position
            let isKnown = asked.isMultiple(of: 2) && knownPersons > 0
            let person = isKnown ? asked &* 7_919 % knownPersons : Self.firstUnknownPerson + asked
            return check(of: person, by: number, id: Self.newID(), madeAt: madeAt)
        }
        let batch = CheckBatch(
            consortium: name, member: member(of: number).id, batch: Self.newID(), madeAt: madeAt,
            purpose: .application, mode: .hard, checks: checks)
        // What is planned has tokens, the only thing that is asked of it.
        return try! sealer(of: number).batch(batch, epoch: epoch, token: Self.token).request
    }

    /// A hard check about somebody whom nobody else asks about.
    func check(_ number: Int, id: RecordID, madeAt: Instant) -> SealedRequest {
        let check = check(of: Self.watchedPerson(number), by: 0, id: id, madeAt: madeAt)
        // See above.
        return try! sealer(of: 0).check(check, epoch: epoch, token: Self.token).request
    }

    /// Another member signs with the person of check `number`.
    func signing(_ number: Int, madeAt: Instant) -> SealedRequest {
        // A reference of this form is valid.
        let event = LoanEvent(loanRef: try! OpaqueReference("watched-\(number)"), stage: .signed)
        let record = Record(
            recordID: Self.newID(), eventTime: madeAt, subjects: [Self.borrower(Self.watchedPerson(number))],
            body: .loanEvent(event))
        // See above.
        return try! sealer(of: 1).submission(
            Self.newID(), of: [record], madeAt: madeAt, epoch: epoch, token: Self.token)
    }

    private func check(
        of person: Int, by request: Int, id: RecordID, madeAt: Instant
    ) -> Check<PlannedIdentifier> {
        Check(
            consortium: name, member: member(of: request).id, check: id, madeAt: madeAt, purpose: .application,
            mode: .hard, applicationRef: Self.reference, consent: SystemRandom.bytes32(), product: nil,
            subject: Self.borrower(person))
    }

    private static func watchedPerson(_ number: Int) -> Int { firstWatchedPerson + number }

    private static func borrower(_ person: Int) -> Subject<PlannedIdentifier> {
        Subject(
            role: .borrower, identifiers: InventedPerson.identifiers(person, count: CheckTraffic.identifiersPerCheck))
    }

    /// A fixed reference is valid.
    private static let reference = try! OpaqueReference("bench")
    static func newID() -> RecordID { RecordID(random: SystemRandom.bytes(16)) }
    private static func token(_ identifier: PlannedIdentifier) throws(Problem) -> GroupElement { identifier.token }
}
