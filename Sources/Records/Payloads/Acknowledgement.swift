package import Vocabulary

/// A member's word that it has read its notices up to a cursor: the payload of an acknowledgement's envelope.
package struct Acknowledgement: Hashable, Sendable {
    package let consortium: String
    package let member: MemberID
    package let acknowledgement: RecordID
    package let madeAt: Instant
    /// The sequence number of the last notice read.
    package let upTo: UInt64

    package init(
        consortium: String, member: MemberID, acknowledgement: RecordID, madeAt: Instant, upTo: UInt64
    ) {
        (self.consortium, self.member, self.acknowledgement) = (consortium, member, acknowledgement)
        (self.madeAt, self.upTo) = (madeAt, upTo)
    }

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
        acknowledgement = try reader.parsed("acknowledgement", as: RecordID.init(reading:))
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        upTo = UInt64(try reader.integer("upTo", in: 0...Int64.max))
        try reader.finish()
    }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "acknowledgement": .string(acknowledgement.description),
            "madeAt": .string(madeAt.description),
            "upTo": .number(upTo),
        ])
    }
}
