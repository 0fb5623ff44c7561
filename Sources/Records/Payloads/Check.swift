package import Vocabulary

/// A member's question about a subject, with a purpose: the payload of a check's envelope (DOMAIN §5).
package struct Check<ID: KindedIdentifier>: Hashable, Sendable {
    package let consortium: String
    package let member: MemberID
    package let check: RecordID
    package let madeAt: Instant
    package let purpose: Purpose
    package let mode: CheckMode
    /// The list of statistics asked for; without it the shortest, `summary`.
    package let profile: String?
    /// The member's own name for the application; never a person's.
    package let applicationRef: OpaqueReference
    /// SHA-256 of the consent the subject gave.
    package let consent: Bytes32
    package let product: ListedName?
    /// The past moment asked about; without it, now.
    package let asOf: AsOf?
    package let subject: Subject<ID>

    package init(
        consortium: String, member: MemberID, check: RecordID, madeAt: Instant, purpose: Purpose, mode: CheckMode,
        profile: String? = nil, applicationRef: OpaqueReference, consent: Bytes32, product: ListedName?,
        asOf: AsOf? = nil, subject: Subject<ID>
    ) {
        (self.consortium, self.member, self.check, self.madeAt) = (consortium, member, check, madeAt)
        (self.purpose, self.mode, self.profile, self.applicationRef) = (purpose, mode, profile, applicationRef)
        (self.consent, self.product, self.asOf, self.subject) = (consent, product, asOf, subject)
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> Check<Other> {
        Check<Other>(
            consortium: consortium, member: member, check: check, madeAt: madeAt, purpose: purpose, mode: mode,
            profile: profile, applicationRef: applicationRef, consent: consent, product: product, asOf: asOf,
            subject: try subject.mapIdentifiers(transform))
    }
}

/// Whether a check is recorded as an inquiry (hard) or leaves no trace about the subject (soft).
package enum CheckMode: UInt8, Hashable, Sendable, CaseIterable {
    case hard = 1
    case soft

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

extension Check where ID == CommittedIdentifier {
    /// Reads exactly the bytes whose signature was checked.
    package init(_ payload: VerifiedPayload) throws(PayloadFailure) { try self.init(parsing: payload.bytes) }

    package init(parsing bytes: [UInt8]) throws(PayloadFailure) {
        let json = try PayloadFailure.reading(bytes)
        do throws(FieldFailure) { try self.init(json) } catch { throw .field(error) }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        let head = try CheckHead(reading: &reader)
        try self.init(head, reading: &reader)
    }

    /// What a check has of its own, among the fields of a single one or as an element of a batch.
    init(_ head: CheckHead, reading reader: inout ObjectReader) throws(FieldFailure) {
        (consortium, member, madeAt) = (head.consortium, head.member, head.madeAt)
        (purpose, mode, profile) = (head.purpose, head.mode, head.profile)
        check = try reader.parsed("check", as: RecordID.init(reading:))
        applicationRef = try reader.parsed("applicationRef", as: OpaqueReference.init)
        consent = try reader.parsed("consent", as: Base64.decode32)
        product = try reader.optionalParsed("product", as: ListedName.init)
        asOf = try Self.asOf(head, &reader)
        subject = try Subject(try reader.required("subject"), path: reader.path(of: "subject"))
        try reader.finish()
    }

    private static func asOf(_ head: CheckHead, _ reader: inout ObjectReader) throws(FieldFailure) -> AsOf? {
        guard var fields = try reader.optionalObject("asOf") else { return nil }
        guard head.mode == .soft else {
            throw reader.failure("asOf", .malformed("only a soft check asks about the past"))
        }
        let asOf = try AsOf(reading: &fields)
        guard asOf.instant <= head.madeAt else {
            throw fields.failure("instant", .malformed("after the document was made"))
        }
        return asOf
    }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "check": .string(check.description),
            "madeAt": .string(madeAt.description),
            "purpose": .string(purpose.rawValue),
            "mode": .string(mode.name),
            "profile": .optional(profile),
            "applicationRef": .string(applicationRef.text),
            "consent": .string(consent.base64),
            "product": .optional(product?.text),
            "asOf": asOf?.json,
            "subject": subject.json,
        ])
    }

    /// The check as an element of a batch that says the rest once.
    var elementJSON: JSON {
        .object([
            "check": .string(check.description),
            "applicationRef": .string(applicationRef.text),
            "consent": .string(consent.base64),
            "product": .optional(product?.text),
            "asOf": asOf?.json,
            "subject": subject.json,
        ])
    }

    /// The check with its commitments opened, each verified.
    package func opened(with openings: [Opening]) throws(OpeningFailure) -> Check<OpenedIdentifier> {
        var opener = Opener(openings)
        let opened = try opened(by: &opener)
        try opener.finish()
        return opened
    }

    func opened(by opener: inout Opener) throws(OpeningFailure) -> Check<OpenedIdentifier> {
        try mapIdentifiers { (identifier: CommittedIdentifier) throws(OpeningFailure) in try opener.open(identifier) }
    }
}
