/// What a layout needs to know: how large each node is and who is joined to whom. Nodes are numbered from 0.
struct LayoutGraph: Sendable {
    let sizes: [(width: Double, height: Double)]
    /// Each pair once.
    let links: [(Int, Int)]
    let neighbours: [[Int]]

    init(sizes: [(width: Double, height: Double)], links: [(Int, Int)]) {
        (self.sizes, self.links) = (sizes, links)
        var neighbours = [[Int]](repeating: [], count: sizes.count)
        for (one, other) in links {
            neighbours[one].append(other)
            neighbours[other].append(one)
        }
        self.neighbours = neighbours
    }

    var count: Int { sizes.count }

    /// The connected parts, the largest first, each with its nodes in order.
    var parts: [[Int]] {
        var part = [Int?](repeating: nil, count: count)
        var parts: [[Int]] = []
        for start in 0..<count where part[start] == nil {
            var nodes = [start]
            part[start] = parts.count
            var next = 0
            while next < nodes.count {
                for neighbour in neighbours[nodes[next]] where part[neighbour] == nil {
                    part[neighbour] = parts.count
                    nodes.append(neighbour)
                }
                next += 1
            }
            parts.append(nodes.sorted())
        }
        return parts.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }

    /// One part with nodes numbered anew, in the order given.
    func part(_ nodes: [Int]) -> LayoutGraph {
        var places = [Int?](repeating: nil, count: count)
        for (place, node) in nodes.enumerated() { places[node] = place }
        let inner = links.compactMap { one, other in places[one].flatMap { a in places[other].map { (a, $0) } } }
        return LayoutGraph(sizes: nodes.map { sizes[$0] }, links: inner)
    }
}
