/// One chart of a report: a square of axes with curves or bars, drawn as SVG.
struct ChartPanel {
    /// The training part is drawn thin and dashed, the held-out part full.
    enum Style: String {
        case training, holdout, other
    }

    private static let size = 260.0
    private static let marginLeft = 52.0
    private static let marginTop = 44.0
    static let width = 350.0
    static let height = 374.0

    private let left: Double
    private let xRange: ClosedRange<Double>
    private let yRange: ClosedRange<Double>
    private(set) var lines: [String] = []

    init(
        _ number: Int, title: String, x: (label: String, range: ClosedRange<Double>),
        y: (label: String, range: ClosedRange<Double>), steps: (x: Int, y: Int) = (4, 4)
    ) {
        left = Double(number) * Self.width + Self.marginLeft
        (xRange, yRange) = (x.range, y.range)
        text(title, x: left + Self.size / 2, y: Self.marginTop - 16, style: "title", anchor: "middle")
        axes(steps)
        text(x.label, x: left + Self.size / 2, y: Self.marginTop + Self.size + 38, anchor: "middle")
        let middle = Self.marginTop + Self.size / 2
        lines.append(
            "<text x=\"\(Self.number(left - 38))\" y=\"\(Self.number(middle))\" text-anchor=\"middle\" "
                + "transform=\"rotate(-90 \(Self.number(left - 38)) \(Self.number(middle)))\">\(y.label)</text>")
    }

    private mutating func axes(_ steps: (x: Int, y: Int)) {
        let (bottom, right) = (Self.marginTop + Self.size, left + Self.size)
        for step in 0...steps.x {
            let share = Double(step) / Double(steps.x)
            let x = left + share * Self.size
            line((x, Self.marginTop), (x, bottom), style: "grid")
            text(Self.tick(xRange, share), x: x, y: bottom + 18, anchor: "middle")
        }
        for step in 0...steps.y {
            let share = Double(step) / Double(steps.y)
            let y = bottom - share * Self.size
            line((left, y), (right, y), style: "grid")
            text(Self.tick(yRange, share), x: left - 7, y: y + 4, anchor: "end")
        }
        line((left, bottom), (right, bottom), style: "axis")
        line((left, Self.marginTop), (left, bottom), style: "axis")
    }

    private static func tick(_ range: ClosedRange<Double>, _ share: Double) -> String {
        let span = range.upperBound - range.lowerBound
        return DecimalText.fixed(range.lowerBound + share * span, digits: span > 1 ? 0 : 2)
    }

    /// A curve through points of the axes' units.
    mutating func curve(_ points: [(x: Double, y: Double)], _ style: Style) {
        let text = points.map { "\(Self.number(xPlace($0.x))),\(Self.number(yPlace($0.y)))" }.joined(separator: " ")
        lines.append("<polyline class=\"\(style.rawValue)\" points=\"\(text)\"/>")
    }

    /// A bar from the bottom, between two places of the x axis.
    mutating func bar(from start: Double, to end: Double, height: Double) {
        let (x, y) = (xPlace(start), yPlace(height))
        lines.append(
            "<rect class=\"bar\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
                + "width=\"\(Self.number(xPlace(end) - x))\" "
                + "height=\"\(Self.number(Self.marginTop + Self.size - y))\"/>")
    }

    /// A line between two points of the axes' units.
    mutating func mark(_ start: (Double, Double), _ end: (Double, Double)) {
        line((xPlace(start.0), yPlace(start.1)), (xPlace(end.0), yPlace(end.1)), style: "mark")
    }

    /// Remarks inside the chart: at its lower right, or at its upper left.
    mutating func notes(_ notes: [String], atTop: Bool) {
        let first = Self.marginTop + (atTop ? 20 : Self.size - 10 - Double(notes.count - 1) * 17)
        for (row, note) in notes.enumerated() {
            text(
                note, x: atTop ? left + 8 : left + Self.size - 8, y: first + Double(row) * 17,
                anchor: atTop ? "start" : "end")
        }
    }

    private mutating func line(_ start: (Double, Double), _ end: (Double, Double), style: String) {
        lines.append(
            "<line class=\"\(style)\" x1=\"\(Self.number(start.0))\" y1=\"\(Self.number(start.1))\" "
                + "x2=\"\(Self.number(end.0))\" y2=\"\(Self.number(end.1))\"/>")
    }

    private mutating func text(_ text: String, x: Double, y: Double, style: String = "text", anchor: String) {
        lines.append(
            "<text class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
                + "text-anchor=\"\(anchor)\">\(text)</text>")
    }

    private func xPlace(_ x: Double) -> Double {
        left + (x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * Self.size
    }

    private func yPlace(_ y: Double) -> Double {
        let share = (y - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
        return Self.marginTop + (1 - share) * Self.size
    }

    private static func number(_ value: Double) -> String { DecimalText.fixed(value, digits: 1) }
}
