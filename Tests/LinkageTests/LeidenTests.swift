import Linkage
import TestSupport
import Testing

@Suite("Leiden communities")
struct LeidenTests {
    private static let qualities: [LeidenQuality] = [
        .constantPotts(resolution: 0.05), .constantPotts(resolution: 0.5), .modularity(resolution: 1),
        .modularity(resolution: 3),
    ]

    private struct Graph {
        var count: Int
        var edges: [(UInt32, UInt32, Float)] = []

        var adjacency: Adjacency {
            Adjacency(
                nodeCount: count, sources: edges.map(\.0), targets: edges.map(\.1), weights: edges.map(\.2),
                isMirrored: true)
        }

        /// Groups that are dense inside and sparse between.
        static func planted(groups: Int, of size: Int, inside: Int = 50, seed: UInt64) -> Graph {
            var random = SeededGenerator(seed: seed)
            var graph = Graph(count: groups * size)
            for left in 0..<graph.count {
                for right in left + 1..<graph.count {
                    let odds = left / size == right / size ? inside : 2
                    guard Int.random(in: 0..<100, using: &random) < odds else { continue }
                    graph.edges.append((UInt32(left), UInt32(right), Float.random(in: 0.5...2, using: &random)))
                }
            }
            return graph
        }
    }

    /// The quality, from its definition.
    private static func quality(_ quality: LeidenQuality, of graph: Graph, _ labels: [UInt32]) -> Double {
        let inside = graph.edges.filter { labels[Int($0.0)] == labels[Int($0.1)] }.reduce(0) { $0 + Double($1.2) }
        var weights = [Double](repeating: 0, count: graph.count)
        switch quality {
        case .constantPotts(let resolution):
            for label in labels { weights[Int(label)] += 1 }
            return inside - weights.reduce(0) { $0 + resolution * $1 * ($1 - 1) / 2 }
        case .modularity(let resolution):
            let total = graph.edges.reduce(0) { $0 + Double($1.2) }
            for edge in graph.edges {
                weights[Int(labels[Int(edge.0)])] += Double(edge.2)
                weights[Int(labels[Int(edge.1)])] += Double(edge.2)
            }
            return inside - weights.reduce(0) { $0 + resolution * $1 * $1 / (4 * total) }
        }
    }

    private static func isConnected(_ graph: Graph, _ labels: [UInt32]) -> Bool {
        let inside = graph.edges.filter { labels[Int($0.0)] == labels[Int($0.1)] }
        let parts = Adjacency(
            nodeCount: graph.count, sources: inside.map(\.0), targets: inside.map(\.1), isMirrored: true
        ).components()
        return Set(parts).count == Set(labels).count
    }

    @Test("planted groups are found, whole and apart", arguments: [1, 2, 3] as [UInt64])
    func planted(seed: UInt64) {
        let graph = Graph.planted(groups: 8, of: 12, inside: 90, seed: seed)
        let labels = Leiden(quality: .modularity(resolution: 1)).communities(of: graph.adjacency)
        #expect(labels == (0..<96).map { UInt32($0 / 12) })
    }

    @Test("every community is connected and no single move improves", arguments: qualities)
    func guarantees(of quality: LeidenQuality) {
        for seed in 1...12 as ClosedRange<UInt64> {
            let graph = Graph.planted(groups: 4, of: Int(seed) + 3, seed: seed)
            let labels = Leiden(quality: quality, seed: seed, passLimit: seed % 3 == 0 ? 1 : 8)
                .communities(of: graph.adjacency)
            #expect(Self.isConnected(graph, labels), "seed \(seed)")
            let reached = Self.quality(quality, of: graph, labels)
            // A label of its own for each node, too: the number of communities is one that nobody has.
            let choices = Set(labels).union([UInt32(min(Set(labels).count, graph.count - 1))])
            for node in 0..<graph.count {
                for choice in choices {
                    var moved = labels
                    moved[node] = choice
                    #expect(
                        Self.quality(quality, of: graph, moved) <= reached + 1e-6,
                        "seed \(seed): node \(node) to \(choice)")
                }
            }
        }
    }

    @Test("the same seed gives the same communities, whatever the order of the edges")
    func deterministic() {
        var graph = Graph.planted(groups: 6, of: 9, seed: 5)
        let leiden = Leiden(quality: .constantPotts(resolution: 0.2))
        let first = leiden.communities(of: graph.adjacency)
        var random = SeededGenerator(seed: 9)
        graph.edges.shuffle(using: &random)
        #expect(leiden.communities(of: graph.adjacency) == first)
        graph.edges = graph.edges.map { ($0.1, $0.0, $0.2) }
        #expect(leiden.communities(of: graph.adjacency) == first)
    }

    @Test("a community whose bridge moved away is divided, where Louvain leaves it in two pieces")
    func bridge() {
        // The paper's figure 2: two trios held together by node 0 alone, which a stronger friend draws away.
        var graph = Graph(count: 9)
        graph.edges = [
            (1, 2, 1), (2, 3, 1), (1, 3, 1), (4, 5, 1), (5, 6, 1), (4, 6, 1),
            (0, 1, 1), (0, 4, 1), (0, 7, 5), (7, 8, 5),
        ]
        let labels = Leiden(quality: .modularity(resolution: 0.5)).communities(of: graph.adjacency)
        #expect(Self.isConnected(graph, labels))
        #expect(labels[1] != labels[4])
        #expect(labels[0] == labels[7])
    }

    @Test("nodes without edges stay alone, and nothing has no communities")
    func lonely() {
        let leiden = Leiden(quality: .constantPotts(resolution: 0.1))
        #expect(leiden.communities(of: Graph(count: 3).adjacency) == [0, 1, 2])
        #expect(leiden.communities(of: Graph(count: 0).adjacency).isEmpty)
    }
}
