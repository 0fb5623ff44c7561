internal import Records
internal import Vocabulary

extension LoanFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(stage)
        writer.put(product)
        for band in [amountBand, instalmentBand, balanceBand, dueBucket] { writer.put(band) }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        self.init(stage: try reader.number(), product: try reader.optionalText(), amountBand: try reader.number())
        guard reader.layout > 1 else { return }
        (instalmentBand, balanceBand, dueBucket) = (try reader.number(), try reader.number(), try reader.number())
    }
}

extension StatementFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(body.kind.rawValue)
        writer.putLong(JSON.object(body.members).bytes)
        writer.put(parent ?? .max)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
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
    func write(to writer: inout ByteWriter) {
        writer.put(identifier)
        writer.put(role.rawValue)
        writer.put(subject)
        writer.put(subjectRole.rawValue)
    }

    static func list(from reader: inout ByteReader) throws(DecodingFailure) -> [Party] {
        try reader.list { reader throws(DecodingFailure) in
            Party(
                identifier: try reader.number(), role: try reader.choice(IdentifierRole.init(rawValue:)),
                subject: try reader.number(), subjectRole: try reader.choice(SubjectRole.init(rawValue:)))
        }
    }
}

extension InquiryFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(purpose.rawValue)
        writer.put(product)
        writer.put(check)
        writer.put(score ?? .max)
        writer.putList(told) { writer, statement in
            writer.put(statement.caseNumber)
            writer.put(statement.subject)
        }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        guard let purpose = Purpose(rawValue: try reader.text()) else { throw .outOfRange }
        let product = try reader.optionalText()
        guard reader.layout > 1 else {
            self.init(check: RecordID(high: 0, low: 0), purpose: purpose, product: product)
            return
        }
        self.init(check: try reader.recordID(), purpose: purpose, product: product)
        let score: UInt16 = try reader.number()
        self.score = score == .max ? nil : score
        told = try reader.list { reader throws(DecodingFailure) in
            ToldStatement(caseNumber: try reader.number(), subject: try reader.number())
        }
    }
}

extension ReservationFacts {
    func write(to writer: inout ByteWriter) {
        writer.put(reservation)
        writer.put(product)
        writer.put(amountBand)
        writer.put(expiresAt)
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        self.init(
            reservation: try reader.recordID(), product: try reader.optionalText(), amountBand: try reader.number(),
            expiresAt: try reader.instant())
    }
}

extension ReservationState.Status {
    init(from reader: inout ByteReader) throws(DecodingFailure) {
        guard let status = Self(rawValue: try reader.text()) else { throw .outOfRange }
        self = status
    }
}
