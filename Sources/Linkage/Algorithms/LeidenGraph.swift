/// A weighted undirected graph while Leiden coarsens it: loops are kept apart, every edge stands at both ends.
struct LeidenGraph {
    let adjacency: Adjacency
    /// The weight inside each node: edges between the nodes that were drawn together into it.
    let loops: [Double]

    var nodeCount: Int { adjacency.nodeCount }

    init(adjacency: Adjacency, loops: [Double]) { (self.adjacency, self.loops) = (adjacency, loops) }

    /// - Parameter adjacency: each edge at both ends, and no loops.
    init(_ adjacency: Adjacency) {
        self.init(adjacency: adjacency, loops: Array(repeating: 0, count: adjacency.nodeCount))
    }

    /// The sum of a node's edges; a loop counts at both of its ends.
    func strength(_ node: Int) -> Double {
        adjacency.row(node).reduce(2 * loops[node]) { $0 + adjacency.weight(at: $1) }
    }

    /// Every community as one node.
    ///
    /// - Parameter communities: 0 ..< count, one for every node.
    func aggregated(by communities: [UInt32], count: Int) -> LeidenGraph {
        var loops = [Double](repeating: 0, count: count)
        var members = [[UInt32]](repeating: [], count: count)
        for node in 0..<nodeCount {
            members[Int(communities[node])].append(UInt32(node))
            loops[Int(communities[node])] += self.loops[node]
        }
        var (offsets, targets, weights): ([UInt32], [UInt32], [Float]) = ([0], [], [])
        var sums = NeighbourSums(count: count)
        for community in 0..<count {
            for node in members[community] { sums.gather(Int(node), of: adjacency, by: communities) }
            for neighbour in sums.touched.sorted() {
                let weight = sums[neighbour]
                if Int(neighbour) == community {
                    loops[community] += weight / 2
                } else {
                    targets.append(neighbour)
                    weights.append(Float(weight))
                }
            }
            offsets.append(UInt32(targets.count))
            sums.clear()
        }
        return LeidenGraph(adjacency: Adjacency(offsets: offsets, targets: targets, weights: weights), loops: loops)
    }
}

/// Sums of edge weights per community, cleared at the cost of what was touched.
struct NeighbourSums {
    private var sums: [Double]
    private var isTouched: [Bool]
    private(set) var touched: [UInt32] = []

    init(count: Int) {
        sums = Array(repeating: 0, count: count)
        isTouched = Array(repeating: false, count: count)
    }

    subscript(community: UInt32) -> Double { sums[Int(community)] }

    /// Adds a node's edges to the sums of the communities that they lead to.
    mutating func gather(_ node: Int, of adjacency: Adjacency, by communities: [UInt32]) {
        for position in adjacency.row(node) {
            add(adjacency.weight(at: position), to: communities[Int(adjacency.targets[position])])
        }
    }

    mutating func add(_ weight: Double, to community: UInt32) {
        if !isTouched[Int(community)] {
            isTouched[Int(community)] = true
            touched.append(community)
        }
        sums[Int(community)] += weight
    }

    mutating func clear() {
        for community in touched {
            sums[Int(community)] = 0
            isTouched[Int(community)] = false
        }
        touched.removeAll(keepingCapacity: true)
    }
}
