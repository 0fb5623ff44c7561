internal import Exchange
internal import ExchangeClient
internal import Records
package import Registry
internal import Sodium
internal import Vocabulary

/// Hard checks with six ready tokens each: every other one about a person with a stored loan, the rest about nobody
/// known.
package struct CheckTraffic: Sendable {
    /// Far above the persons of any submission traffic.
    private static let firstUnknownPerson = 400_000_000
    static let identifiersPerCheck = 6

    private let consortium: SampleConsortium
    private let knownPersons: Int

    package init(_ consortium: SampleConsortium, knownPersons: Int) {
        (self.consortium, self.knownPersons) = (consortium, knownPersons)
    }

    func member(of check: Int) -> (id: MemberID, key: SigningKey) {
        consortium.members[check % consortium.members.count]
    }

    /// - Parameter number: also decides who is asked about, spread over all known persons.
    func request(_ number: Int, madeAt: Instant) -> SealedRequest {
        let isKnown = number.isMultiple(of: 2) && knownPersons > 0
        let person = isKnown ? number &* 7_919 % knownPersons : Self.firstUnknownPerson + number
        let member = member(of: number)
        let sealer = RequestSealer(consortium: consortium.chain.current.consortium, member: member.id, key: member.key)
        let identifiers = InventedPerson.identifiers(person, count: Self.identifiersPerCheck)
        // A reference of this form is valid.
        let reference = try! OpaqueReference("application-\(number)")
        let check = Check(
            consortium: consortium.chain.current.consortium, member: member.id,
            check: RecordID(random: SystemRandom.bytes(16)), madeAt: madeAt, purpose: .application, mode: .hard,
            applicationRef: reference, consent: SystemRandom.bytes32(),
            product: nil, subject: Subject(role: .borrower, identifiers: identifiers))
        // What is planned has tokens, the only thing that is asked of it.
        return try! sealer.check(check, epoch: consortium.chain.current.tokenEpoch) {
            (identifier: PlannedIdentifier) throws(Problem) in identifier.token
        }.request
    }
}
