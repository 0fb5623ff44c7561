import Exchange
import Vocabulary

/// A link as it is drawn: straight where it can be, bent where it would run through a node.
struct DrawnEdge {
    let edge: RingPicture.Edge
    let start: Point
    let end: Point
    /// Sidewards from the middle, in pixels; 0 is straight.
    let bend: Double
    /// From straight on, ever further to either side.
    private static let bends: [Double] = [0, 16, -16, 32, -32, 52, -52, 76, -76, 104, -104]
    private static let steps = 14

    /// - Parameters:
    ///   - lane: where several run between the same two, which of them it is.
    ///   - obstacles: the boxes that it should not run through.
    init(_ edge: RingPicture.Edge, from start: Point, to end: Point, lane: Int, around obstacles: [Box]) {
        (self.edge, self.start, self.end) = (edge, start, end)
        let reach = 60.0
        let near = obstacles.filter {
            $0.right > min(start.x, end.x) - reach && $0.left < max(start.x, end.x) + reach
                && $0.bottom > min(start.y, end.y) - reach && $0.top < max(start.y, end.y) + reach
        }
        var best = (bend: Double(lane) * 18, hits: Int.max)
        for candidate in Self.bends where best.hits > 0 {
            let bend = candidate + Double(lane) * 18
            let hits = Self.hits(from: start, to: end, bend: bend, near)
            if hits < best.hits { best = (bend, hits) }
        }
        bend = best.bend
    }

    static let margin = 60.0

    private static func hits(from start: Point, to end: Point, bend: Double, _ obstacles: [Box]) -> Int {
        var hits = 0
        let points = (0...steps).map { place(Double($0) / Double(steps), from: start, to: end, bend: bend) }
        for box in obstacles
        where zip(points, points.dropFirst()).contains(where: { box.isCrossed(from: $0.0, to: $0.1) }) {
            hits += 1
        }
        return hits
    }

    private static func control(from start: Point, to end: Point, bend: Double) -> Point {
        let step = end - start
        return (start + end) * 0.5 + step.normal * (bend / max(step.length, 1))
    }

    private static func place(_ share: Double, from start: Point, to end: Point, bend: Double) -> Point {
        guard bend != 0 else { return start + (end - start) * share }
        let control = control(from: start, to: end, bend: bend)
        let rest = 1 - share
        return start * (rest * rest) + control * (2 * rest * share) + end * (share * share)
    }

    /// - Parameter share: of the way from the person, 0 to 1.
    func place(_ share: Double) -> Point { Self.place(share, from: start, to: end, bend: bend) }

    var path: String {
        var path = PathText()
        path.move(to: start)
        if bend == 0 {
            path.line(to: end)
        } else {
            path.curve(by: Self.control(from: start, to: end, bend: bend), to: end)
        }
        return path.text
    }

    /// What a reader is told who points at it.
    var title: String {
        let role = edge.role == .own ? "" : ", as \(edge.role.words)"
        return "\(edge.subject) – \(edge.identifier)\(role): from \(edge.members) "
            + "\(edge.members == 1 ? "member" : "members"), seen \(edge.firstSeen) to \(edge.lastSeen)"
    }

    /// In pixels: one member's word is thin.
    var width: Double { Self.width(members: edge.members) }

    static func width(members: Int) -> Double { 1.1 + 1.1 * Double(min(members, 5) - 1) }
}
