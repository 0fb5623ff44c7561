/// What Leiden makes as large as it can.
package enum LeidenQuality: Hashable, Sendable {
    /// Edges inside less `resolution` for every pair of nodes inside: a community is denser than the resolution,
    /// however large the graph (Traag et al. 2011).
    case constantPotts(resolution: Double)
    /// Edges inside less those expected by degree, with a resolution of 1 in the usual form.
    case modularity(resolution: Double)

    /// A node's weight: its size, or its degree.
    func weights(of graph: LeidenGraph) -> [Double] {
        switch self {
        case .constantPotts: Array(repeating: 1, count: graph.nodeCount)
        case .modularity: (0..<graph.nodeCount).map(graph.strength)
        }
    }

    /// The penalty on each product of two nodes' weights inside one community.
    func penalty(of graph: LeidenGraph) -> Double {
        switch self {
        case .constantPotts(let resolution): return resolution
        case .modularity(let resolution):
            let total = (0..<graph.nodeCount).reduce(0) { $0 + graph.strength($1) }
            return total > 0 ? resolution / total : 0
        }
    }
}
