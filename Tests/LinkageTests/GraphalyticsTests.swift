import Foundation
import Linkage
import TestSupport
import Testing

/// The validation graphs of LDBC Graphalytics, with their reference outputs.
@Suite("Against Graphalytics", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
struct GraphalyticsTests {
    /// A graph in adjacency lists; its vertices keep the order of their names, so the smallest label stays smallest.
    private struct Input {
        var names: [UInt64] = []
        var graph: Adjacency
        var isDirected: Bool

        init(_ path: String, isDirected: Bool) throws {
            let rows = try Input.numbers(path)
            names = Set(rows.joined()).sorted()
            let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, UInt32($0.offset)) })
            var (sources, targets): ([UInt32], [UInt32]) = ([], [])
            for row in rows {
                for target in row.dropFirst() {
                    sources.append(try #require(numbers[row[0]]))
                    targets.append(try #require(numbers[target]))
                }
            }
            graph = Adjacency(nodeCount: names.count, sources: sources, targets: targets)
            self.isDirected = isDirected
        }

        func number(_ name: UInt64) throws -> UInt32 { UInt32(try #require(names.firstIndex(of: name))) }

        static func numbers(_ path: String) throws -> [[UInt64]] {
            let text = String(decoding: try Vectors.bytes("data/graphalytics/" + path), as: UTF8.self)
            return text.split(separator: "\n").map { $0.split(separator: " ").compactMap { UInt64($0) } }
        }
    }

    /// A reference output: by name, `nil` for what cannot be reached.
    private static func output(_ path: String) throws -> [UInt64: UInt64] {
        let rows = try Input.numbers(path)
        #expect(rows.allSatisfy { $0.count == 2 } && !rows.isEmpty)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    @Test(
        "breadth-first distances are the reference's",
        arguments: [
            ("bfs/dir-input", "bfs/dir-output", true, 1), ("bfs/undir-input", "bfs/undir-output", false, 1),
            ("example/example-directed-input", "example/example-directed-BFS", true, 1),
            ("example/example-undirected-input", "example/example-undirected-BFS", false, 2),
        ] as [(String, String, Bool, UInt64)])
    func distances(input: String, output: String, isDirected: Bool, start: UInt64) throws {
        let input = try Input(input, isDirected: isDirected)
        let expected = try Self.output(output)
        let found = input.graph.distances(from: try input.number(start))
        #expect(expected.count == input.names.count)
        for (name, distance) in zip(input.names, found) {
            #expect(expected[name] == distance.map(UInt64.init) ?? UInt64(Int64.max), "vertex \(name)")
        }
    }

    @Test(
        "propagated labels are the reference's",
        arguments: [
            ("cdlp/dir-input", "cdlp/dir-output", true, 5), ("cdlp/undir-input", "cdlp/undir-output", false, 5),
            ("example/example-directed-input", "example/example-directed-CDLP", true, 2),
            ("example/example-undirected-input", "example/example-undirected-CDLP", false, 2),
        ])
    func labels(input: String, output: String, isDirected: Bool, iterations: Int) throws {
        let input = try Input(input, isDirected: isDirected)
        let expected = try Self.output(output)
        let incoming = isDirected ? input.graph.reversed() : nil
        let found = input.graph.propagatedLabels(iterations: iterations, incoming: incoming)
        #expect(expected.count == input.names.count)
        for (name, label) in zip(input.names, found) {
            #expect(expected[name] == input.names[Int(label)], "vertex \(name)")
        }
    }

    @Test(
        "components are the reference's",
        arguments: [
            ("wcc/dir-input", "wcc/dir-output"), ("wcc/undir-input", "wcc/undir-output"),
            ("example/example-directed-input", "example/example-directed-WCC"),
            ("example/example-undirected-input", "example/example-undirected-WCC"),
        ])
    func components(input: String, output: String) throws {
        let input = try Input(input, isDirected: false)
        let expected = try Self.output(output)
        #expect(expected.count == input.names.count)
        for (name, label) in zip(input.names, input.graph.components()) {
            #expect(expected[name] == input.names[Int(label)], "vertex \(name)")
        }
    }

    @Test("label propagation stops where it is told: fewer iterations give other labels")
    func iterations() throws {
        let input = try Input("cdlp/dir-input", isDirected: true)
        let labels = [0, 1, 5].map { input.graph.propagatedLabels(iterations: $0, incoming: input.graph.reversed()) }
        #expect(labels[0] == (0..<UInt32(input.names.count)).map { $0 })
        #expect(labels[1] != labels[2])
    }
}
