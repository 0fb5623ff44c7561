extension Adjacency {
    /// For every node the smallest node of its connected component; the direction of edges does not matter.
    package func components() -> [UInt32] {
        var sets = DisjointSets(count: nodeCount)
        for node in 0..<nodeCount {
            for target in neighbours(of: node) { sets.union(UInt32(node), target) }
        }
        return sets.smallestElements()
    }

    /// The edges to go from `start` to every node, along their direction; `nil` where no way leads.
    package func distances(from start: UInt32) -> [Int?] {
        var distances = [Int?](repeating: nil, count: nodeCount)
        var queue = [start]
        distances[Int(start)] = 0
        var next = 0
        while next < queue.count {
            let node = Int(queue[next])
            let distance = distances[node].map { $0 + 1 }
            next += 1
            for target in neighbours(of: node) where distances[Int(target)] == nil {
                distances[Int(target)] = distance
                queue.append(target)
            }
        }
        return distances
    }

    /// Synchronous label propagation as LDBC Graphalytics defines it (specification 1.0, CDLP).
    ///
    /// Every node starts with its own number and takes, in each iteration, the label most frequent among its
    /// neighbours in the iteration before; of equally frequent ones the smallest. In a directed graph an edge counts
    /// at both ends, and two opposite edges count twice.
    ///
    /// - Parameter incoming: the reversed graph where this one is directed; `nil` where edges stand at both ends.
    package func propagatedLabels(iterations: Int, incoming: Adjacency? = nil) -> [UInt32] {
        var labels = (0..<UInt32(nodeCount)).map { $0 }
        var seen: [UInt32] = []
        for _ in 0..<iterations {
            var next = labels
            for node in 0..<nodeCount {
                seen.removeAll(keepingCapacity: true)
                for target in neighbours(of: node) { seen.append(labels[Int(target)]) }
                for source in incoming?.neighbours(of: node) ?? [] { seen.append(labels[Int(source)]) }
                seen.sort()
                if let label = Self.mostFrequent(ofSorted: seen) { next[node] = label }
            }
            labels = next
        }
        return labels
    }

    private static func mostFrequent(ofSorted labels: [UInt32]) -> UInt32? {
        var best: (label: UInt32, count: Int)?
        var start = 0
        for place in labels.indices where place + 1 == labels.count || labels[place + 1] != labels[place] {
            let count = place + 1 - start
            if count > best?.count ?? 0 { best = (labels[place], count) }
            start = place + 1
        }
        return best?.label
    }
}
