import Linkage
import Testing
import Vocabulary

@Suite("Planted graph")
struct PlantedGraphTests {
    /// What a debug build makes in a second.
    private static let small = PlantedReference.all.filter { $0.edges <= 1_000_000 }

    @Test("the generator makes the same edges as graph_peers.py", arguments: small)
    func edges(_ reference: PlantedReference) {
        let planted = PlantedGraph(edges: reference.edges, hubs: reference.hasHubs)
        #expect(planted.recordCount == reference.records)
        #expect(planted.nodeCount == reference.nodes)
        #expect(planted.edgeDigest == reference.edgeDigest)
    }

    @Test("another seed makes other edges")
    func seed() {
        let one = PlantedGraph(edges: 1000, hubs: true), other = PlantedGraph(edges: 1000, hubs: true, seed: 1)
        #expect(one.edgeDigest != other.edgeDigest)
    }

    @Test("every token is of the kind that its place in a record says")
    func kinds() {
        let planted = PlantedGraph(edges: 50_000, hubs: true)
        for record in 0..<planted.recordCount {
            let tokens = planted.tokens(ofRecord: record)
            let all = [tokens.nationalID, tokens.phone, tokens.device, tokens.card, tokens.address]
            guard all.map({ planted.kind(ofToken: Int($0)) }) == [.nationalID, .phone, .device, .card, .address] else {
                Issue.record("record \(record)")
                return
            }
        }
    }

    @Test("a ring's persons come first, and rings have 4 to 32 of them")
    func rings() throws {
        let planted = PlantedGraph(edges: 1_000_000, hubs: false)
        var sizes = [Int](repeating: 0, count: planted.ringCount)
        for person in 0..<planted.ringPersonCount {
            sizes[try #require(planted.ring(ofPerson: person))] += 1
        }
        #expect(planted.ringPersonCount == 3713)
        #expect(planted.ring(ofPerson: planted.ringPersonCount) == nil)
        #expect(sizes.allSatisfy { (4...32).contains($0) })
    }

    @Test("the figures of a falling apart are of sizes and lone nodes")
    func sharing() {
        #expect(PlantedSharing(sizes: [3, 0, 4], lone: 2) == PlantedSharing(components: 4, largest: 4, checksum: 27))
        #expect(PlantedSharing(sizes: [], lone: 0) == PlantedSharing(components: 0, largest: 0, checksum: 0))
        let large = PlantedSharing(sizes: [1 << 31], lone: 0)
        #expect(large.checksum == 2)
    }
}
