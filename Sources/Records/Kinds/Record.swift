package import Vocabulary

/// One signed statement of a member (DOMAIN §2).
///
/// Generic over the identifier, so that the clear side, the wire and the node hold the same type and run the same
/// admission.
package struct Record<ID: KindedIdentifier>: Hashable, Sendable {
    /// Chosen by the member, unique within it.
    package let recordID: RecordID
    /// When it happened, not when it was told.
    package let eventTime: Instant
    /// Empty where the record inherits or needs none: later stages of a loan, amendments, retractions, disputes.
    package let subjects: [Subject<ID>]
    package let body: RecordBody

    package init(recordID: RecordID, eventTime: Instant, subjects: [Subject<ID>], body: RecordBody) {
        (self.recordID, self.eventTime, self.subjects, self.body) = (recordID, eventTime, subjects, body)
    }

    /// The same record with its identifiers in another form, taken in document order.
    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> Record<Other> {
        let subjects = try subjects.map { subject throws(Failure) in try subject.mapIdentifiers(transform) }
        return Record<Other>(recordID: recordID, eventTime: eventTime, subjects: subjects, body: body)
    }
}

extension Record {
    /// Reads one record; how a subject is written is the caller's (committed on the wire, clear in the gateway).
    package init(
        _ json: JSON, path: String, subject readSubject: (JSON, String) throws(FieldFailure) -> Subject<ID>
    ) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        recordID = try reader.parsed("recordID", as: RecordID.init(reading:))
        let kind = try reader.choice("kind", RecordKind.names)
        eventTime = try reader.parsed("eventTime", as: Instant.init)
        body = try RecordBody(kind: kind, reading: &reader)
        let elements = try reader.optionalArray("subjects", maximum: PayloadLimits.Reading.subjects)
        var subjects: [Subject<ID>] = []
        for (index, element) in elements.enumerated() {
            subjects.append(try readSubject(element, "\(reader.path(of: "subjects"))[\(index)]"))
        }
        self.subjects = subjects
        try reader.finish()
    }

    package func json(subject writeSubject: (Subject<ID>) -> JSON) -> JSON {
        var members: [JSON.Member] = [
            JSON.Member("recordID", .string(recordID.description)),
            JSON.Member("kind", .string(RecordKind.names.name(of: body.kind))),
            JSON.Member("eventTime", .string(eventTime.description)),
        ]
        members += body.members
        if !subjects.isEmpty { members.append(JSON.Member("subjects", .array(subjects.map(writeSubject)))) }
        return .object(members)
    }
}

extension Record where ID == CommittedIdentifier {
    package init(_ json: JSON, path: String = "") throws(FieldFailure) {
        try self.init(json, path: path) { (json: JSON, path: String) throws(FieldFailure) in
            try Subject(json, path: path)
        }
    }

    package var json: JSON { json(subject: \.json) }
}
