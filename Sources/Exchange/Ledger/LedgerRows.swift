package import Records
package import Vocabulary

/// One record: its event, the case it belongs to, the next event of that case.
package struct RecordRow: Hashable, Sendable {
    package var eventTime: Instant
    package var logIndex: UInt32
    package var caseNumber: UInt32
    /// Row number + 1 of the case's next event in order of arrival, or 0.
    package var next: UInt32 = 0
    /// The log index of the entry that took the record back, or `.max`.
    package var retractedAt: UInt32 = .max
    package var product: UInt16 = 0
    package var kind: RowKind
    /// Steps of the 1-2-5 series, or 255 where none was given.
    package var amountBand: UInt8 = 255
    package var instalmentBand: UInt8 = 255
    package var balanceBand: UInt8 = 255
    /// `DueBucket.rawValue`, or 0.
    package var dueBucket: UInt8 = 0
}

/// What a row stands for. Stages of a loan keep their own numbers below 64.
package struct RowKind: Hashable, Sendable {
    package let rawValue: UInt8

    package init(stage: UInt8) { rawValue = stage }
    private init(_ rawValue: UInt8) { self.rawValue = rawValue }

    package static let inquiry = RowKind(64)
    package static let report = RowKind(65)
    package static let marker = RowKind(66)
    /// Amendments, retractions, disputes and outcomes: they change another record and count nowhere themselves.
    package static let correction = RowKind(67)
    /// A hard check for anything but an application: on record, in nobody's statistics.
    package static let otherInquiry = RowKind(68)
    /// A reservation, its confirmation and its release.
    package static let reservation = RowKind(69)
    /// A watch over a loan of one's own, its end, an acknowledgement: they are about the member, not about a person.
    package static let housekeeping = RowKind(70)

    package var stage: UInt8? { rawValue < 64 ? rawValue : nil }
    /// Whether a member furnished it as a statement about a person, so that it can be taken back.
    package var isFurnished: Bool { rawValue < 64 || self == .report || self == .marker }
}

/// A loan, a report, a marker, an inquiry or a reservation: what links identifiers with each other.
package struct CaseRow: Hashable, Sendable {
    package var firstLink: UInt32
    /// Row number + 1 of the first and the latest event.
    package var firstRow: UInt32 = 0
    package var lastRow: UInt32 = 0
    /// Which inquiry or which reservation it is; 0 for other kinds.
    package var detail: UInt32 = 0
    package var member: UInt16
    package var linkCount: UInt16
    package var eventCount: UInt16 = 0
    package var kind: CaseKind

    /// What one case may hold: a loan's life has room, and a check that meets it stays cheap.
    package static let eventLimit = 1000
}

package enum CaseKind: UInt8, Hashable, Sendable {
    case loan, report, marker, inquiry, reservation

    package var chain: LinkChain {
        switch self {
        case .report, .marker: .statements
        // A reservation is a loan about to be: few live at a time, and they are looked for where loans are.
        case .loan, .reservation: .loans
        case .inquiry: .inquiries
        }
    }
}

/// An identifier's links are kept apart by what they lead to, so that nobody can bury a report under inquiries. In the
/// order in which a search follows them, each with a budget of its own.
package enum LinkChain: UInt8, Hashable, Sendable, CaseIterable {
    case statements, loans, inquiries
}

/// One identifier: how often it stands in cases, and its newest links.
package struct IdentifierRow: Hashable, Sendable {
    package var kind: IdentifierKind
    package var linkCount: UInt32 = 0
    private var newestStatement: UInt32 = 0
    private var newestLoan: UInt32 = 0
    private var newestInquiry: UInt32 = 0

    package init(kind: IdentifierKind) { self.kind = kind }

    /// Link number + 1 of the newest link of a chain, or 0.
    package subscript(chain: LinkChain) -> UInt32 {
        get {
            switch chain {
            case .statements: newestStatement
            case .loans: newestLoan
            case .inquiries: newestInquiry
            }
        }
        set {
            switch chain {
            case .statements: newestStatement = newValue
            case .loans: newestLoan = newValue
            case .inquiries: newestInquiry = newValue
            }
        }
    }
}

/// One identifier in one case, chained to the identifier's older links.
package struct LinkRow: Hashable, Sendable {
    package var identifier: UInt32
    package var caseNumber: UInt32
    /// Link number + 1 of the identifier's previous link in the same chain, or 0.
    package var older: UInt32
    package var role: IdentifierRole
    package var subject: UInt8
    package var subjectRole: SubjectRole
}
