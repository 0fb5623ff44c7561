internal import Records

/// The state of the person's loans now, own and others'.
struct Exposure {
    fileprivate struct Sums {
        var openLoans: Int64 = 0
        var openLenders: Int64 = 0
        var outstanding: Int64 = 0
        var due: Int64 = 0
        var overdueLoans: Int64 = 0
        var worstBucket: Int64 = 0
        var failedDebits: Int64 = 0
        var liveApplications: Int64 = 0
        var liveApplicationMembers: Int64 = 0
        var signedNotFunded: Int64 = 0
    }

    private var own = Sums()
    private var others = Sums()
    private let reservations: LiveReservations

    init(of subject: PreparedSubject) {
        reservations = subject.reservations
        var openMembers = [Bool](repeating: false, count: subject.memberCount)
        var liveMembers = openMembers
        for loan in LoanState.all(of: subject) {
            guard let last = loan.last else { continue }
            let event = subject.events[last]
            if loan.isOpen {
                let isNew = !openMembers[Int(event.member)]
                openMembers[Int(event.member)] = true
                if event.isOwn { own.take(open: loan, isNew) } else { others.take(open: loan, isNew) }
            } else if loan.isLiveApplication, event.age <= subject.rules.liveApplicationMilliseconds {
                let isNew = !liveMembers[Int(event.member)]
                liveMembers[Int(event.member)] = true
                if event.isOwn { own.take(live: loan, isNew) } else { others.take(live: loan, isNew) }
            }
        }
    }

    subscript(split: CellSplit, measure: ExposureMeasure) -> Int64 {
        let sums = split == .own ? own : others
        switch measure {
        case .openLoans: return sums.openLoans
        case .openLenders: return sums.openLenders
        case .outstanding: return AmountSeries.band(of: sums.outstanding)
        case .dueIn30Days: return AmountSeries.band(of: sums.due)
        case .overdueLoans: return sums.overdueLoans
        case .worstBucket: return sums.worstBucket
        case .failedDebits: return sums.failedDebits
        case .liveApplications: return sums.liveApplications
        case .liveApplicationMembers: return sums.liveApplicationMembers
        case .signedNotFunded: return sums.signedNotFunded
        case .reservations: return Int64(split == .own ? reservations.own : reservations.others)
        case .reservationMembers: return Int64(reservations.otherMembers)
        }
    }
}

extension Exposure.Sums {
    fileprivate mutating func take(open loan: LoanState, _ isNewMember: Bool) {
        openLoans += 1
        openLenders += isNewMember ? 1 : 0
        outstanding += AmountSeries.lowerBound(loan.balance == LendingEvent.none ? loan.amount : loan.balance)
        due += AmountSeries.lowerBound(loan.instalment)
        failedDebits += loan.failedDebits
        guard loan.isOverdue else { return }
        overdueLoans += 1
        worstBucket = max(worstBucket, Int64(max(1, loan.bucket)))
    }

    fileprivate mutating func take(live loan: LoanState, _ isNewMember: Bool) {
        liveApplications += 1
        liveApplicationMembers += isNewMember ? 1 : 0
        signedNotFunded += loan.stage == LoanStage.signed.rawValue ? 1 : 0
    }
}

/// What a loan's present events say of it together.
private struct LoanState {
    static let failedDebitMilliseconds = 30 * millisecondsPerDay

    /// Its latest event; `nil` for an inquiry.
    var last: Int?
    var stage: UInt8 = 0
    /// The latest that were stated.
    var balance = LendingEvent.none
    var amount = LendingEvent.none
    var instalment = LendingEvent.none
    /// Whether the latest of overdue, paid, cured and restructured is overdue, and that event's bucket.
    var isOverdue = false
    var bucket: UInt8 = 0
    /// Of the last 30 days.
    var failedDebits: Int64 = 0

    var isLiveApplication: Bool { LoanStage(rawValue: stage)?.isLiveApplication ?? false }

    var isOpen: Bool {
        switch LoanStage(rawValue: stage) {
        case .disbursed, .paid, .debitFailed, .overdue, .cured, .restructured: true
        case .inquired, .applied, .approved, .refused, .withdrawn, .signed, .settled, .writtenOff, nil: false
        }
    }

    /// By the loan's number.
    static func all(of subject: PreparedSubject) -> [LoanState] {
        var loans = [LoanState](repeating: LoanState(), count: subject.loanCount)
        for (index, event) in subject.events.enumerated() where event.stage != LendingEvent.inquiryStage {
            loans[Int(event.loan)].take(event, at: index)
        }
        return loans
    }

    private mutating func take(_ event: PreparedSubject.Event, at index: Int) {
        (last, stage) = (index, event.stage)
        if event.balanceBand != LendingEvent.none { balance = event.balanceBand }
        if event.amountBand != LendingEvent.none { amount = event.amountBand }
        if event.instalmentBand != LendingEvent.none { instalment = event.instalmentBand }
        switch LoanStage(rawValue: event.stage) {
        case .overdue: (isOverdue, bucket) = (true, event.dueBucket)
        case .paid, .cured, .restructured: isOverdue = false
        case .debitFailed: failedDebits += event.age <= Self.failedDebitMilliseconds ? 1 : 0
        case .inquired, .applied, .approved, .refused, .withdrawn, .signed, .disbursed, .settled, .writtenOff, nil:
            break
        }
    }
}
