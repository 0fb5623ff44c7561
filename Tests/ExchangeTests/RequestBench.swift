import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import Vocabulary

/// A member's desk at which requests of every kind are made, and bent, without a ledger behind the gate.
struct RequestBench {
    /// What a request is bent by.
    struct Bend: Sendable {
        var consortium: String?
        var member: MemberID?
        var key: SigningKey?
        var epoch: KeyEpoch?
        var payloadType: PayloadType?
        var madeAt: Instant?
        var mode: CheckMode?
        var purpose: Purpose?
        var product: ListedName?
        var seconds: Int64?
        var role: SubjectRole?
        var openings: (@Sendable (inout [Opening]) -> Void)?
        var token: Bytes32?

        init(_ change: (inout Bend) -> Void = { _ in }) { change(&self) }
    }

    enum Kind: String, CaseIterable, Sendable { case batch, reservation, confirmation, acknowledgement, watch }

    let sample: SampleConsortium
    let intake: Intake
    let now = TestClock.start

    init() throws {
        sample = try PublishedPolicy.sample(members: 5)
        var pepper = [UInt8](repeating: 7, count: KeyedHash.keyByteCount)
        intake = Intake(indexer: TokenIndexer(pepper: try KeyedHash(key: SecretBytes(wiping: &pepper))))
    }

    var member: MemberID { sample.members[0].id }
    var requester: Requester {
        Requester(
            member: member, keyID: sample.members[0].key.keyID, nonce: "nonce-1", expires: now.adding(seconds: 300))
    }

    static func id(_ number: UInt64) -> RecordID { RecordID(high: 0x4000, low: 0x8000 << 48 | number) }

    static func token(_ number: UInt8) -> Bytes32 {
        let element = try! GroupElement.fromUniform([UInt8](repeating: number, count: 64))  // Not the identity.
        return element.value
    }

    /// A subject of a phone and a national ID, with openings.
    private func subject(_ number: UInt8, _ bend: Bend, _ openings: inout [Opening]) -> Subject<CommittedIdentifier> {
        let identifiers = [IdentifierKind.phone, .nationalID].map { kind in
            let salt = Bytes32 { $0.copyBytes(from: [UInt8](repeating: number &+ kind.rawValue, count: 32)) }
            let opening = Opening(salt: salt, token: bend.token ?? Self.token(number &+ kind.rawValue))
            openings.append(opening)
            return CommittedIdentifier(kind: kind, role: .own, commitment: .of(kind, opening))
        }
        return Subject(role: bend.role ?? .borrower, identifiers: identifiers)
    }

    func request(_ kind: Kind, _ bend: Bend = Bend()) throws -> SealedRequest {
        var openings: [Opening] = []
        let (consortium, member) = (bend.consortium ?? sample.chain.current.consortium, bend.member ?? self.member)
        let madeAt = bend.madeAt ?? now
        let reference = try OpaqueReference("A-1")
        func reservation(_ action: ReservationRequest<CommittedIdentifier>.Action) -> JSON {
            ReservationRequest(
                consortium: consortium, member: member, reservation: Self.id(3), madeAt: madeAt, action: action,
                applicationRef: reference
            ).json
        }
        switch kind {
        case .batch:
            let mode = bend.mode ?? .hard
            let checks = (1...3).map { number in
                Check(
                    consortium: consortium, member: member, check: Self.id(number), madeAt: madeAt,
                    purpose: bend.purpose ?? .application, mode: mode, profile: "standard", applicationRef: reference,
                    consent: Bytes32(), product: number == 2 ? bend.product : nil,
                    subject: subject(UInt8(number * 10), bend, &openings))
            }
            let batch = CheckBatch(
                consortium: consortium, member: member, batch: Self.id(9), madeAt: madeAt,
                purpose: bend.purpose ?? .application, mode: mode, profile: "standard", checks: checks)
            return seal(batch.json, .checks, openings, bend)
        case .reservation:
            let terms = ReservationTerms(
                product: bend.product, seconds: bend.seconds, subject: subject(40, bend, &openings))
            return seal(reservation(.reserve(terms)), .reservation, openings, bend)
        case .confirmation: return seal(reservation(.confirm), .reservation, [], bend)
        case .acknowledgement:
            let acknowledgement = Acknowledgement(
                consortium: consortium, member: member, acknowledgement: Self.id(4), madeAt: madeAt, upTo: 17)
            return seal(acknowledgement.json, .acknowledgement, [], bend)
        case .watch:
            let watch = WatchRequest(
                consortium: consortium, member: member, request: Self.id(5), madeAt: madeAt,
                watch: [WatchRequest.Loan(watch: Self.id(6), loanRef: reference)], unwatch: [Self.id(7)])
            return seal(watch.json, .watch, [], bend)
        }
    }

    private func seal(_ payload: JSON, _ type: PayloadType, _ openings: [Opening], _ bend: Bend) -> SealedRequest {
        var openings = openings
        bend.openings?(&openings)
        let envelope = Envelope.sign(
            payloadType: bend.payloadType ?? type, payload: payload.bytes, key: bend.key ?? sample.members[0].key)
        return SealedRequest(
            envelope: envelope, epoch: bend.epoch ?? sample.chain.current.tokenEpoch, openings: openings)
    }

    /// Passes a request of this kind through the gate.
    func take(_ kind: Kind, _ bend: Bend = Bend()) throws {
        let request = try request(kind, bend)
        switch kind {
        case .batch: _ = try batch(request)
        case .reservation, .confirmation: _ = try reservation(request)
        case .acknowledgement:
            _ = try intake.acknowledgement(request, from: requester, under: sample.chain, now: now)
        case .watch: _ = try intake.watch(request, from: requester, under: sample.chain, now: now)
        }
    }

    func batch(_ request: SealedRequest) throws -> VerifiedBatch {
        try intake.batch(request, from: requester, under: sample.chain, now: now)
    }

    func reservation(_ request: SealedRequest) throws -> VerifiedReservation {
        try intake.reservation(request, from: requester, under: sample.chain, now: now)
    }
}
