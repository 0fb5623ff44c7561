#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One level of Leiden's aggregation: a graph with its nodes' weights, and what is done on it.
struct LeidenLevel {
    let graph: LeidenGraph
    let weights: [Double]
    let penalty: Double
    /// Gains below are rounding: what counts as an improvement must be one.
    private let leastGain = 1e-9

    init(graph: LeidenGraph, weights: [Double], penalty: Double) {
        (self.graph, self.weights, self.penalty) = (graph, weights, penalty)
    }

    func aggregated(by communities: [UInt32], count: Int) -> LeidenLevel {
        var sums = [Double](repeating: 0, count: count)
        for node in communities.indices { sums[Int(communities[node])] += weights[node] }
        return LeidenLevel(
            graph: graph.aggregated(by: communities, count: count), weights: sums, penalty: penalty)
    }

    /// Moves single nodes while that improves the quality; returns whether any moved.
    @discardableResult
    func moveNodes(_ partition: inout LeidenPartition, _ random: inout LeidenRandom) -> Bool {
        var queue = (0..<UInt32(graph.nodeCount)).shuffled(using: &random)
        var isQueued = [Bool](repeating: true, count: graph.nodeCount)
        var sums = NeighbourSums(count: graph.nodeCount)
        var (next, hasMoved) = (0, false)
        while next < queue.count {
            let node = Int(queue[next])
            next += 1
            isQueued[node] = false
            guard let target = bestMove(of: node, in: partition, &sums) else { continue }
            partition.move(node, to: target, weight: weights[node])
            hasMoved = true
            for neighbour in graph.adjacency.neighbours(of: node)
            where partition[Int(neighbour)] != target && !isQueued[Int(neighbour)] {
                isQueued[Int(neighbour)] = true
                queue.append(neighbour)
            }
        }
        return hasMoved
    }

    /// Where a node's move improves the quality most; of equal ones the smallest community.
    private func bestMove(of node: Int, in partition: LeidenPartition, _ sums: inout NeighbourSums) -> UInt32? {
        defer { sums.clear() }
        sums.gather(node, of: graph.adjacency, by: partition.communities)
        let (own, weight) = (partition[node], weights[node])
        let staying = sums[own] - penalty * weight * (partition.weights[Int(own)] - weight)
        var best: (community: UInt32, gain: Double)?
        for community in sums.touched where community != own {
            let gain = sums[community] - penalty * weight * partition.weights[Int(community)]
            let isBetter = best.map { gain > $0.gain || gain == $0.gain && community < $0.community } ?? true
            if isBetter { best = (community, gain) }
        }
        if partition.size(own) > 1, let vacancy = partition.vacancy, 0 > best?.gain ?? -.infinity {
            best = (vacancy, 0)
        }
        return best.flatMap { $0.gain > staying + leastGain ? $0.community : nil }
    }

    /// Divides every community into well-connected parts, each grown from single nodes by merges that do not worsen.
    func refined(
        _ partition: LeidenPartition, _ randomness: Double, _ random: inout LeidenRandom
    ) -> LeidenPartition {
        var refined = LeidenPartition(singletonsOf: weights)
        /// Each part's edges to the rest of its community.
        var outward = (0..<graph.nodeCount).map { node in
            edges(of: node, to: partition[node], in: partition.communities)
        }
        var sums = NeighbourSums(count: graph.nodeCount)
        for each in (0..<UInt32(graph.nodeCount)).shuffled(using: &random) {
            let node = Int(each)
            guard refined.size(refined[node]) == 1,
                isWellConnected(outward[Int(refined[node])], weights[node], partition.weights[Int(partition[node])])
            else { continue }
            for position in graph.adjacency.row(node) {
                let neighbour = Int(graph.adjacency.targets[position])
                guard partition[neighbour] == partition[node] else { continue }
                sums.add(graph.adjacency.weight(at: position), to: refined[neighbour])
            }
            if let target = pick(for: node, in: refined, of: partition, outward, sums, randomness, &random) {
                outward[Int(target)] += outward[Int(refined[node])] - 2 * sums[target]
                refined.move(node, to: target, weight: weights[node])
            }
            sums.clear()
        }
        return refined
    }

    private func isWellConnected(_ edges: Double, _ weight: Double, _ whole: Double) -> Bool {
        edges >= penalty * weight * (whole - weight) - leastGain
    }

    /// A part for the node to join, at random by what that gains (the paper's equation 11).
    private func pick(
        for node: Int, in refined: LeidenPartition, of partition: LeidenPartition, _ outward: [Double],
        _ sums: NeighbourSums, _ randomness: Double, _ random: inout LeidenRandom
    ) -> UInt32? {
        let whole = partition.weights[Int(partition[node])]
        var choices: [(part: UInt32, gain: Double)] = []
        for part in sums.touched where part != refined[node] {
            let gain = sums[part] - penalty * weights[node] * refined.weights[Int(part)]
            if gain >= 0, isWellConnected(outward[Int(part)], refined.weights[Int(part)], whole) {
                choices.append((part, gain))
            }
        }
        guard let best = choices.max(by: { $0.gain < $1.gain })?.gain else { return nil }
        choices.sort { $0.part < $1.part }
        let chances = choices.map { exp(($0.gain - best) / max(randomness, .leastNormalMagnitude)) }
        var rest = random.fraction() * chances.reduce(0, +)
        for (choice, chance) in zip(choices, chances) {
            rest -= chance
            if rest < 0 { return choice.part }
        }
        return choices.last?.part
    }

    private func edges(of node: Int, to community: UInt32, in communities: [UInt32]) -> Double {
        graph.adjacency.row(node).reduce(0) { sum, position in
            let isInside = communities[Int(graph.adjacency.targets[position])] == community
            return isInside ? sum + graph.adjacency.weight(at: position) : sum
        }
    }

    /// Divides what is not connected and moves single nodes until neither improves: each step raises the quality.
    func settle(_ partition: inout LeidenPartition, _ random: inout LeidenRandom) {
        repeat {
            partition = LeidenPartition(connectedParts(of: partition), nodeWeights: weights)
        } while moveNodes(&partition, &random)
    }

    private func connectedParts(of partition: LeidenPartition) -> [UInt32] {
        var sets = DisjointSets(count: graph.nodeCount)
        for node in 0..<graph.nodeCount {
            for neighbour in graph.adjacency.neighbours(of: node) where partition[Int(neighbour)] == partition[node] {
                sets.union(UInt32(node), neighbour)
            }
        }
        return sets.smallestElements()
    }
}
