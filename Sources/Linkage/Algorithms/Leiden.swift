/// Communities of a weighted undirected graph by the Leiden algorithm (Traag, Waltman, van Eck 2019).
///
/// Local moving, refinement into well-connected parts, aggregation, until nothing changes. The result is a pure
/// function of graph, quality and seed. Of it holds: every community is connected, and no node's move alone to
/// another community, or to one of its own, improves the quality.
package struct Leiden: Sendable {
    package var quality: LeidenQuality
    package var seed: UInt64
    /// How freely the refinement picks among improving merges (the paper's theta).
    package var randomness: Double
    /// Whole passes at the most; the guarantees hold whatever it is.
    package var passLimit: Int

    package init(quality: LeidenQuality, seed: UInt64 = 20_190_326, randomness: Double = 0.01, passLimit: Int = 8) {
        (self.quality, self.seed, self.randomness, self.passLimit) = (quality, seed, randomness, passLimit)
    }

    /// For every node its community: 0 ..< count, numbered in the order of their first nodes.
    ///
    /// - Parameter adjacency: each edge at both ends, no loops, weights not negative.
    package func communities(of adjacency: Adjacency) -> [UInt32] {
        let graph = LeidenGraph(adjacency)
        guard graph.nodeCount > 0 else { return [] }
        var random = LeidenRandom(state: seed)
        let run = LeidenLevel(graph: graph, weights: quality.weights(of: graph), penalty: quality.penalty(of: graph))
        var partition = LeidenPartition(singletonsOf: run.weights)
        for _ in 0..<passLimit {
            let before = partition.numbered().labels
            partition = LeidenPartition(pass(run, from: partition, &random), nodeWeights: run.weights)
            if partition.numbered().labels == before { break }
        }
        run.settle(&partition, &random)
        return partition.numbered().labels
    }

    /// One pass down all levels of aggregation.
    private func pass(_ flat: LeidenLevel, from start: LeidenPartition, _ random: inout LeidenRandom) -> [UInt32] {
        var level = flat
        var partition = start
        /// Which node of the present level each node of the flat graph is in.
        var places = (0..<UInt32(flat.graph.nodeCount)).map { $0 }
        while true {
            level.moveNodes(&partition, &random)
            let (refined, count) = level.refined(partition, randomness, &random).numbered()
            guard count < level.graph.nodeCount else { break }
            let coarse = level.aggregated(by: refined, count: count)
            var labels = [UInt32](repeating: 0, count: count)
            let communities = partition.numbered().labels
            for node in refined.indices { labels[Int(refined[node])] = communities[node] }
            for place in places.indices { places[place] = refined[Int(places[place])] }
            (level, partition) = (coarse, LeidenPartition(labels, nodeWeights: coarse.weights))
        }
        return numberedByFirst(places.map { partition[Int($0)] }, below: level.graph.nodeCount).labels
    }
}

/// SplitMix64: the same choices for the same seed on every machine.
struct LeidenRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ..< 1.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
