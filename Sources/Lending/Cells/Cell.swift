/// One statistic of the catalogue: a name, and what it counts.
package struct Cell: Hashable, Sendable {
    package enum Body: Hashable, Sendable {
        case events(EventCell)
        case exposure(CellSplit, ExposureMeasure)
        case stacking(CellSplit, StackingMeasure)
        case identity(IdentityMeasure)
    }

    package let name: String
    package let body: Body
    /// In what form its value is told.
    package let form: CellForm

    package static func == (left: Cell, right: Cell) -> Bool { left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Whether its value tells of anybody but the asker. Identity measures mix what all members furnished.
    package var isAboutOthers: Bool {
        switch body {
        case .events(let cell): cell.split == .others
        case .exposure(let split, _), .stacking(let split, _): split == .others
        case .identity: true
        }
    }
}

/// What a cell over events counts: one choice of each dimension.
package struct EventCell: Hashable, Sendable {
    package let stage: CellStage
    package let split: CellSplit
    package let kind: CellKind
    package let segment: CellSegment
    package let window: CellWindow
    package let statistic: CellStatistic
    /// For `shareOf`: the window that the share is of.
    package let longer: CellWindow?

    /// Why the combination has no meaning; `nil` where it has one.
    var refusal: String? {
        if kind == .disagree, statistic != .count, statistic != .members {
            return "the kinds are compared by count and members alone"
        }
        switch statistic {
        case .members where split == .own: return "the asker is one member: there is nothing to count"
        case .loans, .amount, .maxAmount: return stage == .inquiry ? "an inquiry is no loan" : nil
        case .episodes where stage != .inquiry && stage != .application:
            return "episodes are formed of inquiries and of applications"
        case .rise where window.token != CellWindow.ofRise: return "the rise stands in the window \(CellWindow.ofRise)"
        case .shareOf: return isShorter ? nil : "the share is of a longer window"
        case .count, .members, .activeMonths, .meanPerActiveMonth, .maxPerActiveMonth, .minPerActiveMonth,
            .maxGapDays, .minGapDays, .daysSinceFirst, .daysSinceLast, .runEvents, .runDays, .rise, .episodes:
            return nil
        }
    }

    private var isShorter: Bool {
        guard let longer else { return false }
        return window.milliseconds < longer.milliseconds
    }
}
