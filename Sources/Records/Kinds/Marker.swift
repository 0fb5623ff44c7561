package import Vocabulary

/// A protective record: never adverse, and it never passes risk on (DOMAIN §2).
package struct Marker: Hashable, Sendable {
    package var code: CodeName
    package var tier: EvidenceTier?
    /// The member saw proof that the person who asked for the marker is the subject.
    package var identityProven: Bool
    package var evidenceDigest: Bytes32?
    package var endedOn: CalendarDate?

    package init(
        code: CodeName, tier: EvidenceTier? = nil, identityProven: Bool = false, evidenceDigest: Bytes32? = nil,
        endedOn: CalendarDate? = nil
    ) {
        (self.code, self.tier, self.identityProven) = (code, tier, identityProven)
        (self.evidenceDigest, self.endedOn) = (evidenceDigest, endedOn)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        code = try reader.parsed("code", as: CodeName.init)
        tier = try reader.optionalChoice("tier", EvidenceTier.names)
        identityProven = try reader.optionalFlag("identityProven")
        evidenceDigest = try reader.optionalParsed("evidenceDigest", as: Base64.decode32)
        endedOn = try reader.optionalDate("endedOn")
    }

    package var members: [JSON.Member] {
        JSON.members([
            "code": .string(code.text),
            "tier": .optional(tier?.name),
            "identityProven": .flag(identityProven),
            "evidenceDigest": .optional(evidenceDigest?.base64),
            "endedOn": .optional(endedOn?.description),
        ])
    }
}
