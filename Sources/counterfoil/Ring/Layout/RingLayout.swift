/// Where everything of a picture lies: the connected parts one beside the other, from the upper left on.
struct RingLayout: Sendable {
    private static let partGap = 46.0
    /// Width over height of the whole.
    private static let proportion = 1.45

    /// Each node's middle; nothing is left of or above 0.
    let places: [Point]
    let width: Double
    let height: Double

    init(_ graph: LayoutGraph) {
        let parts = graph.parts
        let drawn = parts.map { nodes in Part(graph.part(nodes)) }
        let area = drawn.reduce(0) { $0 + ($1.width + Self.partGap) * ($1.height + Self.partGap) }
        let widest = max(drawn.reduce(0) { max($0, $1.width) }, (area * Self.proportion).squareRoot())
        var places = [Point](repeating: .zero, count: graph.count)
        var (x, y, rowHeight, width) = (0.0, 0.0, 0.0, 0.0)
        for (nodes, part) in zip(parts, drawn) {
            if x > 0, x + part.width > widest { (x, y, rowHeight) = (0, y + rowHeight + Self.partGap, 0) }
            for (node, place) in zip(nodes, part.places) { places[node] = place + Point(x: x, y: y) }
            (width, rowHeight) = (max(width, x + part.width), max(rowHeight, part.height))
            x += part.width + Self.partGap
        }
        (self.places, self.width, self.height) = (places, width, y + rowHeight)
    }

    /// One connected part in a rectangle of its own.
    private struct Part {
        let places: [Point]
        let width: Double
        let height: Double

        init(_ graph: LayoutGraph) {
            let spaced = Spacing(graph).spaced(StressLayout(graph).places())
            let boxes = spaced.indices.map {
                Box(center: spaced[$0], width: graph.sizes[$0].width, height: graph.sizes[$0].height)
            }
            let left = boxes.reduce(.infinity) { min($0, $1.left) }
            let top = boxes.reduce(.infinity) { min($0, $1.top) }
            places = spaced.map { $0 - Point(x: left, y: top) }
            width = boxes.reduce(0) { max($0, $1.right - left) }
            height = boxes.reduce(0) { max($0, $1.bottom - top) }
        }
    }
}
