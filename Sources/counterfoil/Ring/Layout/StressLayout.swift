/// Places nodes so that distances on the page are near distances along links (stress majorization, Gansner,
/// Koren and North 2004), from a start by pivots (Brandes and Pich 2007).
///
/// Square roots are all it needs of arithmetic: the same graph has the same picture on every machine.
struct StressLayout {
    private static let unit = 74.0
    private let graph: LayoutGraph
    private let distances: [Float]

    /// - Parameter graph: connected.
    init(_ graph: LayoutGraph) {
        self.graph = graph
        distances = Self.distances(in: graph)
    }

    func places() -> [Point] {
        guard graph.count > 1 else { return [.zero] }
        var places = start()
        // Every pair is moved in each round: fewer rounds where there are very many.
        let rounds = max(24, min(160, 60_000_000 / (graph.count * graph.count)))
        for _ in 0..<rounds where improve(&places) < 0.05 { break }
        return lyingDown(places)
    }

    /// Links at what many share are longer, so that those around it have room.
    private static func length(_ one: Int, _ other: Int, in graph: LayoutGraph) -> Double {
        let most = Double(max(graph.neighbours[one].count, graph.neighbours[other].count))
        let least = Double(min(graph.neighbours[one].count, graph.neighbours[other].count))
        return unit * (least < 2 ? 0.8 : 0.94) * max(1, min(4.5, 0.62 + 0.066 * most))
    }

    /// Along links, row by row. A node's queue is scanned: links have but a few lengths, and pictures some nodes.
    private static func distances(in graph: LayoutGraph) -> [Float] {
        let count = graph.count
        var distances = [Float](repeating: .infinity, count: count * count)
        var lengths: [[Float]] = []
        for node in 0..<count {
            lengths.append(graph.neighbours[node].map { Float(length(node, $0, in: graph)) })
        }
        for source in 0..<count {
            let row = source * count
            distances[row + source] = 0
            var queue = [source]
            var (next, isQueued) = (0, [Bool](repeating: false, count: count))
            while next < queue.count {
                let node = queue[next]
                next += 1
                isQueued[node] = false
                let so = distances[row + node]
                for (place, neighbour) in graph.neighbours[node].enumerated() {
                    let far = so + lengths[node][place]
                    guard far < distances[row + neighbour] else { continue }
                    distances[row + neighbour] = far
                    if !isQueued[neighbour] {
                        queue.append(neighbour)
                        isQueued[neighbour] = true
                    }
                }
            }
        }
        return distances
    }

    /// One round over all nodes. - Returns: how far the one moved that moved furthest.
    private func improve(_ places: inout [Point]) -> Double {
        let count = graph.count
        var furthest = 0.0
        for node in 0..<count {
            var (sum, weights) = (Point.zero, 0.0)
            let here = places[node]
            for other in 0..<count where other != node {
                let distance = Double(distances[node * count + other])
                let weight = 1 / (distance * distance)
                let (dx, dy) = (here.x - places[other].x, here.y - places[other].y)
                let apart = max((dx * dx + dy * dy).squareRoot(), 0.01)
                sum.x += weight * (places[other].x + distance * dx / apart)
                sum.y += weight * (places[other].y + distance * dy / apart)
                weights += weight
            }
            let moved = Point(x: sum.x / weights, y: sum.y / weights)
            furthest = max(furthest, (moved - here).length)
            places[node] = moved
        }
        return furthest
    }
}

extension StressLayout {
    /// The two main axes of the distances to some pivots, and a little more, so that no two nodes start in one place.
    private func start() -> [Point] {
        let columns = centred(pivots())
        let first = axis(of: columns, besides: nil)
        let second = axis(of: columns, besides: first)
        return (0..<graph.count).map { node in
            var place = Point.zero
            for (index, column) in columns.enumerated() {
                place.x += column[node] * first[index]
                place.y += column[node] * second[index]
            }
            // Multiplicative hashing spreads twins around their place.
            let hash = UInt32(truncatingIfNeeded: node + 1) &* 2_654_435_769
            place.x += Double(hash & 0xFFFF) / 3277 - 10
            place.y += Double(hash >> 16) / 3277 - 10
            return place
        }
    }

    /// Nodes far from each other: each the furthest from those before it.
    private func pivots() -> [Int] {
        let count = graph.count
        var pivots = [0]
        var nearest = (0..<count).map { distances[$0] }
        while pivots.count < min(count, 40) {
            var furthest = 0
            for node in 0..<count where nearest[node] > nearest[furthest] { furthest = node }
            pivots.append(furthest)
            for node in 0..<count { nearest[node] = min(nearest[node], distances[furthest * count + node]) }
        }
        return pivots
    }

    /// Squared distances to each pivot, without what rows and columns have in common.
    private func centred(_ pivots: [Int]) -> [[Double]] {
        let count = graph.count
        var columns = pivots.map { pivot in
            (0..<count).map { node in
                let distance = Double(distances[pivot * count + node])
                return distance * distance
            }
        }
        let means = (0..<count).map { node in columns.reduce(0) { $0 + $1[node] } / Double(pivots.count) }
        for index in columns.indices {
            let mean = columns[index].reduce(0, +) / Double(count)
            let total = means.reduce(0, +) / Double(count)
            for node in 0..<count {
                columns[index][node] = -(columns[index][node] - means[node] - mean + total) / 2
            }
        }
        return columns
    }

    /// The largest eigenvector of the columns' products, by power iteration, at a right angle to another.
    private func axis(of columns: [[Double]], besides other: [Double]?) -> [Double] {
        let size = columns.count
        var products = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
        for row in 0..<size {
            for column in row..<size {
                var sum = 0.0
                for node in 0..<graph.count { sum += columns[row][node] * columns[column][node] }
                (products[row][column], products[column][row]) = (sum, sum)
            }
        }
        var vector = (0..<size).map { 1 + Double(($0 &* 7) % 5) / 10 }
        for _ in 0..<60 {
            if let other {
                let shared = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
                for index in 0..<size { vector[index] -= shared * other[index] }
            }
            let image = products.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
            let length = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 1e-9 else { return [Double](repeating: 0, count: size) }
            vector = image.map { $0 / length }
        }
        return vector
    }

    /// Turned so that the longest extent lies along the page.
    private func lyingDown(_ places: [Point]) -> [Point] {
        let count = Double(places.count)
        let middle = places.reduce(Point.zero, +) * (1 / count)
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for place in places {
            let offset = place - middle
            xx += offset.x * offset.x
            xy += offset.x * offset.y
            yy += offset.y * offset.y
        }
        let root = ((xx - yy) * (xx - yy) / 4 + xy * xy).squareRoot()
        let largest = (xx + yy) / 2 + root
        var axis = abs(xy) > 1e-6 ? Point(x: largest - yy, y: xy) : xx >= yy ? Point(x: 1, y: 0) : Point(x: 0, y: 1)
        axis = axis * (1 / axis.length)
        return places.map { place in
            let offset = place - middle
            return Point(x: offset.x * axis.x + offset.y * axis.y, y: offset.y * axis.x - offset.x * axis.y)
        }
    }
}
