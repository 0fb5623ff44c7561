package import Vocabulary

/// 1 to 1,000 checks of one purpose and mode under one signature: the payload of a batch's envelope.
///
/// The members that all checks share are written once; in memory every check carries them.
package struct CheckBatch<ID: KindedIdentifier>: Hashable, Sendable {
    package let consortium: String
    package let member: MemberID
    package let batch: RecordID
    package let madeAt: Instant
    package let purpose: Purpose
    package let mode: CheckMode
    package let profile: String?
    package let checks: [Check<ID>]

    /// - Parameter checks: each of this consortium, member, time, purpose, mode and profile.
    package init(
        consortium: String, member: MemberID, batch: RecordID, madeAt: Instant, purpose: Purpose, mode: CheckMode,
        profile: String? = nil, checks: [Check<ID>]
    ) {
        (self.consortium, self.member, self.batch, self.madeAt) = (consortium, member, batch, madeAt)
        (self.purpose, self.mode, self.profile, self.checks) = (purpose, mode, profile, checks)
        precondition(checks.allSatisfy(holds), "The checks of a batch agree in what is written once.")
    }

    private func holds(_ check: Check<ID>) -> Bool {
        check.consortium == consortium && check.member == member && check.madeAt == madeAt
            && check.purpose == purpose && check.mode == mode && check.profile == profile
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> CheckBatch<Other> {
        CheckBatch<Other>(
            consortium: consortium, member: member, batch: batch, madeAt: madeAt, purpose: purpose, mode: mode,
            profile: profile,
            checks: try checks.map { check throws(Failure) in try check.mapIdentifiers(transform) })
    }
}

extension CheckBatch where ID == CommittedIdentifier {
    /// Reads exactly the bytes whose signature was checked.
    package init(_ payload: VerifiedPayload) throws(PayloadFailure) { try self.init(parsing: payload.bytes) }

    package init(parsing bytes: [UInt8]) throws(PayloadFailure) {
        let json = try PayloadFailure.reading(bytes)
        do throws(FieldFailure) { try self.init(json) } catch { throw .field(error) }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        let head = try CheckHead(reading: &reader)
        (consortium, member, madeAt) = (head.consortium, head.member, head.madeAt)
        (purpose, mode, profile) = (head.purpose, head.mode, head.profile)
        batch = try reader.parsed("batch", as: RecordID.init(reading:))
        let elements = try reader.array("checks", maximum: PayloadLimits.checksPerBatch, minimum: 1)
        try reader.finish()
        checks = try Self.checks(head, elements)
    }

    private static func checks(_ head: CheckHead, _ elements: [JSON]) throws(FieldFailure) -> [Check<ID>] {
        var checks: [Check<ID>] = []
        var known: Set<RecordID> = []
        checks.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            var reader = try ObjectReader(element, path: "checks[\(index)]")
            let check = try Check(head, reading: &reader)
            guard known.insert(check.check).inserted else {
                throw reader.failure("check", .malformed("it stands twice in this batch"))
            }
            checks.append(check)
        }
        return checks
    }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "batch": .string(batch.description),
            "madeAt": .string(madeAt.description),
            "purpose": .string(purpose.rawValue),
            "mode": .string(mode.name),
            "profile": .optional(profile),
            "checks": .array(checks.map(\.elementJSON)),
        ])
    }

    /// How many openings travel beside it.
    package var identifierCount: Int { checks.reduce(0) { $0 + $1.subject.identifiers.count } }

    /// The checks with their commitments opened, each verified, in document order.
    package func opened(with openings: [Opening]) throws(OpeningFailure) -> [Check<OpenedIdentifier>] {
        var opener = Opener(openings)
        var opened: [Check<OpenedIdentifier>] = []
        opened.reserveCapacity(checks.count)
        for check in checks { opened.append(try check.opened(by: &opener)) }
        try opener.finish()
        return opened
    }
}
