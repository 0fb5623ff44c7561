internal import Linkage

/// Our own components of the peers' edges: at once over the list, and kept while the edges come in.
struct PeerComponents {
    private let planted: PlantedGraph

    init(_ planted: PlantedGraph) { self.planted = planted }

    func figures(_ group: String) -> (figures: [Figure], sharing: PlantedSharing, batchSeconds: Double) {
        let batch = batch(), incremental = incremental()
        precondition(batch.sharing == incremental.sharing, "Components at once and kept differ.")
        let figures = [
            Figure(
                group, "counterfoil, at once", batch.seconds, "s",
                note: "union-find over the edge list; \(batch.sharing.components) components, the largest of"
                    + " \(batch.sharing.largest) nodes, checksum \(batch.sharing.checksum)"),
            Figure(
                group, "counterfoil, kept edge by edge", incremental.seconds, "s",
                note: "the graph with its words, days and members, ready for inserts and deletions; the same"
                    + " components"),
        ]
        return (figures, batch.sharing, batch.seconds)
    }

    private func batch() -> (sharing: PlantedSharing, seconds: Double) {
        var sources: [UInt32] = [], targets: [UInt32] = []
        sources.reserveCapacity(planted.edgeCount)
        targets.reserveCapacity(planted.edgeCount)
        let records = UInt32(planted.recordCount)
        for record in 0..<planted.recordCount {
            planted.tokens(ofRecord: record).forEach { token in
                sources.append(UInt32(record))
                targets.append(records + token)
            }
        }
        let began = Stopwatch.Clock.wall.seconds
        var sets = DisjointSets(count: planted.nodeCount)
        for edge in sources.indices { sets.union(sources[edge], targets[edge]) }
        let labels = sets.smallestElements()
        let seconds = Stopwatch.Clock.wall.seconds - began
        var sizes = [Int](repeating: 0, count: planted.nodeCount)
        for label in labels { sizes[Int(label)] += 1 }
        return (PlantedSharing(sizes: sizes, lone: 0), seconds)
    }

    private func incremental() -> (sharing: PlantedSharing, seconds: Double) {
        var intake = PlantedIntake(planted)
        var graph = Graph(rules: PlantedGraph.plainRules)
        var seconds = 0.0
        for start in stride(from: 0, to: planted.recordCount, by: 4096) {
            intake.prepare(start..<min(start + 4096, planted.recordCount))
            let began = Stopwatch.Clock.wall.seconds
            intake.insert(into: &graph)
            seconds += Stopwatch.Clock.wall.seconds - began
        }
        return (intake.sharing(in: graph), seconds)
    }
}
