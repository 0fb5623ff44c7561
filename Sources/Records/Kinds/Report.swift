package import Vocabulary

/// An adverse statement with a reason code; the evidence itself stays with the member (DOMAIN §2 and §3).
package struct Report: Hashable, Sendable {
    package var code: CodeName
    package var tier: EvidenceTier?
    /// The day the event was over; absent while it lasts, or where it was a moment.
    package var endedOn: CalendarDate?
    package var productDecision: ProductDecision?
    /// The objective red flags or findings, by the policy's list.
    package var grounds: [ListedName]
    /// SHA-256 of the member's evidence file.
    package var evidenceDigest: Bytes32?
    package var subjectNotifiedAt: Instant?
    /// Who decided, by the member's own opaque references.
    package var reviewers: [OpaqueReference]
    /// The reporter states that the person was under 21 at the event.
    package var underAge21: Bool
    /// The earlier report that this one continues (a cure names its overdue).
    package var parent: RecordID?

    package static let maximumGrounds = 8
    package static let maximumReviewers = 4

    package init(
        code: CodeName, tier: EvidenceTier? = nil, endedOn: CalendarDate? = nil,
        productDecision: ProductDecision? = nil, grounds: [ListedName] = [], evidenceDigest: Bytes32? = nil,
        subjectNotifiedAt: Instant? = nil, reviewers: [OpaqueReference] = [], underAge21: Bool = false,
        parent: RecordID? = nil
    ) {
        (self.code, self.tier, self.endedOn, self.productDecision) = (code, tier, endedOn, productDecision)
        (self.grounds, self.evidenceDigest, self.subjectNotifiedAt) = (grounds, evidenceDigest, subjectNotifiedAt)
        (self.reviewers, self.underAge21, self.parent) = (reviewers, underAge21, parent)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        code = try reader.parsed("code", as: CodeName.init)
        tier = try reader.optionalChoice("tier", EvidenceTier.names)
        endedOn = try reader.optionalDate("endedOn")
        productDecision = try reader.optionalChoice("productDecision", ProductDecision.names)
        grounds = try reader.parsedList("grounds", maximum: Self.maximumGrounds, as: ListedName.init)
        evidenceDigest = try reader.optionalParsed("evidenceDigest", as: Base64.decode32)
        subjectNotifiedAt = try reader.optionalParsed("subjectNotifiedAt", as: Instant.init)
        reviewers = try reader.parsedList("reviewers", maximum: Self.maximumReviewers, as: OpaqueReference.init)
        underAge21 = try reader.optionalFlag("underAge21")
        parent = try reader.optionalParsed("parent", as: RecordID.init(reading:))
    }

    package var members: [JSON.Member] {
        JSON.members([
            "code": .string(code.text),
            "tier": .optional(tier?.name),
            "endedOn": .optional(endedOn?.description),
            "productDecision": .optional(productDecision?.name),
            "grounds": .list(grounds.map(\.text)),
            "evidenceDigest": .optional(evidenceDigest?.base64),
            "subjectNotifiedAt": .optional(subjectNotifiedAt?.description),
            "reviewers": .list(reviewers.map(\.text)),
            "underAge21": .flag(underAge21),
            "parent": .optional(parent?.description),
        ])
    }
}

/// How well a statement is proved (DOMAIN §3); a higher tier satisfies a lower minimum.
package enum EvidenceTier: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    /// Suspicion with objective red flags.
    case e1 = 1
    /// The member's documented finding.
    case e2
    /// The standard of proof: grounds, rigorous evidence, a listed code, a product refused or a benefit taken.
    case e3
    /// Admission, police or court record.
    case e4

    static let names = NameTable(allCases, name: \.name)
    package var name: String { "E\(rawValue)" }

    package static func < (left: EvidenceTier, right: EvidenceTier) -> Bool { left.rawValue < right.rawValue }
}

/// What became of the product the subject asked for or had.
package enum ProductDecision: UInt8, Hashable, Sendable, CaseIterable {
    case refused = 1
    case withdrawn, terminated, benefitTaken

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

extension ObjectReader {
    /// A day written as `2026-01-31`.
    mutating func optionalDate(_ name: String) throws(FieldFailure) -> CalendarDate? {
        try optionalParsed(name, as: CalendarDate.init(iso:))
    }
}

extension CalendarDate {
    init(iso text: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("a day is written as 2026-01-31")
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2] else { throw wrong }
        var numbers: [Int] = []
        for part in parts {
            guard part.allSatisfy({ (48...57).contains($0) }) else { throw wrong }
            numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 48) })
        }
        guard let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]) else { throw wrong }
        self = date
    }
}
