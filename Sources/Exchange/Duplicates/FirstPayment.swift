internal import Records
internal import Vocabulary

/// What became of a loan's first payment.
struct FirstPayment {
    let paidOut: Instant
    let isDefault: Bool
}

/// How many loans with a known first payment, and how many of them failed there.
struct FirstPaymentCount {
    var loans = 0
    var defaults = 0

    mutating func add(_ payment: FirstPayment) {
        loans += 1
        if payment.isDefault { defaults += 1 }
    }

    /// The share to expect of the next loan (Laplace): a member of whom little is known is taken for a bad one.
    var expectedShare: Double { Double(defaults + 1) / Double(loans + 2) }
}

extension CaseStanding {
    /// The first payment of a loan with money out: paid, or failed (a debit that failed, more than 30 days late or
    /// written off, and nothing paid before); `nil` where neither is known.
    ///
    /// Events past their retention are not looked at, and a loan whose paying out is past it is not known any more.
    func firstPayment(of row: CaseRow) -> FirstPayment? {
        var paidOut: Instant?
        var first: (row: RecordRow, number: UInt32)?
        let latest = now.adding(seconds: policy.eventTime.futureSeconds)
        view.events(of: row) { event, number in
            guard event.eventTime <= latest, !isOver(event) else { return }
            if event.kind.stage == LoanStage.disbursed.rawValue {
                paidOut = min(paidOut ?? event.eventTime, event.eventTime)
            } else if Self.isFailed(event) != nil {
                if let held = first, view.isBefore(held, (event, number)) { return }
                first = (event, number)
            }
        }
        guard let paidOut, let first, first.row.eventTime >= paidOut else { return nil }
        return Self.isFailed(first.row).map { FirstPayment(paidOut: paidOut, isDefault: $0) }
    }

    private func isOver(_ event: RecordRow) -> Bool {
        Retention.expiryOfLoanEvent(at: event.eventTime, policy: policy).isOver(at: now)
            || (present.map {
                Retention.expiryOfLoanEvent(at: event.eventTime, policy: $0.policy).isOver(at: $0.now)
            } ?? false)
    }

    /// Whether a payment failed or was made; `nil` for what says neither.
    private static func isFailed(_ event: RecordRow) -> Bool? {
        switch event.kind.stage.flatMap(LoanStage.init(rawValue:)) {
        case .debitFailed, .writtenOff: true
        case .overdue: event.dueBucket >= DueBucket.days31To60.rawValue ? true : nil
        case .paid, .settled, .cured: false
        case .inquired, .applied, .approved, .refused, .withdrawn, .signed, .disbursed, .restructured, nil: nil
        }
    }
}
