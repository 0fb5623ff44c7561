package import Vocabulary

/// The kinds of record (DOMAIN §2). The raw value is the byte in stored facts.
package enum RecordKind: UInt8, Hashable, Sendable, CaseIterable {
    case loanEvent = 1
    case report, marker, amendment, retraction, dispute, disputeOutcome

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

/// What a record states, by its kind.
package enum RecordBody: Hashable, Sendable {
    case loanEvent(LoanEvent)
    case report(Report)
    case marker(Marker)
    case amendment(Amendment)
    case retraction(Retraction)
    case dispute(Dispute)
    case disputeOutcome(DisputeOutcome)

    package var kind: RecordKind {
        switch self {
        case .loanEvent: .loanEvent
        case .report: .report
        case .marker: .marker
        case .amendment: .amendment
        case .retraction: .retraction
        case .dispute: .dispute
        case .disputeOutcome: .disputeOutcome
        }
    }

    /// Takes the fields of the kind from a record's reader; the record itself refuses what is left over.
    package init(kind: RecordKind, reading reader: inout ObjectReader) throws(FieldFailure) {
        switch kind {
        case .loanEvent: self = .loanEvent(try LoanEvent(reading: &reader))
        case .report: self = .report(try Report(reading: &reader))
        case .marker: self = .marker(try Marker(reading: &reader))
        case .amendment: self = .amendment(try Amendment(reading: &reader))
        case .retraction: self = .retraction(try Retraction(reading: &reader))
        case .dispute: self = .dispute(try Dispute(reading: &reader))
        case .disputeOutcome: self = .disputeOutcome(try DisputeOutcome(reading: &reader))
        }
    }

    package var members: [JSON.Member] {
        switch self {
        case .loanEvent(let event): event.members
        case .report(let report): report.members
        case .marker(let marker): marker.members
        case .amendment(let amendment): amendment.members
        case .retraction(let retraction): retraction.members
        case .dispute(let dispute): dispute.members
        case .disputeOutcome(let outcome): outcome.members
        }
    }
}

extension JSON {
    /// The members of an object literal, absent ones left out.
    static func members(_ members: KeyValuePairs<String, JSON?>) -> [Member] {
        members.compactMap { name, value in value.map { Member(name, $0) } }
    }

    /// `true` written, `false` left out.
    static func flag(_ flag: Bool) -> JSON? { flag ? true : nil }

    /// A list written unless it is empty.
    static func list(_ texts: [String]) -> JSON? { texts.isEmpty ? nil : .strings(texts) }
}
