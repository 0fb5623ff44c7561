import Foundation
import Linkage
import TestSupport
import Testing

@Suite("Dense-core peeling")
struct PeelingTests {
    private static func numbers(_ name: String) throws -> [UInt32] {
        let text = String(decoding: try Vectors.bytes("data/fraudar-example/" + name), as: UTF8.self)
        return text.split { " \n".contains($0) }.compactMap { UInt32($0) }
    }

    @Test(
        "finds exactly the planted block of FRAUDAR's example",
        .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func example() throws {
        let pairs = try Self.numbers("data_example.txt")
        let rows = stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
        let columns = stride(from: 1, to: pairs.count, by: 2).map { pairs[$0] }
        let rowCount = Int(try #require(rows.max())) + 1
        let columnCount = Int(try #require(columns.max())) + 1
        #expect(rows.count == 899)
        let graph = Adjacency(nodeCount: rowCount, sources: rows, targets: columns)
        let core = DenseCore(rows: graph, columnCount: columnCount)
        #expect(core.rows == Array(0..<20))
        #expect(core.columns == Array(0..<20))
        #expect(core.rows == (try Self.numbers("out_out.rows")).sorted())
        #expect(core.columns == (try Self.numbers("out_out.cols")).sorted())
    }

    /// Rows × columns all joined, and further edges.
    private static func block(_ size: UInt32, _ further: [(UInt32, UInt32)], rows: Int) -> Adjacency {
        var (sources, targets): ([UInt32], [UInt32]) = ([], [])
        for row in 0..<size {
            for column in 0..<size {
                sources.append(row)
                targets.append(column)
            }
        }
        return Adjacency(
            nodeCount: rows, sources: sources + further.map(\.0), targets: targets + further.map(\.1))
    }

    @Test("a popular column does not hide a block whose rows touch it")
    func camouflage() {
        // Column 4 is on every one of 200 rows, those of the block too.
        let graph = Self.block(4, (0..<200).map { ($0, 4) }, rows: 200)
        let core = DenseCore(rows: graph, columnCount: 5)
        #expect(core.rows == [0, 1, 2, 3])
        #expect(core.columns.starts(with: [0, 1, 2, 3]))
    }

    @Test("a column's factor of nothing leaves it out")
    func factors() {
        let graph = Self.block(4, [], rows: 4)
        let core = DenseCore(rows: graph, columnCount: 4, columnWeights: [1, 1, 1, 0])
        #expect(core.columns == [0, 1, 2])
        #expect(core.rows == [0, 1, 2, 3])
    }

    @Test("the density is the sum of damped edges over rows and columns")
    func density() {
        let core = DenseCore(rows: Self.block(4, [], rows: 4), columnCount: 4)
        #expect(abs(core.density - 16 * DenseCore.damping(degree: 4) / 8) < 1e-12)
        #expect(abs(DenseCore.damping(degree: 4) - 1 / 2.1972245773362196) < 1e-12)
    }

    @Test("nothing has no core")
    func empty() {
        let core = DenseCore(rows: Adjacency(nodeCount: 0, sources: [], targets: []), columnCount: 0)
        #expect(core.rows.isEmpty && core.columns.isEmpty && core.density == 0)
    }
}
