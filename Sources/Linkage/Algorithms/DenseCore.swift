#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The densest block of a bipartite graph, found by greedy peeling: FRAUDAR (Hooi et al., KDD 2016).
///
/// An edge counts 1 / log(degree of its column + 5) of the whole graph, so that a popular column is damped and nobody
/// hides by touching popular ones. The block's density is the sum of its edges over the number of its rows and
/// columns; the one found has at least half the density of the densest. O(edges x log(nodes)).
package struct DenseCore: Hashable, Sendable {
    /// Ascending.
    package var rows: [UInt32]
    /// Ascending.
    package var columns: [UInt32]
    package var density: Double

    /// - Parameters:
    ///   - rows: for each row its columns, each once.
    ///   - columnWeights: a factor for each column beside the damping; empty for 1 everywhere.
    package init(rows: Adjacency, columnCount: Int, columnWeights: [Double] = []) {
        var peeling = Peeling(rows: rows, columnCount: columnCount, factors: columnWeights)
        peeling.run()
        let kept = peeling.kept
        self.rows = (0..<UInt32(rows.nodeCount)).filter { kept[Int($0)] }
        columns = (0..<UInt32(columnCount)).filter { kept[rows.nodeCount + Int($0)] }
        density = peeling.bestDensity
    }

    /// An edge's weight at a column of so many rows.
    package static func damping(degree: Int) -> Double { 1 / log(Double(degree) + 5) }
}

/// The state of the greedy removal; a node is a row, or a column counted on from the rows.
private struct Peeling {
    let rows: Adjacency
    let columns: Adjacency
    let columnWeights: [Double]
    var tree: PriorityTree
    var sum: Double
    var removed: [UInt32] = []
    var isRemoved: [Bool]
    var bestDensity: Double
    /// How many were removed when the density was best.
    var bestStep = 0

    init(rows: Adjacency, columnCount: Int, factors: [Double]) {
        precondition(factors.isEmpty || factors.count == columnCount, "every column has a factor, or none has one")
        self.rows = rows
        columns = Self.columns(of: rows, count: columnCount)
        let columns = columns
        columnWeights = (0..<columnCount).map { column in
            DenseCore.damping(degree: columns.row(column).count) * (factors.isEmpty ? 1 : factors[column])
        }
        let weights = columnWeights
        let rowSums = (0..<rows.nodeCount).map { row in
            rows.neighbours(of: row).reduce(0) { $0 + weights[Int($1)] }
        }
        tree = PriorityTree(
            rowSums + (0..<columnCount).map { weights[$0] * Double(columns.row($0).count) })
        sum = rowSums.reduce(0, +)
        let nodeCount = rows.nodeCount + columnCount
        isRemoved = Array(repeating: false, count: nodeCount)
        bestDensity = nodeCount == 0 ? 0 : sum / Double(nodeCount)
        removed.reserveCapacity(nodeCount)
    }

    private static func columns(of rows: Adjacency, count: Int) -> Adjacency {
        var sources: [UInt32] = []
        sources.reserveCapacity(rows.targets.count)
        for row in 0..<rows.nodeCount {
            sources.append(contentsOf: repeatElement(UInt32(row), count: rows.row(row).count))
        }
        return Adjacency(nodeCount: count, sources: rows.targets, targets: sources)
    }

    mutating func run() {
        let nodeCount = isRemoved.count
        while removed.count + 1 < nodeCount {
            let (node, lost) = tree.smallest
            remove(node)
            sum -= lost
            let density = sum / Double(nodeCount - removed.count)
            if density > bestDensity { (bestDensity, bestStep) = (density, removed.count) }
        }
    }

    private mutating func remove(_ node: Int) {
        removed.append(UInt32(node))
        isRemoved[node] = true
        tree.remove(node)
        if node < rows.nodeCount {
            for position in rows.row(node) {
                let column = Int(rows.targets[position])
                lighten(rows.nodeCount + column, by: columnWeights[column])
            }
        } else {
            let column = node - rows.nodeCount
            for position in columns.row(column) { lighten(Int(columns.targets[position]), by: columnWeights[column]) }
        }
    }

    private mutating func lighten(_ node: Int, by weight: Double) {
        if !isRemoved[node] { tree[node] -= weight }
    }

    var kept: [Bool] {
        var kept = Array(repeating: true, count: isRemoved.count)
        for node in removed.prefix(bestStep) { kept[Int(node)] = false }
        return kept
    }
}
