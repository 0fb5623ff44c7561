internal import Vocabulary

extension PreparedSubject {
    /// The raw values of all of a profile's cells.
    package func values(of profile: Profile) -> CellValues {
        var evaluation = Evaluation(self, profile.plan)
        evaluation.run()
        return CellValues(raw: evaluation.values)
    }
}

/// Prepares and evaluates in one go.
package func evaluate(_ profile: Profile, _ view: SubjectView, _ rules: LendingRules) -> CellValues {
    PreparedSubject(view, rules).values(of: profile)
}

/// One evaluation of a plan: the values so far, and scratch room that every series uses again.
private struct Evaluation {
    let subject: PreparedSubject
    let plan: Plan
    var values: [Int64]
    /// By the plan's windows: the first event in each.
    let starts: [Int]
    /// By the plan's segments.
    let segmentRows: [Int]
    private let riseStart: Int
    /// The events of the series at hand.
    private var mask: [UInt64]
    private var memberStamps: [UInt32]
    private var loanStamps: [UInt32]
    private var stamp: UInt32 = 0

    init(_ subject: PreparedSubject, _ plan: Plan) {
        (self.subject, self.plan) = (subject, plan)
        values = [Int64](repeating: CellValues.absent, count: plan.slotCount)
        starts = plan.windows.map { subject.start(ofWindow: $0) }
        riseStart = subject.start(ofWindow: Plan.riseMilliseconds)
        segmentRows = plan.segments.map { MaskRows.row(of: $0, subject.rules) }
        mask = [UInt64](repeating: 0, count: subject.wordCount)
        memberStamps = [UInt32](repeating: 0, count: subject.memberCount)
        loanStamps = [UInt32](repeating: 0, count: subject.loanCount)
    }

    mutating func run() {
        for series in plan.series { evaluate(series) }
        for combination in plan.combinations { combine(combination) }
        if !plan.measures.isEmpty { evaluateMeasures() }
        values.removeLast(plan.slotCount - plan.cellCount)
    }

    private mutating func evaluate(_ series: Plan.Series) {
        guard intersect(series) else {
            for group in plan.groups[series.groups] {
                for output in plan.outputs[group.outputs] { values[output.slot] = output.statistic.ofNothing }
            }
            return
        }
        stamp += 1
        var pass = SeriesPass()
        var end = subject.events.count
        for group in plan.groups[series.groups] {
            let start = starts[group.window]
            if !series.needs.isEmpty, start < end {
                advance(&pass, from: start, to: end, series.needs)
                end = start
            }
            for output in plan.outputs[group.outputs] {
                values[output.slot] = value(of: output, window: group.window, pass)
            }
        }
    }

    /// Puts the series' events into `mask`; false if there are none.
    private mutating func intersect(_ series: Plan.Series) -> Bool {
        let count = subject.wordCount
        let rows = (
            series.stageRow * count, series.splitRow * count, series.kindRow * count,
            segmentRows[series.segment] * count)
        var union: UInt64 = 0
        for word in 0..<count {
            let bits = subject.masks[rows.0 + word] & subject.masks[rows.1 + word] & subject.masks[rows.2 + word]
                & subject.masks[rows.3 + word]
            mask[word] = bits
            union |= bits
        }
        return union != 0
    }

    /// Takes the series' events from `end` down to `start` into the pass.
    private mutating func advance(_ pass: inout SeriesPass, from start: Int, to end: Int, _ needs: Plan.Needs) {
        for word in stride(from: (end - 1) / 64, through: start / 64, by: -1) {
            var bits = mask[word] & Self.bits(of: word, from: start, to: end)
            while bits != 0 {
                let bit = 63 - bits.leadingZeroBitCount
                bits &= ~(1 << UInt64(bit))
                take(subject.events[word * 64 + bit], &pass, needs)
            }
        }
    }

    private mutating func take(_ event: PreparedSubject.Event, _ pass: inout SeriesPass, _ needs: Plan.Needs) {
        pass.countEvent()
        if needs.contains(.members), memberStamps[Int(event.member)] != stamp {
            memberStamps[Int(event.member)] = stamp
            pass.countMember()
        }
        if needs.contains(.loans), loanStamps[Int(event.loan)] != stamp {
            loanStamps[Int(event.loan)] = stamp
            pass.countLoan()
        }
        if needs.contains(.months) { pass.takeMonth(event.month) }
        if needs.contains(.days) { pass.takeDay(event.day, runGapDays: subject.rules.runGapDays) }
        if needs.contains(.amounts) { pass.takeAmount(event.amountBand) }
    }

    /// The bits of a word that stand for events from `start` up to, not including, `end`.
    private static func bits(of word: Int, from start: Int, to end: Int) -> UInt64 {
        let low = max(0, start - word * 64)
        let high = min(64, end - word * 64)
        guard low < high else { return 0 }
        let upper = high == 64 ? UInt64.max : (1 << UInt64(high)) - 1
        return upper & ~((1 << UInt64(low)) - 1)
    }

    /// How many of the series' events are from `start` on.
    private func count(from start: Int) -> Int64 {
        guard start < subject.events.count else { return 0 }
        var count = (mask[start / 64] >> UInt64(start % 64)).nonzeroBitCount
        for word in (start / 64 + 1)..<max(start / 64 + 1, mask.count) { count += mask[word].nonzeroBitCount }
        return Int64(count)
    }

    private func value(of output: Plan.Output, window: Int, _ pass: SeriesPass) -> Int64 {
        let none = CellValues.absent
        let isEmpty = pass.events == 0
        switch output.statistic {
        case .count: return count(from: starts[window])
        case .members: return pass.members
        case .loans: return pass.loans
        case .activeMonths: return pass.months
        case .meanPerActiveMonth:
            return isEmpty ? none : (200 * pass.events + pass.months) / (2 * pass.months)
        case .maxPerActiveMonth: return isEmpty ? none : pass.maxPerMonth
        case .minPerActiveMonth: return isEmpty ? none : pass.minPerMonth
        case .maxGapDays: return pass.events < 2 ? none : pass.maxGap
        case .minGapDays: return pass.events < 2 ? none : pass.minGap
        case .daysSinceFirst: return isEmpty ? none : max(0, subject.today - pass.earliestDay)
        case .daysSinceLast: return isEmpty ? none : max(0, subject.today - pass.latestDay)
        case .runEvents: return isEmpty ? none : pass.runEvents
        case .runDays: return isEmpty ? none : pass.runDays
        case .amount: return AmountSeries.band(of: pass.amountSum)
        case .maxAmount: return pass.maxAmount
        case .shareOf:
            let longer = count(from: starts[output.longer])
            return longer == 0 ? none : (200 * count(from: starts[window]) + longer) / (2 * longer)
        case .rise: return 2 * count(from: riseStart) - count(from: starts[window])
        case .episodes: return Int64(subject.episodes(in: mask, from: starts[window]))
        }
    }

    private mutating func combine(_ combination: Plan.Combination) {
        var (largest, smallest) = (CellValues.absent, Int64.max)
        for (kind, slot) in zip(CellKind.exact, combination.slots) where subject.isAsked(kind) {
            let value = values[slot]
            largest = max(largest, value)
            smallest = min(smallest, value)
        }
        guard combination.isDisagreement else {
            values[combination.slot] = largest
            return
        }
        // Counts are never absent, so that an absent one, which counts as 0, need not be looked for.
        values[combination.slot] = largest > smallest ? 1 : 0
    }

    private mutating func evaluateMeasures() {
        let exposure = Exposure(of: subject)
        let stacking = Stacking(of: subject)
        for measure in plan.measures {
            switch measure.body {
            case .exposure(let split, let body): values[measure.slot] = exposure[split, body]
            case .stacking(let split, let body): values[measure.slot] = stacking[split, body]
            case .identity(let body):
                values[measure.slot] = subject.identity[body].map { Int64($0) } ?? CellValues.absent
            case .events: preconditionFailure("A plan's measures are over no series.")
            }
        }
    }
}

extension CellStatistic {
    /// Its value over no event at all.
    fileprivate var ofNothing: Int64 {
        switch self {
        case .count, .members, .loans, .activeMonths, .amount, .rise, .episodes: 0
        case .meanPerActiveMonth, .maxPerActiveMonth, .minPerActiveMonth, .maxGapDays, .minGapDays, .daysSinceFirst,
            .daysSinceLast, .runEvents, .runDays, .maxAmount, .shareOf:
            CellValues.absent
        }
    }
}

extension PreparedSubject {
    /// Whether an own identifier of the kind was asked.
    fileprivate func isAsked(_ kind: CellKind) -> Bool {
        guard let number = kind.identifierKind?.rawValue else { return false }
        return askedKinds & 1 << UInt64(number) != 0
    }
}
