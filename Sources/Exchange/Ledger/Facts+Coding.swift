internal import Records
package import Vocabulary

extension EntryFacts {
    /// The layout's number, first byte of every stored entry.
    private static let version: UInt8 = 1

    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.put(Self.version)
        writer.put(member?.name)
        writer.put(key)
        writer.put(receivedAt)
        writer.put(signedBy.text)
        base.write(to: &writer)
        writer.put(registryVersion)
        writer.putList(newIdentifiers) { writer, identifier in
            writer.put(identifier.kind.rawValue)
            writer.put(identifier.index)
        }
        writer.putList(records) { writer, record in record.write(to: &writer) }
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        guard try reader.number(UInt8.self) == Self.version else { throw .malformed("facts of an unknown version") }
        member = try reader.optionalText().map { name throws(DecodingFailure) in try MemberID(name) }
        key = try reader.key()
        receivedAt = try reader.instant()
        signedBy = try KeyID(try reader.text())
        base = try LedgerSize(from: &reader)
        registryVersion = try reader.number()
        newIdentifiers = try reader.list { reader throws(DecodingFailure) in
            NewIdentifier(kind: try reader.choice(IdentifierKind.init(rawValue:)), index: try reader.key())
        }
        records = try reader.list { reader throws(DecodingFailure) in try RecordFacts(from: &reader) }
        guard reader.isAtEnd else { throw .malformed("facts with bytes left over") }
    }
}

extension LedgerSize {
    fileprivate func write(to writer: inout ByteWriter) {
        for count in [entries, identifiers, records, cases] { writer.put(count) }
    }

    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        self.init(
            entries: try reader.number(), identifiers: try reader.number(), records: try reader.number(),
            cases: try reader.number())
    }
}

extension RecordFacts {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.put(key)
        writer.put(content)
        writer.put(eventTime)
        matter.write(to: &writer)
    }

    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        key = try reader.key()
        content = try reader.key()
        eventTime = try reader.instant()
        matter = try Matter(from: &reader)
    }
}

extension Matter {
    private enum Tag: UInt8 {
        case opensLoan = 1
        case continuesLoan, report, marker, inquiry, amendment, retraction, dispute, disputeOutcome
    }

    fileprivate func write(to writer: inout ByteWriter) {
        switch self {
        case .opensLoan(let loan, let facts, let parties):
            writer.put(Tag.opensLoan.rawValue)
            writer.put(loan)
            facts.write(to: &writer)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .continuesLoan(let number, let facts):
            writer.put(Tag.continuesLoan.rawValue)
            writer.put(number)
            facts.write(to: &writer)
        case .report(let facts, let parties):
            writer.put(Tag.report.rawValue)
            facts.write(to: &writer)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .marker(let facts, let parties):
            writer.put(Tag.marker.rawValue)
            facts.write(to: &writer)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .inquiry(let purpose, let product, let parties):
            writer.put(Tag.inquiry.rawValue)
            writer.put(purpose.rawValue)
            writer.put(product)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .amendment, .retraction, .dispute, .disputeOutcome:
            writeReference(to: &writer)
        }
    }

    private func writeReference(to writer: inout ByteWriter) {
        switch self {
        case .amendment(let record, let facts):
            writer.put(Tag.amendment.rawValue)
            writer.put(record)
            facts.write(to: &writer)
        case .retraction(let record):
            writer.put(Tag.retraction.rawValue)
            writer.put(record)
        case .dispute(let records):
            writer.put(Tag.dispute.rawValue)
            writer.putList(records) { writer, record in writer.put(record) }
        case .disputeOutcome(let record, let upheld):
            writer.put(Tag.disputeOutcome.rawValue)
            writer.put(record)
            writer.put(upheld)
        case .opensLoan, .continuesLoan, .report, .marker, .inquiry:
            preconditionFailure("Only what refers to another record is written here.")
        }
    }

    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.choice(Tag.init(rawValue:)) {
        case .opensLoan:
            self = .opensLoan(try reader.key(), try LoanFacts(from: &reader), parties: try Party.list(from: &reader))
        case .continuesLoan:
            self = .continuesLoan(caseNumber: try reader.number(), try LoanFacts(from: &reader))
        case .report: self = .report(try StatementFacts(from: &reader), parties: try Party.list(from: &reader))
        case .marker: self = .marker(try StatementFacts(from: &reader), parties: try Party.list(from: &reader))
        case .inquiry:
            guard let purpose = Purpose(rawValue: try reader.text()) else { throw .outOfRange }
            self = .inquiry(
                purpose: purpose, product: try reader.optionalText(), parties: try Party.list(from: &reader))
        case .amendment: self = .amendment(of: try reader.number(), try StatementFacts(from: &reader))
        case .retraction: self = .retraction(of: try reader.number())
        case .dispute: self = .dispute(of: try reader.list { reader throws(DecodingFailure) in try reader.number() })
        case .disputeOutcome: self = .disputeOutcome(of: try reader.number(), upheld: try reader.flag())
        }
    }
}

extension LoanFacts {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.put(stage)
        writer.put(product)
        writer.put(amountBand)
    }

    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        self.init(stage: try reader.number(), product: try reader.optionalText(), amountBand: try reader.number())
    }
}

extension StatementFacts {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.put(body.kind.rawValue)
        writer.putLong(JSON.object(body.members).bytes)
        writer.put(parent ?? .max)
    }

    fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
        let kind = try reader.choice(RecordKind.init(rawValue:))
        let text = try reader.longBytes()
        let parent: UInt32 = try reader.number()
        do {
            var fields = try ObjectReader(JSON(parsing: text))
            self.init(body: try RecordBody(kind: kind, reading: &fields), parent: parent == .max ? nil : parent)
        } catch { throw .malformed("a stored statement that does not read") }
    }
}

extension Party {
    fileprivate func write(to writer: inout ByteWriter) {
        writer.put(identifier)
        writer.put(role.rawValue)
        writer.put(subject)
        writer.put(subjectRole.rawValue)
    }

    fileprivate static func list(from reader: inout ByteReader) throws(DecodingFailure) -> [Party] {
        try reader.list { reader throws(DecodingFailure) in
            Party(
                identifier: try reader.number(), role: try reader.choice(IdentifierRole.init(rawValue:)),
                subject: try reader.number(), subjectRole: try reader.choice(SubjectRole.init(rawValue:)))
        }
    }
}
