import Simulation
import Testing
import Vocabulary

@Suite("Rings that hide in a world with communities")
struct CommunityRingTests {
    private func rings(_ label: TruthLabel) throws -> [Int: Set<Int>] {
        let members = try Fixture.city.get().truths.compactMap(\.self).filter { $0.labels.contains(label) }
        return Dictionary(grouping: members, by: { $0.ring ?? -1 }).mapValues { Set($0.map(\.person)) }
    }

    private func users(of kinds: Set<IdentifierKind>) throws -> [String: Set<Int>] {
        try CommunityUse.all.get().filter { kinds.contains($0.kind) && $0.role == .own }
            .reduce(into: [:]) { $0[$1.text, default: []].insert($1.person) }
    }

    @Test("a rotating ring's devices are each seen with five members at most, and together they join all of it")
    func rotating() throws {
        let devices = try users(of: [.device])
        let rings = try rings(.rotatingRing)
        try #require(!rings.isEmpty)
        for ring in rings.values {
            let shared = devices.values.filter { $0.isSubset(of: ring) && $0.count > 1 }
            #expect(shared.allSatisfy { $0.count <= 5 } && shared.contains { $0.count >= 3 })
            #expect(shared.reduce(Set()) { $0.union($1) }.count * 10 >= ring.count * 8)
        }
    }

    @Test("a large ring has twenty to forty members, and no device of more than one cell")
    func large() throws {
        let devices = try users(of: [.device])
        let rings = try rings(.largeRing)
        try #require(!rings.isEmpty)
        for ring in rings.values {
            #expect((20...40).contains(ring.count))
            let shared = devices.values.filter { !$0.isDisjoint(with: ring) && $0.count > 1 }
            #expect(shared.count > 4 && shared.allSatisfy { $0.count <= 7 && $0.isSubset(of: ring) })
        }
    }

    @Test("a careful ring shares no device, card or phone before it strikes, and some afterwards")
    func careful() throws {
        let city = try Fixture.city.get()
        let rings = try rings(.carefulRing)
        try #require(rings.count > 1)
        for ring in rings.values {
            let strikes = ring.compactMap { city.truths[$0]?.strikesAt }
            let strike = try #require(strikes.min()).milliseconds
            var (before, after): ([String: Set<Int>], [String: Set<Int>]) = ([:], [:])
            for use in try CommunityUse.all.get() where use.role == .own && ring.contains(use.person) {
                if use.time < strike { before[use.text, default: []].insert(use.person) }
                after[use.text, default: []].insert(use.person)
            }
            #expect(!before.values.contains { $0.count > 1 })
            #expect(after.values.contains { $0.count > 1 })
        }
    }

    @Test("no ring shares a device or a card with anybody outside of it")
    func apart() throws {
        let everybody = try rings(.ringMember).values.reduce(Set()) { $0.union($1) }
        for persons in try users(of: [.device, .card]).values where !persons.isDisjoint(with: everybody) {
            #expect(persons.isSubset(of: everybody))
        }
    }

    @Test("communities take no memory of their own")
    func boundedMemory() throws {
        let simulation = try Fixture.simulation(persons: 200, days: 500, communities: true)
        var highest = 0
        while simulation.next() != nil { highest = max(highest, simulation.pendingCount) }
        #expect(highest < 200 * 8)
    }

    @Test("without communities nobody is of one")
    func without() throws {
        let simulation = try Fixture.simulation(seed: 4, persons: 400)
        #expect(simulation.staffCount == 0)
        #expect((0..<400).allSatisfy { simulation.truth(of: $0)?.community == nil })
    }
}
