import Linkage
import TestSupport
import Testing
import Vocabulary

/// Planted rings say nothing about production; they tell when the rules got worse.
@Suite("Detection of planted rings")
struct DiscoveryDetectionTests {
    private static func score(
        _ options: DiscoveryOptions, seed: UInt64, persons: Int
    ) -> (precision: Double, recall: Double) {
        let (world, rings) = DiscoveryWorld.planted(persons: persons, rings: persons / 1000, seed: seed)
        let found = Set(world.found(options).joined().map(\.rawValue))
        let planted = rings.reduce(into: Set<UInt32>()) { $0.formUnion($1) }
        let right = Double(found.intersection(planted).count)
        return (right / Double(max(1, found.count)), right / Double(planted.count))
    }

    @Test("among 200,000 edges with shops and families, nearly all are found and nearly nobody else")
    func planted() {
        let seed: UInt64 = 20_260_607
        let (precision, recall) = Self.score(DiscoveryOptions(), seed: seed, persons: 42_000)
        #expect(precision >= 0.99, "seed \(seed)")
        #expect(recall >= 0.90, "seed \(seed)")
    }

    @Test("without the rules for crowds the same world is full of false rings")
    func withoutRules() {
        var options = DiscoveryOptions()
        (options.crowdPersons, options.supportShare) = (.max, 0)
        let (precision, _) = Self.score(options, seed: 7, persons: 8000)
        #expect(precision < 0.8)
    }

    @Test("with caps that a ring's device exceeds, recall suffers")
    func lowCap() {
        var options = DiscoveryOptions()
        options.supportedPersons = 4
        options.freePersons = 4
        let (_, recall) = Self.score(options, seed: 7, persons: 8000)
        #expect(recall < 0.85)
    }
}
