/// Walks a series' events from the latest to the earliest, and knows after each what the statistics over those seen
/// are: windows from short to long are read off in one walk.
struct SeriesPass {
    private(set) var events: Int64 = 0
    private(set) var members: Int64 = 0
    private(set) var loans: Int64 = 0
    private(set) var months: Int64 = 0
    /// Within the month that the walk is in; months that it has left.
    private var inMonth: Int64 = 0
    private var maxOfLeft: Int64 = 0
    private var minOfLeft: Int64 = .max
    private var month: Int32 = .min
    private(set) var maxGap: Int64 = -1
    private(set) var minGap: Int64 = .max
    private(set) var earliestDay: Int64 = 0
    private(set) var latestDay: Int64 = 0
    private(set) var runEvents: Int64 = 0
    private var runStart: Int64 = 0
    private var isRunOpen = true
    private(set) var amountSum: Int64 = 0
    private(set) var maxAmount: Int64 = CellValues.absent

    var maxPerMonth: Int64 { max(maxOfLeft, inMonth) }
    var minPerMonth: Int64 { min(minOfLeft, inMonth) }
    var runDays: Int64 { latestDay - runStart + 1 }

    mutating func countEvent() { events += 1 }
    mutating func countMember() { members += 1 }
    mutating func countLoan() { loans += 1 }

    mutating func takeMonth(_ next: Int32) {
        if next == month {
            inMonth += 1
            return
        }
        if months > 0 { (maxOfLeft, minOfLeft) = (maxPerMonth, minPerMonth) }
        months += 1
        (month, inMonth) = (next, 1)
    }

    /// - Precondition: `countEvent` was called for this event.
    mutating func takeDay(_ day: Int64, runGapDays: Int64) {
        guard events > 1 else {
            (earliestDay, latestDay, runStart, runEvents) = (day, day, day, 1)
            return
        }
        let gap = earliestDay - day
        maxGap = max(maxGap, gap)
        minGap = min(minGap, gap)
        if isRunOpen, gap <= runGapDays {
            runEvents += 1
            runStart = day
        } else {
            isRunOpen = false
        }
        earliestDay = day
    }

    mutating func takeAmount(_ band: UInt8) {
        guard band != LendingEvent.none else { return }
        amountSum += AmountSeries.lowerBound(band)
        maxAmount = max(maxAmount, Int64(band))
    }
}
