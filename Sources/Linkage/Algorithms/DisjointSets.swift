/// Union-find over 0 ..< count, by size, with path halving.
package struct DisjointSets: Sendable {
    private var parents: [UInt32]
    private var sizes: [UInt32]

    package init(count: Int) {
        parents = (0..<UInt32(count)).map { $0 }
        sizes = Array(repeating: 1, count: count)
    }

    package var count: Int { parents.count }

    /// The set's representative: good for comparison only.
    package mutating func find(_ element: UInt32) -> UInt32 {
        var node = element
        while parents[Int(node)] != node {
            let above = parents[Int(parents[Int(node)])]
            parents[Int(node)] = above
            node = above
        }
        return node
    }

    package mutating func union(_ left: UInt32, _ right: UInt32) {
        var (large, small) = (find(left), find(right))
        guard large != small else { return }
        if sizes[Int(large)] < sizes[Int(small)] { swap(&large, &small) }
        parents[Int(small)] = large
        sizes[Int(large)] += sizes[Int(small)]
    }

    package mutating func size(of element: UInt32) -> Int { Int(sizes[Int(find(element))]) }

    /// For every element the smallest element of its set: the same whatever the order of the unions.
    package mutating func smallestElements() -> [UInt32] {
        var smallest = [UInt32](repeating: .max, count: count)
        var labels = [UInt32](repeating: 0, count: count)
        for element in 0..<UInt32(count) {
            let root = Int(find(element))
            smallest[root] = min(smallest[root], element)
            labels[Int(element)] = smallest[root]
        }
        return labels
    }
}
