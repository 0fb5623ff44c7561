internal import Records
internal import Vocabulary

extension Matter {
    private enum Tag: UInt8 {
        case opensLoan = 1
        case continuesLoan, report, marker, inquiry, amendment, retraction, dispute, disputeOutcome
        case reservation, reservationChange, watch, unwatch, acknowledgement
    }

    func write(to writer: inout ByteWriter) {
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
        case .inquiry(let facts, let parties):
            writer.put(Tag.inquiry.rawValue)
            facts.write(to: &writer)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .reservation(let facts, let parties):
            writer.put(Tag.reservation.rawValue)
            facts.write(to: &writer)
            writer.putList(parties) { writer, party in party.write(to: &writer) }
        case .amendment, .retraction, .dispute, .disputeOutcome, .reservationChange, .watch, .unwatch,
            .acknowledgement:
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
        case .reservationChange(let caseNumber, let status, let expiresAt):
            writer.put(Tag.reservationChange.rawValue)
            writer.put(caseNumber)
            writer.put(status.rawValue)
            writer.put(expiresAt)
        case .watch(let id, let loanCase):
            writer.put(Tag.watch.rawValue)
            writer.put(id)
            writer.put(loanCase)
        case .unwatch(let id):
            writer.put(Tag.unwatch.rawValue)
            writer.put(id)
        case .acknowledgement(let sequence):
            writer.put(Tag.acknowledgement.rawValue)
            writer.put(sequence)
        case .opensLoan, .continuesLoan, .report, .marker, .inquiry, .reservation:
            preconditionFailure("Only what refers to another record is written here.")
        }
    }

    init(from reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.choice(Tag.init(rawValue:)) {
        case .opensLoan:
            self = .opensLoan(try reader.key(), try LoanFacts(from: &reader), parties: try Party.list(from: &reader))
        case .continuesLoan:
            self = .continuesLoan(caseNumber: try reader.number(), try LoanFacts(from: &reader))
        case .report: self = .report(try StatementFacts(from: &reader), parties: try Party.list(from: &reader))
        case .marker: self = .marker(try StatementFacts(from: &reader), parties: try Party.list(from: &reader))
        case .inquiry: self = .inquiry(try InquiryFacts(from: &reader), parties: try Party.list(from: &reader))
        case .reservation:
            self = .reservation(try ReservationFacts(from: &reader), parties: try Party.list(from: &reader))
        case .reservationChange:
            self = .reservationChange(
                of: try reader.number(), try ReservationState.Status(from: &reader), expiresAt: try reader.instant())
        case .watch: self = .watch(try reader.recordID(), loanCase: try reader.number())
        case .unwatch: self = .unwatch(try reader.recordID())
        case .acknowledgement: self = .acknowledgement(upTo: try reader.number())
        case .amendment: self = .amendment(of: try reader.number(), try StatementFacts(from: &reader))
        case .retraction: self = .retraction(of: try reader.number())
        case .dispute: self = .dispute(of: try reader.list { reader throws(DecodingFailure) in try reader.number() })
        case .disputeOutcome: self = .disputeOutcome(of: try reader.number(), upheld: try reader.flag())
        }
    }
}
