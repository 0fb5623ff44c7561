/// Which community every node is in, with the communities' weights; a community may be empty.
struct LeidenPartition {
    private(set) var communities: [UInt32]
    private(set) var weights: [Double]
    private var sizes: [UInt32]
    /// Communities without a node, the next to be founded last.
    private var vacant: [UInt32] = []

    /// Every node alone.
    init(singletonsOf nodeWeights: [Double]) {
        communities = (0..<UInt32(nodeWeights.count)).map { $0 }
        weights = nodeWeights
        sizes = Array(repeating: 1, count: nodeWeights.count)
    }

    /// - Parameter communities: each below the number of nodes.
    init(_ communities: [UInt32], nodeWeights: [Double]) {
        self.communities = communities
        weights = Array(repeating: 0, count: nodeWeights.count)
        sizes = Array(repeating: 0, count: nodeWeights.count)
        for node in communities.indices {
            weights[Int(communities[node])] += nodeWeights[node]
            sizes[Int(communities[node])] += 1
        }
        vacant = sizes.indices.reversed().filter { sizes[$0] == 0 }.map { UInt32($0) }
    }

    subscript(node: Int) -> UInt32 { communities[node] }

    func size(_ community: UInt32) -> Int { Int(sizes[Int(community)]) }

    /// An empty community, where a node that is not alone could go.
    var vacancy: UInt32? { vacant.last }

    mutating func move(_ node: Int, to community: UInt32, weight: Double) {
        let old = communities[node]
        weights[Int(old)] -= weight
        sizes[Int(old)] -= 1
        if sizes[Int(community)] == 0 {
            precondition(vacant.last == community, "only the last vacancy is founded anew")
            vacant.removeLast()
        }
        if sizes[Int(old)] == 0 {
            weights[Int(old)] = 0
            vacant.append(old)
        }
        weights[Int(community)] += weight
        sizes[Int(community)] += 1
        communities[node] = community
    }

    /// The communities numbered 0 ..< count in the order of their first nodes.
    func numbered() -> (labels: [UInt32], count: Int) {
        numberedByFirst(communities, below: weights.count)
    }
}

/// Numbers labels, all below a limit, 0 ..< count in the order in which they first occur.
func numberedByFirst(_ labels: [UInt32], below limit: Int) -> (labels: [UInt32], count: Int) {
    var numbers = [UInt32?](repeating: nil, count: limit)
    var count: UInt32 = 0
    let numbered = labels.map { label in
        if let number = numbers[Int(label)] { return number }
        numbers[Int(label)] = count
        count += 1
        return count - 1
    }
    return (numbered, Int(count))
}
