internal import Records

/// Signs that the person borrows from several at once, own loans and others' apart.
struct Stacking {
    private var rollovers: (own: Int64, others: Int64) = (0, 0)
    private var largestEpisodes: (own: Int64, others: Int64) = (0, 0)

    private static let rolloverAge = 90 * millisecondsPerDay
    private static let troubleBefore = 30 * millisecondsPerDay
    private static let paymentAfter = 7 * millisecondsPerDay
    private static let episodeAge = 30 * millisecondsPerDay

    init(of subject: PreparedSubject) {
        largestEpisodes = (Self.largestEpisode(MaskRows.own, subject), Self.largestEpisode(MaskRows.others, subject))
        countRollovers(in: subject)
    }

    subscript(split: CellSplit, measure: StackingMeasure) -> Int64 {
        switch (measure, split) {
        case (.rollovers, .own): rollovers.own
        case (.rollovers, .others): rollovers.others
        case (.largestEpisode, .own): largestEpisodes.own
        case (.largestEpisode, .others): largestEpisodes.others
        }
    }

    private static func largestEpisode(_ splitRow: Int, _ subject: PreparedSubject) -> Int64 {
        let count = subject.wordCount
        let applications = subject.masks[(MaskRows.application * count)..<((MaskRows.application + 1) * count)]
        let ofSplit = subject.masks[(splitRow * count)..<((splitRow + 1) * count)]
        let mask = zip(applications, ofSplit).map { $0 & $1 }
        return Int64(subject.largestEpisode(in: mask, youngerThan: episodeAge))
    }

    private mutating func countRollovers(in subject: PreparedSubject) {
        /// By loan: the disbursement before which it was in trouble.
        var troubled = [Int](repeating: -1, count: subject.loanCount)
        for index in subject.start(ofWindow: Self.rolloverAge)..<subject.events.count
        where subject.events[index].stage == LoanStage.disbursed.rawValue {
            guard Self.isRollover(index, subject, &troubled) else { continue }
            if subject.events[index].isOwn { rollovers.own += 1 } else { rollovers.others += 1 }
        }
    }

    /// Whether another loan of the same split was in trouble before this disbursement and was paid after it.
    private static func isRollover(_ index: Int, _ subject: PreparedSubject, _ troubled: inout [Int]) -> Bool {
        let events = subject.events
        let disbursed = events[index]
        let isOther = { (event: PreparedSubject.Event) in
            event.loan != disbursed.loan && event.isOwn == disbursed.isOwn
        }
        // Events of the same millisecond count as before and as after it, wherever ties put them.
        var first = index
        while first > 0, disbursed.time - events[first - 1].time <= troubleBefore { first -= 1 }
        var start = events.endIndex
        var hasTrouble = false
        for place in first..<events.count {
            let event = events[place]
            guard event.time <= disbursed.time else { break }
            if event.time == disbursed.time { start = min(start, place) }
            guard isTrouble(event.stage), isOther(event) else { continue }
            troubled[Int(event.loan)] = index
            hasTrouble = true
        }
        guard hasTrouble else { return false }
        for event in events[start...] {
            guard event.time - disbursed.time <= paymentAfter else { break }
            if isPayment(event.stage), isOther(event), troubled[Int(event.loan)] == index { return true }
        }
        return false
    }

    private static func isTrouble(_ stage: UInt8) -> Bool {
        stage == LoanStage.overdue.rawValue || stage == LoanStage.debitFailed.rawValue
    }

    private static func isPayment(_ stage: UInt8) -> Bool {
        stage == LoanStage.paid.rawValue || stage == LoanStage.cured.rawValue || stage == LoanStage.settled.rawValue
    }
}
