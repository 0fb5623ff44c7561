/// A profile's cells grouped by the events they are over, so that cells which differ by window and statistic alone
/// share one pass.
struct Plan: Sendable {
    /// Cells over the same events but for the window.
    struct Series: Hashable, Sendable {
        let stageRow: Int
        let splitRow: Int
        let kindRow: Int
        /// Among `segments`.
        let segment: Int
        /// Among `groups`.
        var groups: Range<Int> = 0..<0
        var needs: Needs = []
    }

    /// A series' cells of one window.
    struct Group: Sendable {
        /// Among `windows`.
        let window: Int
        /// Among `outputs`.
        let outputs: Range<Int>
    }

    struct Output: Sendable {
        let statistic: CellStatistic
        let slot: Int
        /// Among `windows`, for `shareOf`.
        let longer: Int
    }

    /// A cell made of the values of the exact kinds.
    struct Combination: Sendable {
        let slot: Int
        let isDisagreement: Bool
        /// Slots by the position of the kind in `CellKind.exact`.
        let slots: [Int]
    }

    struct Measure: Sendable {
        let slot: Int
        let body: Cell.Body
    }

    /// What a pass over a series must keep count of.
    struct Needs: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let members = Needs(rawValue: 1)
        static let loans = Needs(rawValue: 2)
        static let months = Needs(rawValue: 4)
        static let days = Needs(rawValue: 8)
        static let amounts = Needs(rawValue: 16)
    }

    let series: [Series]
    let groups: [Group]
    let outputs: [Output]
    let combinations: [Combination]
    let measures: [Measure]
    let segments: [CellSegment]
    /// Largest ages, from short to long.
    let windows: [Int64]
    /// How many of the slots are cells; the rest hold what combinations are made of.
    let cellCount: Int
    let slotCount: Int
    /// The age that parts the two halves which `rise` compares.
    static let riseMilliseconds = 180 * millisecondsPerDay

    init(_ cells: [Cell]) {
        var builder = PlanBuilder(cells)
        builder.build()
        series = builder.series
        groups = builder.groups
        outputs = builder.outputs
        combinations = builder.combinations
        measures = builder.measures
        segments = builder.segments
        windows = builder.windows
        cellCount = cells.count
        slotCount = builder.slotCount
    }
}

/// Makes a plan: every cell becomes an output of a series, a combination of such, or a measure.
private struct PlanBuilder {
    let cells: [Cell]
    let windows: [Int64]
    var series: [Plan.Series] = []
    var groups: [Plan.Group] = []
    var outputs: [Plan.Output] = []
    var combinations: [Plan.Combination] = []
    var measures: [Plan.Measure] = []
    var segments: [CellSegment] = []
    var slotCount: Int
    /// Slots of the cells over events that were placed, so that combinations share them.
    private var slots: [EventCell: Int] = [:]
    private var placed: [Plan.Series: [(cell: EventCell, slot: Int)]] = [:]

    init(_ cells: [Cell]) {
        self.cells = cells
        slotCount = cells.count
        var spans: Set<Int64> = []
        for cell in cells {
            guard case .events(let body) = cell.body else { continue }
            spans.insert(body.window.milliseconds)
            if let longer = body.longer { spans.insert(longer.milliseconds) }
        }
        windows = spans.sorted()
    }

    mutating func build() {
        for (slot, cell) in cells.enumerated() {
            switch cell.body {
            case .events(let body) where body.kind != .max && body.kind != .disagree: place(body, slot)
            case .events: break
            case .exposure, .stacking, .identity: measures.append(Plan.Measure(slot: slot, body: cell.body))
            }
        }
        for (slot, cell) in cells.enumerated() {
            guard case .events(let body) = cell.body, body.kind == .max || body.kind == .disagree else { continue }
            let parts = CellKind.exact.map { slotOfPart(body.under($0)) }
            combinations.append(
                Plan.Combination(slot: slot, isDisagreement: body.kind == .disagree, slots: parts))
        }
        for index in series.indices { layOut(index) }
    }

    private mutating func slotOfPart(_ cell: EventCell) -> Int {
        if let slot = slots[cell] { return slot }
        slotCount += 1
        place(cell, slotCount - 1)
        return slotCount - 1
    }

    private mutating func place(_ cell: EventCell, _ slot: Int) {
        slots[cell] = slot
        let segment = segments.firstIndex(of: cell.segment) ?? segments.count
        if segment == segments.count { segments.append(cell.segment) }
        let key = Plan.Series(
            stageRow: MaskRows.row(of: cell.stage), splitRow: MaskRows.row(of: cell.split),
            kindRow: MaskRows.row(of: cell.kind), segment: segment)
        if placed[key] == nil { series.append(key) }
        placed[key, default: []].append((cell, slot))
    }

    /// Lays a series' cells out window by window, from short to long.
    private mutating func layOut(_ index: Int) {
        let cells = placed[series[index]] ?? []
        let first = groups.count
        for (window, milliseconds) in windows.enumerated() {
            let inWindow = cells.filter { $0.cell.window.milliseconds == milliseconds }
            guard !inWindow.isEmpty else { continue }
            let start = outputs.count
            for (cell, slot) in inWindow {
                let longer = cell.longer.flatMap { windows.firstIndex(of: $0.milliseconds) } ?? 0
                outputs.append(Plan.Output(statistic: cell.statistic, slot: slot, longer: longer))
                series[index].needs.formUnion(cell.statistic.needs)
            }
            groups.append(Plan.Group(window: window, outputs: start..<outputs.count))
        }
        series[index].groups = first..<groups.count
    }
}

extension EventCell {
    fileprivate func under(_ kind: CellKind) -> EventCell {
        EventCell(
            stage: stage, split: split, kind: kind, segment: segment, window: window, statistic: statistic,
            longer: longer)
    }
}

extension CellStatistic {
    /// What of a pass it reads; nothing where counting bits is enough, or where it makes a pass of its own.
    fileprivate var needs: Plan.Needs {
        switch self {
        case .count, .shareOf, .rise, .episodes: []
        case .members: .members
        case .loans: .loans
        case .activeMonths, .meanPerActiveMonth, .maxPerActiveMonth, .minPerActiveMonth: .months
        case .maxGapDays, .minGapDays, .daysSinceFirst, .daysSinceLast, .runEvents, .runDays: .days
        case .amount, .maxAmount: .amounts
        }
    }
}
