import Linkage
import Testing
import Vocabulary

/// scipy's connected components over the same edges, as `PlantedReference` holds them.
@Suite("Components beside scipy")
struct PeerComponentTests {
    @Test("components and checksum are scipy's", arguments: PlantedReference.all.filter { $0.edges <= 100_000 })
    func components(_ reference: PlantedReference) {
        let planted = PlantedGraph(edges: reference.edges, hubs: reference.hasHubs)
        var intake = PlantedIntake(planted)
        var graph = Graph(rules: PlantedGraph.plainRules)
        intake.insertAll(into: &graph)
        #expect(intake.sharing(in: graph) == reference.sharing)
    }
}
