import Linkage
import TestSupport
import Testing

@Suite("Adjacency and searches")
struct AlgorithmTests {
    private static func edges(_ count: Int, nodes: UInt32, seed: UInt64) -> [(UInt32, UInt32)] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (UInt32.random(in: 0..<nodes, using: &random), UInt32.random(in: 0..<nodes, using: &random))
        }
    }

    @Test("rows are ascending, hold every edge, and weights stay with their edges", arguments: [1, 2, 3] as [UInt64])
    func rows(seed: UInt64) {
        let edges = Self.edges(400, nodes: 50, seed: seed)
        let graph = Adjacency(
            nodeCount: 50, sources: edges.map(\.0), targets: edges.map(\.1),
            weights: edges.map { Float($0.0 * 50 + $0.1) })
        for node in 0..<50 {
            #expect(Array(graph.neighbours(of: node)) == edges.filter { $0.0 == node }.map(\.1).sorted())
            for position in graph.row(node) {
                #expect(graph.weight(at: position) == Double(UInt32(node) * 50 + graph.targets[position]))
            }
        }
        #expect(graph.reversed().reversed().targets == graph.targets)
        #expect(graph.reversed().reversed().weights == graph.weights)
    }

    @Test("a mirrored graph holds each edge at both ends, and a loop once")
    func mirrored() {
        let graph = Adjacency(nodeCount: 3, sources: [0, 1, 2], targets: [1, 2, 2], isMirrored: true)
        #expect((0..<3).map { Array(graph.neighbours(of: $0)) } == [[1], [0, 2], [1, 2]])
    }

    @Test("components agree with breadth-first search from every node", arguments: [1, 2, 3, 4] as [UInt64])
    func components(seed: UInt64) {
        let edges = Self.edges(60, nodes: 80, seed: seed)
        let graph = Adjacency(
            nodeCount: 80, sources: edges.map(\.0), targets: edges.map(\.1), isMirrored: true)
        let labels = graph.components()
        #expect(Set(labels).count > 5)
        for node in 0..<80 {
            let reached = graph.distances(from: UInt32(node)).indices.filter { other in
                graph.distances(from: UInt32(node))[other] != nil
            }
            #expect(reached == labels.indices.filter { labels[$0] == labels[node] })
            #expect(Int(labels[node]) == reached.first)
        }
    }

    @Test("disjoint sets tell the smallest element, whatever the order of the unions")
    func disjointSets() {
        var pairs = Self.edges(70, nodes: 100, seed: 11)
        var random = SeededGenerator(seed: 12)
        let labels = (0..<5).map { _ in
            pairs.shuffle(using: &random)
            var sets = DisjointSets(count: 100)
            for (left, right) in pairs { sets.union(left, right) }
            return sets.smallestElements()
        }
        #expect(Set(labels).count == 1)
        #expect(Set(labels[0]).count < 100)
    }

    @Test("a directed search does not go back along an edge")
    func directed() {
        let graph = Adjacency(nodeCount: 3, sources: [0, 2], targets: [1, 1])
        #expect(graph.distances(from: 0) == [0, 1, nil])
        #expect(graph.distances(from: 1) == [nil, 0, nil])
    }
}
