import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("The graph's snapshot")
struct SnapshotTests {
    private func written(_ graph: Graph) -> [UInt8] {
        var bytes: [UInt8] = []
        graph.writeSnapshot { bytes += $0 }
        return bytes
    }

    private func read(_ bytes: [UInt8], rules: LinkageRules, pieces: Int = 97) throws -> Graph {
        var left = bytes[...]
        return try Graph(rules: rules) {
            guard !left.isEmpty else { return nil }
            defer { left = left.dropFirst(pieces) }
            return Array(left.prefix(pieces))
        }
    }

    private func sequence(_ seed: Int, steps: Int = 150) -> GraphSequence {
        var sequence = GraphSequence(seed: 3000 + UInt64(seed), needsCorroboration: seed.isMultiple(of: 2))
        for _ in 0..<steps { _ = sequence.step() }
        sequence.mark(
            Mark(caseNumber: 9, position: 1, isProtective: false), Mark(caseNumber: 4, position: 0, isProtective: true))
        return sequence
    }

    @Test("what is read is what was written, and goes on as the original would", arguments: 1...10)
    func tail(seed: Int) throws {
        var original = sequence(seed)
        var copy = original
        let rules = original.reference.rules
        copy.bind(try read(written(original.graph), rules: rules, pieces: seed.isMultiple(of: 3) ? 1 : 97))
        #expect(copy.graph.digest() == original.graph.digest(), "seed \(seed)")
        #expect(copy.graph.rings == original.graph.rings, "seed \(seed)")
        #expect(copy.graph.today == original.graph.today)
        #expect(written(copy.graph) == written(original.graph), "seed \(seed): the same bytes again")
        for number in 1...100 {
            let (left, right) = (original.step(), copy.step())
            #expect(left == right && original.events == copy.events, "seed \(seed), step \(number): \(left)")
        }
        expectEqual(copy.graph, original.reference, "seed \(seed)")
        #expect(copy.graph.rings == original.graph.rings, "seed \(seed)")
    }

    @Test("equal graphs write equal bytes, whatever became of them before", arguments: 1...5)
    func canonical(seed: Int) {
        var original = sequence(seed)
        // Without hubs: their counters keep what was seen.
        var rules = original.reference.rules
        for kind in Set(GraphSequence.kinds) { rules[kind].cap = 60 }
        original.change(rules: rules)
        var reference = original.reference
        reference.seeds = []
        var shuffle = SeededGenerator(seed: UInt64(seed))
        var graphs = (0..<2).map { _ in reference.rebuilt { $0.shuffle(using: &shuffle) } }
        for index in graphs.indices { graphs[index].bind(original.told) }
        #expect(written(graphs[0]) == written(graphs[1]), "seed \(seed)")
    }

    @Test("read under other rules it is as built under them")
    func otherRules() throws {
        let original = sequence(2)
        var reference = original.reference
        reference.rules.needsCorroboration = false
        reference.rules[.device].cap = 2
        reference.rules[.phone].days = 5
        reference.dropExpired()
        let graph = try read(written(original.graph), rules: reference.rules)
        expectEqual(graph, reference, "other rules")
    }

    @Test("an empty graph can be written and read")
    func empty() throws {
        let graph = Graph(rules: .example, today: GraphDay(7))
        #expect(try read(written(graph), rules: .example).digest() == graph.digest())
    }

    private func isRefused(_ bytes: [UInt8], _ rules: LinkageRules) -> Bool {
        do {
            _ = try read(bytes, rules: rules, pieces: 4096)
            return false
        } catch { return error is SnapshotFailure }
    }

    @Test("every truncated snapshot is refused")
    func truncated() {
        let original = sequence(1, steps: 40)
        let bytes = written(original.graph)
        let accepted = bytes.indices.filter { !isRefused(Array(bytes.prefix($0)), original.reference.rules) }
        #expect(accepted == [], "lengths of \(bytes.count) bytes")
    }

    @Test("a snapshot with something after its end is refused")
    func extended() {
        let original = sequence(1)
        #expect(throws: SnapshotFailure.wrongLength) {
            try read(written(original.graph) + [0], rules: original.reference.rules)
        }
    }

    @Test("no bit of a snapshot can be flipped unnoticed")
    func flipped() {
        let original = sequence(1, steps: 40)
        let bytes = written(original.graph)
        let accepted = (0..<bytes.count * 8).filter { bit in
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            return !isRefused(flipped, original.reference.rules)
        }
        #expect(accepted == [], "bits of \(bytes.count) bytes")
    }

    @Test("random bytes after a true header are refused", arguments: 1...50)
    func noise(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let header = Array(written(Graph(rules: .example)).prefix(10))
        #expect(throws: SnapshotFailure.self, "seed \(seed)") {
            try read(header + random.bytes(400), rules: .example)
        }
    }

    private struct DiskFailure: Error {}

    @Test("what goes wrong while reading or writing comes through")
    func failures() {
        #expect(throws: DiskFailure.self) { try Graph(rules: .example) { throw DiskFailure() } }
        #expect(throws: DiskFailure.self) { try Graph(rules: .example).writeSnapshot { _ in throw DiskFailure() } }
    }
}
