/// A graph that does not change, as compressed rows: for each node its neighbours, ascending.
///
/// Nodes are 0 ..< `nodeCount`. An undirected graph holds each edge at both ends; parallel edges stay parallel.
package struct Adjacency: Sendable {
    /// Row `node` is `targets[offsets[node] ..< offsets[node + 1]]`.
    package let offsets: [UInt32]
    package let targets: [UInt32]
    /// Parallel to `targets`; empty where every edge weighs 1.
    package let weights: [Float]

    package var nodeCount: Int { offsets.count - 1 }

    /// Sorts the edges into rows, in time linear in nodes and edges.
    ///
    /// - Parameters:
    ///   - isMirrored: whether each edge also stands at its target; a loop then still stands once.
    ///   - weights: parallel to the edges, or empty.
    package init(
        nodeCount: Int, sources: [UInt32], targets: [UInt32], weights: [Float] = [], isMirrored: Bool = false
    ) {
        precondition(sources.count == targets.count, "every edge has a source and a target")
        precondition(weights.isEmpty || weights.count == sources.count, "every edge has a weight, or none has one")
        let edges = EdgeColumns(sources: sources, targets: targets, weights: weights, isMirrored: isMirrored)
        // Twice by counting, stably: by target, then by source. So each row comes out ascending.
        let byTarget = edges.sorted(by: \.targets, nodeCount: edges.targetCount).columns
        let bySource = byTarget.sorted(by: \.sources, nodeCount: nodeCount)
        (offsets, self.targets, self.weights) = (bySource.offsets, bySource.columns.targets, bySource.columns.weights)
    }

    /// Takes rows that are ready.
    package init(offsets: [UInt32], targets: [UInt32], weights: [Float] = []) {
        precondition(offsets.last.map(Int.init) == targets.count, "the last row ends where the targets end")
        precondition(weights.isEmpty || weights.count == targets.count, "every edge has a weight, or none has one")
        (self.offsets, self.targets, self.weights) = (offsets, targets, weights)
    }

    @inline(__always)
    package func row(_ node: Int) -> Range<Int> { Int(offsets[node])..<Int(offsets[node + 1]) }

    package func neighbours(of node: Int) -> ArraySlice<UInt32> { targets[row(node)] }

    @inline(__always)
    package func weight(at position: Int) -> Double { weights.isEmpty ? 1 : Double(weights[position]) }

    /// Every edge the other way round.
    package func reversed() -> Adjacency {
        var sources: [UInt32] = []
        sources.reserveCapacity(targets.count)
        for node in 0..<nodeCount { sources.append(contentsOf: repeatElement(UInt32(node), count: row(node).count)) }
        return Adjacency(nodeCount: nodeCount, sources: targets, targets: sources, weights: weights)
    }
}

/// Edges as parallel columns, while they are sorted.
private struct EdgeColumns {
    var sources: [UInt32]
    var targets: [UInt32]
    var weights: [Float]

    init(sources: [UInt32], targets: [UInt32], weights: [Float], isMirrored: Bool) {
        (self.sources, self.targets, self.weights) = (sources, targets, weights)
        guard isMirrored else { return }
        for edge in sources.indices where sources[edge] != targets[edge] {
            self.sources.append(targets[edge])
            self.targets.append(sources[edge])
            if !weights.isEmpty { self.weights.append(weights[edge]) }
        }
    }

    /// Targets need not be nodes: the rows of a bipartite graph lead to columns.
    var targetCount: Int { targets.max().map { Int($0) + 1 } ?? 0 }

    func sorted(by key: KeyPath<EdgeColumns, [UInt32]>, nodeCount: Int) -> (columns: EdgeColumns, offsets: [UInt32]) {
        let keys = self[keyPath: key]
        var offsets = [UInt32](repeating: 0, count: nodeCount + 1)
        for key in keys { offsets[Int(key) + 1] += 1 }
        for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
        var places = offsets
        var sorted = self
        for edge in keys.indices {
            let place = Int(places[Int(keys[edge])])
            places[Int(keys[edge])] += 1
            sorted.sources[place] = sources[edge]
            sorted.targets[place] = targets[edge]
            if !weights.isEmpty { sorted.weights[place] = weights[edge] }
        }
        return (sorted, offsets)
    }
}
