package import Exchange
package import Records
package import Registry
package import Sodium
internal import TestSupport
package import Vocabulary

/// The members of an invented consortium at their desks: they make requests as gateways do, salts from a seed.
package struct Lenders {
    package var sample: SampleConsortium
    private var generator: SeededGenerator
    private(set) var count: UInt64 = 0

    /// What a request is bent by, for the tests of what is refused.
    package struct Bend: Sendable {
        package var consortium: String?
        /// The member named in the document.
        package var member: MemberID?
        package var key: SigningKey?
        package var epoch: KeyEpoch?
        package var payloadType: PayloadType?
        package var madeAt: Instant?
        package var openings: (@Sendable (inout [Opening]) -> Void)?
        /// The token that stands for an identifier, instead of its own.
        package var token: (@Sendable (Invented) -> Bytes32)?

        package init(_ change: (inout Bend) -> Void) { change(&self) }
        package static var none: Bend { Bend { _ in } }
    }

    package init(_ sample: SampleConsortium, seed: UInt64) {
        self.sample = sample
        generator = SeededGenerator(seed: seed)
    }

    /// A number that no request had before.
    mutating func nextNumber() -> UInt64 {
        count += 1
        return count
    }

    package func member(_ position: Int) -> MemberID { sample.members[position].id }

    mutating func commit(
        _ identifier: Invented, _ openings: inout [Opening], _ bend: Bend
    ) -> CommittedIdentifier {
        var salt = Bytes32()
        (salt.a, salt.b, salt.c, salt.d) = (generator.next(), generator.next(), generator.next(), generator.next())
        let opening = Opening(salt: salt, token: bend.token?(identifier) ?? identifier.token)
        openings.append(opening)
        return CommittedIdentifier(
            kind: identifier.kind, role: identifier.role, commitment: .of(identifier.kind, opening))
    }

    /// A signed submission. Without a name it has an id of its own.
    package mutating func submission(
        of statements: [Statement], by member: Int, at now: Instant, name: String? = nil, bend: Bend = .none
    ) -> SealedRequest {
        var openings: [Opening] = []
        var records: [Record<CommittedIdentifier>] = []
        for statement in statements {
            records.append(statement.mapIdentifiers { commit($0, &openings, bend) })
        }
        count += 1
        let submission = Submission(
            consortium: bend.consortium ?? sample.chain.current.consortium,
            member: bend.member ?? self.member(member), submission: RecordID(named: name ?? "submission \(count)"),
            madeAt: bend.madeAt ?? now, records: records)
        return seal(submission.json, as: .submission, by: member, openings, bend)
    }

    package mutating func check(
        of person: Person, by member: Int, at now: Instant, name: String? = nil, purpose: Purpose = .application,
        mode: CheckMode = .hard, role: SubjectRole = .borrower, profile: String? = nil, asOf: AsOf? = nil,
        bend: Bend = .none
    ) -> SealedRequest {
        var openings: [Opening] = []
        let subject = person.as(role).mapIdentifiers { commit($0, &openings, bend) }
        count += 1
        let check = Check(
            consortium: bend.consortium ?? sample.chain.current.consortium,
            member: bend.member ?? self.member(member), check: RecordID(named: name ?? "check \(count)"),
            madeAt: bend.madeAt ?? now, purpose: purpose, mode: mode, profile: profile,
            applicationRef: try! OpaqueReference("A-\(count)"),  // Letters and digits alone.
            consent: Bytes32(), product: nil, asOf: asOf, subject: subject)
        return seal(check.json, as: .check, by: member, openings, bend)
    }

    func seal(
        _ payload: JSON, as type: PayloadType, by member: Int, _ openings: [Opening], _ bend: Bend
    ) -> SealedRequest {
        var openings = openings
        bend.openings?(&openings)
        let envelope = Envelope.sign(
            payloadType: bend.payloadType ?? type, payload: payload.bytes,
            key: bend.key ?? sample.members[member].key)
        return SealedRequest(
            envelope: envelope, epoch: bend.epoch ?? sample.chain.current.tokenEpoch, openings: openings)
    }

    /// Who sends the next request, as the authenticator would have it: every nonce is another.
    package mutating func requester(_ member: Int, at now: Instant, nonce: String? = nil) -> Requester {
        count += 1
        let (id, key) = sample.members[member]
        return Requester(
            member: id, keyID: key.keyID, nonce: nonce ?? "nonce-\(count)", expires: now.adding(seconds: 300))
    }
}
