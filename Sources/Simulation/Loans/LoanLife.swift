internal import Records

/// What comes after a stage of a loan, and how much later.
struct LoanLife {
    struct Next {
        let stage: LoanStage
        /// Milliseconds.
        let delay: Int64
    }

    /// `nil` where nothing follows, which leaves a loan of an unfinished stage as it is.
    static func next(of loan: Loan) -> Next? {
        switch loan.stage {
        case nil, .inquired: Next(stage: .applied, delay: loan.random.milliseconds(300, 86_400))
        case .applied: afterApplied(loan)
        case .approved: afterApproved(loan)
        case .signed: afterSigned(loan)
        case .disbursed, .paid, .cured, .restructured: afterInstalment(loan)
        case .debitFailed: afterFailedDebit(loan)
        case .overdue: afterOverdue(loan)
        case .refused, .withdrawn, .settled, .writtenOff: nil
        }
    }

    private static func afterApplied(_ loan: Loan) -> Next? {
        switch loan.intent {
        case .ordinary, .book, .brokered(colludes: false):
            let outcome = loan.random.below(1000)
            let delay = loan.random.milliseconds(120, 3 * 86_400)
            switch outcome {
            case ..<580: return Next(stage: .approved, delay: delay)
            case ..<880: return Next(stage: .refused, delay: delay)
            case ..<960: return Next(stage: .withdrawn, delay: delay)
            default: return nil
            }
        case .shopping(let isTaken):
            if isTaken { return Next(stage: .approved, delay: loan.random.milliseconds(7200, 2 * 86_400)) }
            guard loan.random.chance(750) else { return nil }
            let stage = loan.random.pick([LoanStage.approved, .withdrawn, .refused])
            return Next(stage: stage, delay: loan.random.milliseconds(7200, 10 * 86_400))
        case .stacking, .ring, .rollover, .brokered(colludes: true):
            let stage: LoanStage = loan.random.chance(780) ? .approved : .refused
            return Next(stage: stage, delay: loan.random.milliseconds(60, 6 * 3600))
        }
    }

    private static func afterApproved(_ loan: Loan) -> Next? {
        switch loan.intent {
        case .ordinary, .book, .shopping(isTaken: true), .brokered(colludes: false):
            let delay = loan.random.milliseconds(600, 3 * 86_400)
            if loan.random.chance(900) { return Next(stage: .signed, delay: delay) }
            return loan.random.chance(600) ? Next(stage: .withdrawn, delay: delay) : nil
        case .shopping(isTaken: false):
            return loan.random.chance(700)
                ? Next(stage: .withdrawn, delay: loan.random.milliseconds(86_400, 12 * 86_400)) : nil
        case .stacking, .ring, .rollover, .brokered(colludes: true):
            return Next(stage: .signed, delay: loan.random.milliseconds(60, 10 * 3600))
        }
    }

    private static func afterSigned(_ loan: Loan) -> Next? {
        guard loan.random.chance(965) else { return nil }
        return Next(stage: .disbursed, delay: loan.random.milliseconds(300, 2 * 86_400))
    }

    private static func afterInstalment(_ loan: Loan) -> Next? {
        guard loan.paid < loan.termMonths else {
            return Next(stage: .settled, delay: loan.random.milliseconds(60, 86_400))
        }
        let month = 30 * Int64(86_400_000) + loan.random.milliseconds(0, 86_400)
        if loan.random.chance(loan.paid > 2 ? 12 : 0) { return Next(stage: .settled, delay: month / 2) }
        let failing =
            switch loan.intent {
            case .stacking: 600
            case .ring: 800
            case .rollover: 300
            case .brokered(colludes: true): loan.paid == 0 ? 700 : 300
            case .ordinary, .shopping, .book, .brokered(colludes: false): loan.isPoorPayer ? 220 : 35
            }
        return Next(stage: loan.random.chance(failing) ? .debitFailed : .paid, delay: month)
    }

    private static func afterFailedDebit(_ loan: Loan) -> Next {
        let isRescued = loan.random.chance(loan.isNightly ? 80 : 550)
        if isRescued { return Next(stage: .paid, delay: loan.random.milliseconds(3600, 3 * 86_400)) }
        return Next(stage: .overdue, delay: loan.random.milliseconds(86_400, 5 * 86_400))
    }

    private static func afterOverdue(_ loan: Loan) -> Next {
        if loan.bucket >= 4 {
            let stage: LoanStage = loan.random.chance(750) ? .writtenOff : .settled
            return Next(stage: stage, delay: loan.random.milliseconds(30 * 86_400, 90 * 86_400))
        }
        let isCured = loan.random.chance((loan.isNightly ? 100 : 620) / loan.bucket)
        if isCured { return Next(stage: .cured, delay: loan.random.milliseconds(86_400, 25 * 86_400)) }
        if loan.bucket == 3, loan.random.chance(200) {
            return Next(stage: .restructured, delay: loan.random.milliseconds(86_400, 20 * 86_400))
        }
        return Next(stage: .overdue, delay: 30 * Int64(86_400_000))
    }

    /// Brings the loan to a stage.
    static func enter(_ stage: LoanStage, _ loan: Loan) {
        switch stage {
        case .paid: loan.paid += 1
        case .overdue: loan.bucket = min(loan.bucket + 1, 4)
        case .cured:
            loan.bucket = 0
            loan.paid += 1
        case .restructured: loan.bucket = 0
        case .settled: loan.paid = loan.termMonths
        case .inquired, .applied, .approved, .refused, .withdrawn, .signed, .disbursed, .debitFailed, .writtenOff: break
        }
        loan.stage = stage
        loan.turn += 1
    }
}
