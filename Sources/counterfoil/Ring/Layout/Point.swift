/// A place or a step on the page, in pixels; y grows downwards.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double

    static let zero = Point(x: 0, y: 0)

    static func + (left: Point, right: Point) -> Point { Point(x: left.x + right.x, y: left.y + right.y) }
    static func - (left: Point, right: Point) -> Point { Point(x: left.x - right.x, y: left.y - right.y) }
    static func * (left: Point, factor: Double) -> Point { Point(x: left.x * factor, y: left.y * factor) }

    var squaredLength: Double { x * x + y * y }
    var length: Double { squaredLength.squareRoot() }
    /// Across, of the same length.
    var normal: Point { Point(x: -y, y: x) }
}

/// A rectangle by its centre, with the sides parallel to the page's.
struct Box: Hashable, Sendable {
    var center: Point
    var width: Double
    var height: Double

    var left: Double { center.x - width / 2 }
    var right: Double { center.x + width / 2 }
    var top: Double { center.y - height / 2 }
    var bottom: Double { center.y + height / 2 }

    func overlaps(_ other: Box, gap: Double = 0) -> Bool {
        abs(center.x - other.center.x) < (width + other.width) / 2 + gap
            && abs(center.y - other.center.y) < (height + other.height) / 2 + gap
    }

    /// Whether the straight line between two points touches it.
    func isCrossed(from start: Point, to end: Point) -> Bool {
        if max(start.x, end.x) < left || min(start.x, end.x) > right { return false }
        if max(start.y, end.y) < top || min(start.y, end.y) > bottom { return false }
        // The corners lie on both sides of the line, or the line runs through none of them.
        let step = end - start
        let middle = step.x * (center.y - start.y) - step.y * (center.x - start.x)
        return abs(middle) <= (abs(step.x) * height + abs(step.y) * width) / 2
    }
}
