internal import Linkage
internal import Records
package import Vocabulary

extension EntryFacts {
    /// The layout's number, first byte of every stored entry. Layout 1 knew no instalments, balances and due buckets of
    /// loans, no ids of inquiries and no notices, layout 2 no linkage; what they stored is read still.
    private static let layout: UInt8 = 3

    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.put(Self.layout)
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
        writer.putList(notices) { writer, notice in notice.write(to: &writer) }
        writer.putList(linkage) { writer, event in event.write(to: &writer) }
        writer.putList(discoveries) { writer, discovery in discovery.write(to: &writer) }
        writer.putList(ringDecisions) { writer, decision in decision.write(to: &writer) }
        return writer.bytes
    }

    package init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        reader.layout = try reader.number()
        guard (1...Self.layout).contains(reader.layout) else { throw .malformed("facts of an unknown version") }
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
        notices = reader.layout == 1 ? [] : try reader.list { reader throws(DecodingFailure) in
            try NoticeFacts(from: &reader)
        }
        if reader.layout >= 3 {
            linkage = try reader.list { reader throws(DecodingFailure) in try LinkageEvent(from: &reader) }
            discoveries = try reader.list { reader throws(DecodingFailure) in try DiscoveryFacts(from: &reader) }
            ringDecisions = try reader.list { reader throws(DecodingFailure) in
                try RingDecisionFacts(from: &reader)
            }
        }
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
