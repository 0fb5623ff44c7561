package import Vocabulary

/// 1 to 1,000 records of one member under one signature: the payload of a submission's envelope.
package struct Submission: Hashable, Sendable {
    package let consortium: String
    package let member: MemberID
    package let submission: RecordID
    package let madeAt: Instant
    package let records: [Record<CommittedIdentifier>]

    package init(
        consortium: String, member: MemberID, submission: RecordID, madeAt: Instant,
        records: [Record<CommittedIdentifier>]
    ) {
        (self.consortium, self.member, self.submission) = (consortium, member, submission)
        (self.madeAt, self.records) = (madeAt, records)
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
        submission = try reader.parsed("submission", as: RecordID.init(reading:))
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        let elements = try reader.array("records", maximum: PayloadLimits.Reading.records, minimum: 1)
        try reader.finish()
        var records: [Record<CommittedIdentifier>] = []
        var known: Set<RecordID> = []
        records.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let record = try Record(element, path: "records[\(index)]")
            guard known.insert(record.recordID).inserted else {
                throw FieldFailure(
                    path: "records[\(index)].recordID", rule: .malformed("it stands twice in this submission"))
            }
            records.append(record)
        }
        self.records = records
    }

    package var json: JSON {
        .object([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "submission": .string(submission.description),
            "madeAt": .string(madeAt.description),
            "records": .array(records.map(\.json)),
        ])
    }

    /// How many openings travel beside it.
    package var identifierCount: Int {
        records.reduce(0) { $0 + $1.subjects.reduce(0) { $0 + $1.identifiers.count } }
    }

    /// The records with their commitments opened, each checked, in document order.
    package func opened(with openings: [Opening]) throws(OpeningFailure) -> [Record<OpenedIdentifier>] {
        var opener = Opener(openings)
        var opened: [Record<OpenedIdentifier>] = []
        opened.reserveCapacity(records.count)
        for record in records {
            opened.append(
                try record.mapIdentifiers { (identifier: CommittedIdentifier) throws(OpeningFailure) in
                    try opener.open(identifier)
                })
        }
        try opener.finish()
        return opened
    }
}
