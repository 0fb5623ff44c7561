package import Vocabulary

/// A member's question about a subject, with a purpose: the payload of a check's envelope (DOMAIN §5).
package struct Check<ID: KindedIdentifier>: Hashable, Sendable {
    package let consortium: String
    package let member: MemberID
    package let check: RecordID
    package let madeAt: Instant
    package let purpose: Purpose
    package let mode: CheckMode
    /// The member's own name for the application; never a person's.
    package let applicationRef: OpaqueReference
    /// SHA-256 of the consent the subject gave.
    package let consent: Bytes32
    package let product: ListedName?
    package let subject: Subject<ID>

    package init(
        consortium: String, member: MemberID, check: RecordID, madeAt: Instant, purpose: Purpose, mode: CheckMode,
        applicationRef: OpaqueReference, consent: Bytes32, product: ListedName?, subject: Subject<ID>
    ) {
        (self.consortium, self.member, self.check, self.madeAt) = (consortium, member, check, madeAt)
        (self.purpose, self.mode, self.applicationRef) = (purpose, mode, applicationRef)
        (self.consent, self.product, self.subject) = (consent, product, subject)
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> Check<Other> {
        Check<Other>(
            consortium: consortium, member: member, check: check, madeAt: madeAt, purpose: purpose, mode: mode,
            applicationRef: applicationRef, consent: consent, product: product,
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
        consortium = try reader.string("consortium", maximumLength: 64)
        member = try reader.parsed("member", as: MemberID.init)
        check = try reader.parsed("check", as: RecordID.init(reading:))
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        purpose = try reader.choice("purpose", purposes)
        mode = try reader.choice("mode", CheckMode.names)
        applicationRef = try reader.parsed("applicationRef", as: OpaqueReference.init)
        consent = try reader.parsed("consent", as: Base64.decode32)
        product = try reader.optionalParsed("product", as: ListedName.init)
        subject = try Subject(try reader.required("subject"), path: "subject")
        try reader.finish()
    }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "check": .string(check.description),
            "madeAt": .string(madeAt.description),
            "purpose": .string(purpose.rawValue),
            "mode": .string(mode.name),
            "applicationRef": .string(applicationRef.text),
            "consent": .string(consent.base64),
            "product": .optional(product?.text),
            "subject": subject.json,
        ])
    }

    /// The check with its commitments opened, each verified.
    package func opened(with openings: [Opening]) throws(OpeningFailure) -> Check<OpenedIdentifier> {
        var opener = Opener(openings)
        let opened = try mapIdentifiers { (identifier: CommittedIdentifier) throws(OpeningFailure) in
            try opener.open(identifier)
        }
        try opener.finish()
        return opened
    }
}

/// The purposes a check may have: all but `furnish`, which is for custodians alone.
private let purposes = NameTable(Purpose.allCases.filter { $0 != .furnish }, name: \.rawValue)
