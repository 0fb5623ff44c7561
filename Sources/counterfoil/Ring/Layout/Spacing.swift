/// Moves what was placed until no node lies over another, and few links run through nodes.
struct Spacing {
    /// Free pixels between two nodes.
    static let gap = 9.0
    private static let rounds = 60
    /// Beyond so many comparisons in a round links are left where they run.
    private static let comparisons = 4_000_000
    private let graph: LayoutGraph

    init(_ graph: LayoutGraph) { self.graph = graph }

    func spaced(_ start: [Point]) -> [Point] {
        var places = apart(start)
        guard graph.links.count * graph.count <= Self.comparisons else { return places }
        var (best, least) = (places, crossings(places))
        for _ in 0..<Self.rounds where least > 0 {
            places = apart(clear(places))
            let found = crossings(places)
            if found < least { (best, least) = (places, found) }
        }
        return best
    }

    private func box(_ node: Int, _ places: [Point]) -> Box {
        Box(center: places[node], width: graph.sizes[node].width, height: graph.sizes[node].height)
    }

    /// Pairs that overlap move apart along the shorter way; where that does not end, the page grows.
    private func apart(_ start: [Point]) -> [Point] {
        var places = start
        var round = 0
        while push(&places) {
            round += 1
            if round.isMultiple(of: 40) { places = places.map { $0 * 1.08 } }
        }
        return places
    }

    /// - Returns: whether any two nodes were too near.
    private func push(_ places: inout [Point]) -> Bool {
        let order = places.indices.sorted { (places[$0].x, $0) < (places[$1].x, $1) }
        let widest = graph.sizes.reduce(0) { max($0, $1.width) } + Self.gap
        var hasMoved = false
        for (index, one) in order.enumerated() {
            for other in order[(index + 1)...] {
                // Those further right were so when the round began, and move little in it.
                if places[other].x - places[one].x > 3 * widest { break }
                let (first, second) = (box(one, places), box(other, places))
                guard first.overlaps(second, gap: Self.gap) else { continue }
                hasMoved = true
                let step = places[other] - places[one]
                let across = (first.width + second.width) / 2 + Self.gap - abs(step.x) + 0.01
                let along = (first.height + second.height) / 2 + Self.gap - abs(step.y) + 0.01
                let shift =
                    across < along
                    ? Point(x: step.x < 0 ? -across / 2 : across / 2, y: 0)
                    : Point(x: 0, y: step.y < 0 || (step.y == 0 && one > other) ? -along / 2 : along / 2)
                places[one] = places[one] - shift
                places[other] = places[other] + shift
            }
        }
        return hasMoved
    }

    /// How many links run through nodes that are none of their ends.
    private func crossings(_ places: [Point]) -> Int {
        var count = 0
        forEachCrossing(places) { _, _ in count += 1 }
        return count
    }

    /// Each node that a link runs through steps aside, away from the link.
    private func clear(_ places: [Point]) -> [Point] {
        var moved = places
        forEachCrossing(places) { link, node in
            let (start, end) = (places[graph.links[link].0], places[graph.links[link].1])
            let direction = end - start
            let length = max(direction.length, 0.01)
            let side = direction.normal * (1 / length)
            let offset = places[node] - start
            let away = offset.x * side.x + offset.y * side.y
            let half = (abs(side.x) * graph.sizes[node].width + abs(side.y) * graph.sizes[node].height) / 2 + 5
            let sign = away > 0 || (away == 0 && node.isMultiple(of: 2)) ? 1.0 : -1.0
            let shift = side * (sign * max(0, half - abs(away)) / 2)
            moved[node] = moved[node] + shift
            moved[graph.links[link].0] = moved[graph.links[link].0] - shift * 0.5
            moved[graph.links[link].1] = moved[graph.links[link].1] - shift * 0.5
        }
        return moved
    }

    private func forEachCrossing(_ places: [Point], _ body: (_ link: Int, _ node: Int) -> Void) {
        let boxes = places.indices.map { node in
            Box(center: places[node], width: graph.sizes[node].width + 6, height: graph.sizes[node].height + 6)
        }
        for (link, (one, other)) in graph.links.enumerated() {
            let (start, end) = (places[one], places[other])
            for node in boxes.indices where node != one && node != other {
                if boxes[node].isCrossed(from: start, to: end) { body(link, node) }
            }
        }
    }
}
