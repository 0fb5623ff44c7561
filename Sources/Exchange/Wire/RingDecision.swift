package import Records
package import Vocabulary

/// What an admin decides about rings: the payload of an envelope that the admin signs, and a leaf of the log.
///
/// A switchboard is named by a commitment, as identifiers are in records; its opening (salt, token) travels beside the
/// envelope in the `SealedRequest`, so that the evidence never holds a token.
package struct RingDecision: Hashable, Sendable {
    package enum Decision: Hashable, Sendable {
        /// The candidate is a ring; the note says on what grounds.
        case confirm(candidate: RingName, note: String)
        /// It is none, and is not found again unless it grows.
        case dismiss(candidate: RingName, note: String)
        /// A public switchboard: it never joins anybody.
        case seedHub(kind: IdentifierKind, commitment: Commitment)
    }

    package let consortium: String
    /// The admin's name in the registry.
    package let admin: String
    /// The decision's own id: sent again it counts once.
    package let decision: RecordID
    package let madeAt: Instant
    package let what: Decision

    package init(consortium: String, admin: String, decision: RecordID, madeAt: Instant, what: Decision) {
        (self.consortium, self.admin, self.decision) = (consortium, admin, decision)
        (self.madeAt, self.what) = (madeAt, what)
    }
}

extension PayloadType {
    package static let ringDecision = PayloadType("application/vnd.counterfoil.ring-decision.v1+json")
}

/// What became of a decision.
package struct RingDecisionOutcome: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case recorded
        /// The same decision came before; nothing was changed.
        case known
    }

    package let decision: RecordID
    package let status: Status
    /// The ring that a confirmed candidate is from now on, where it is one.
    package let ring: RingName?

    package init(decision: RecordID, status: Status, ring: RingName? = nil) {
        (self.decision, self.status, self.ring) = (decision, status, ring)
    }
}

extension RingDecision {
    /// Reads exactly the bytes whose signature was checked.
    package init(_ payload: VerifiedPayload) throws(Problem) { try self.init(parsing: payload.bytes) }

    package init(parsing bytes: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: bytes)
            consortium = try fields.string("consortium", maximumLength: 64)
            admin = try fields.string("admin", maximumLength: 64)
            decision = try fields.parsed("decision") { text throws(DecodingFailure) in try RecordID(text) }
            madeAt = try fields.time("madeAt")
            what = try Decision(reading: &fields)
            try fields.finish()
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        let head: [JSON.Member] = [
            JSON.Member("consortium", .string(consortium)), JSON.Member("admin", .string(admin)),
            JSON.Member("decision", .string(decision.description)),
            JSON.Member("madeAt", .string(madeAt.description)),
        ]
        return .object(head + [what.member])
    }
}

extension RingDecision.Decision {
    /// Exactly one of the three.
    fileprivate init(reading fields: inout ObjectReader) throws(FieldFailure) {
        let found: [RingDecision.Decision?] = [
            try Self.verdict("confirm", &fields).map { .confirm(candidate: $0, note: $1) },
            try Self.verdict("dismiss", &fields).map { .dismiss(candidate: $0, note: $1) },
            try Self.hub(&fields),
        ]
        let decisions = found.compactMap(\.self)
        guard let decision = decisions.first, decisions.count == 1 else {
            throw fields.failure("confirm", .malformed("one of confirm, dismiss and seedHub is given, and no second"))
        }
        self = decision
    }

    private static func verdict(
        _ name: String, _ fields: inout ObjectReader
    ) throws(FieldFailure) -> (RingName, String)? {
        guard var inner = try fields.optionalObject(name) else { return nil }
        let candidate = try inner.ringName("candidate")
        guard candidate.series == .candidate else {
            throw inner.failure("candidate", .malformed("a candidate is named C-5"))
        }
        let note = try inner.string("note", maximumLength: RingLimits.noteBytes)
        guard !note.isEmpty else { throw inner.failure("note", .malformed("it says on what grounds")) }
        try inner.finish()
        return (candidate, note)
    }

    private static func hub(_ fields: inout ObjectReader) throws(FieldFailure) -> RingDecision.Decision? {
        guard var inner = try fields.optionalObject("seedHub") else { return nil }
        let kind = try inner.choice("kind", expected: "the kinds of identifiers", IdentifierKind.init(name:))
        let commitment = try inner.parsed("commitment") { text throws(DecodingFailure) in
            try Commitment(base64: text)
        }
        try inner.finish()
        return .seedHub(kind: kind, commitment: commitment)
    }

    fileprivate var member: JSON.Member {
        switch self {
        case .confirm(let candidate, let note): Self.member("confirm", candidate, note)
        case .dismiss(let candidate, let note): Self.member("dismiss", candidate, note)
        case .seedHub(let kind, let commitment):
            JSON.Member(
                "seedHub",
                .object(["kind": .string(kind.name), "commitment": .string(commitment.base64)]))
        }
    }

    private static func member(_ name: String, _ candidate: RingName, _ note: String) -> JSON.Member {
        JSON.Member(name, .object(["candidate": .string(candidate.description), "note": .string(note)]))
    }
}

extension RingDecisionOutcome {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: body)
            decision = try fields.parsed("decision") { text throws(DecodingFailure) in try RecordID(text) }
            status = try fields.choice("status", expected: "an outcome's statuses", Status.init(rawValue:))
            ring = try fields.optionalRingName("ring")
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object([
            "decision": .string(decision.description), "status": .string(status.rawValue),
            "ring": .optional(ring?.description),
        ])
    }
}
