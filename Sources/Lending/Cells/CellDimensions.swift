internal import Records
internal import Vocabulary

/// What happened. The case names are the catalogue's tokens.
package enum CellStage: String, Hashable, Sendable, CaseIterable {
    case inquiry
    case inquired, approved, refused, withdrawn, signed, disbursed, paid, debitFailed, overdue, cured
    case restructured, settled, writtenOff
    /// One event a loan: its earliest `applied`, else its earliest.
    case application
    /// One event a loan: its earliest `signed` or `disbursed`.
    case committed

    /// The loan stage whose events these are; `nil` for what is no stage of a loan or one event a loan.
    var loanStage: LoanStage? {
        switch self {
        case .inquiry, .application, .committed: nil
        case .inquired: .inquired
        case .approved: .approved
        case .refused: .refused
        case .withdrawn: .withdrawn
        case .signed: .signed
        case .disbursed: .disbursed
        case .paid: .paid
        case .debitFailed: .debitFailed
        case .overdue: .overdue
        case .cured: .cured
        case .restructured: .restructured
        case .settled: .settled
        case .writtenOff: .writtenOff
        }
    }
}

/// Whose events.
package enum CellSplit: String, Hashable, Sendable, CaseIterable {
    case own, others
}

/// Under which of the identifiers asked.
package enum CellKind: String, Hashable, Sendable, CaseIterable {
    case subject, nationalID, phone, card, device, email, nameBirthDate
    /// The largest value over the exact kinds asked.
    case max
    /// Whether the exact kinds asked differ.
    case disagree

    /// The kinds that `max` and `disagree` look at.
    static let exact: [CellKind] = [.nationalID, .phone, .card, .device, .email]

    /// The kind of identifier that it is; `nil` for a view over several.
    var identifierKind: IdentifierKind? {
        switch self {
        case .subject, .max, .disagree: nil
        case .nationalID: .nationalID
        case .phone: .phone
        case .card: .card
        case .device: .device
        case .email: .email
        case .nameBirthDate: .nameBirthDate
        }
    }
}

/// Where, for what or when.
package enum CellSegment: Hashable, Sendable {
    case all, bank, nonBank, night, weekend
    case memberClass(String)
    case product(String)

    static let classPrefix = "class-"
    static let productPrefix = "product-"
}

/// How far back from now.
package struct CellWindow: Hashable, Sendable {
    /// The window that `rise` stands in.
    static let ofRise = "360d"

    package let token: String
    /// The largest age in it; `Int64.max` for the window without bound.
    package let milliseconds: Int64
}

/// What is computed over the events. The case names are the catalogue's tokens.
package enum CellStatistic: String, Hashable, Sendable, CaseIterable {
    case count, members, loans
    case activeMonths, meanPerActiveMonth, maxPerActiveMonth, minPerActiveMonth
    case maxGapDays, minGapDays, daysSinceFirst, daysSinceLast, runEvents, runDays
    case amount, maxAmount, shareOf, rise, episodes
}

/// The state of the loans now.
package enum ExposureMeasure: String, Hashable, Sendable, CaseIterable {
    case openLoans, openLenders, outstanding, dueIn30Days, overdueLoans, worstBucket, failedDebits
    case liveApplications, liveApplicationMembers, signedNotFunded, reservations, reservationMembers
}

package enum StackingMeasure: String, Hashable, Sendable, CaseIterable {
    case rollovers, largestEpisode
}

/// How well the identifiers asked fit together.
package enum IdentityMeasure: String, Hashable, Sendable, CaseIterable {
    case phonesPerID, cardsPerID, IDsPerPhone, IDsPerDevice
    case daysSincePairFirstSeen, daysSinceConflictingPair, phoneAsOthersContact
}

/// What kind of quantity a value is, and so in what bands it is told of others.
package enum CellForm: String, Hashable, Sendable, CaseIterable {
    case count, hundredths, days, share, sign
    /// An index of the 1-2-5 series of amounts.
    case band
    /// A flag or bucket that is told as it is.
    case number
}
